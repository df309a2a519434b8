"""Which findings an owner may send over (domain.md 5.2), as data and one question.

G3 and G6 alone may be overridden, with a typed reason. G4, G5, G7 and G8 never. G1 and G2 only on the fact path
(7.4: an owner answers a false accusation with calm facts), where nothing of G3..G8 may be said, not even mildly.
R5 where a step forbids it is the shop's own rule, so the owner may decide.
"""

from __future__ import annotations

from messaging.tone.report import Report
from messaging.tone.rules import BLOCK, Words

SINGLE = frozenset({"G3", "G6", "R5"})
FACT_PATH = frozenset({"G1", "G2"})
MIN_REASON = 10  # characters: "ok" is no reason

NOT_CALM = frozenset({"G3", "G4", "G5", "G6", "G7", "G8", "R5"})
_NOT_OWNER = Words("Hanya pemilik toko yang boleh.", "Only the shop's owner may do this.")
_NO_REASON = Words("Tulis alasannya dulu.", "Please type the reason first.")
_NEVER = Words("Temuan ini tidak boleh dilewati. Ubah kalimatnya.", "This finding cannot be overridden. Reword it.")
_ONE_ONLY = Words("Hanya boleh bila temuannya satu.", "Possible only where it is the single finding.")
_CALM = Words(
    "Fakta dengan tenang: tidak ada sindiran, ancaman atau tuntutan lain di dalamnya.",
    "Calm facts: no sting, threat or demand may stand beside them.",
)
_MISSING = Words("Lengkapi dulu isi yang wajib.", "Add the required elements first.")


def on_fact_path(report: Report) -> bool:
    """Something of G1 or G2 is held back and nothing else of G1..G8 is found: the text states facts, and calmly."""
    rules = {finding.rule for finding in report.findings if not finding.hunch}
    return bool(rules & FACT_PATH) and not rules & NOT_CALM


def refusal(report: Report, *, role: str, reason: str, fact_path: bool = False) -> Words | None:
    """Why this report may not be overridden, or None where it may."""
    blocks = [finding for finding in report.findings if finding.level == BLOCK]
    rules = {finding.rule for finding in blocks}
    if report.missing:
        return _MISSING
    if not blocks:
        return None
    if role != "owner":
        return _NOT_OWNER
    if not rules <= SINGLE | (FACT_PATH if fact_path else frozenset()):
        return _NEVER
    if rules & FACT_PATH and not on_fact_path(report):
        return _CALM
    if rules & SINGLE and len(blocks) > 1:
        return _ONE_ONLY
    return None if len(reason.strip()) >= MIN_REASON else _NO_REASON
