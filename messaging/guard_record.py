"""A guard result as it is kept with a message, tied to the very text it was made for."""

from __future__ import annotations

import hashlib
from typing import Any

from messaging.models import Message
from messaging.tone import Report


def digest(text: str) -> str:
    """Sixteen hex digits of the text's hash."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def guard_record(body: str, report: Report, *, calm_facts: bool = False) -> dict[str, Any]:
    """What is kept of a report; `calm_facts` where the owner answered an accusation (domain.md 7.4)."""
    return {
        "digest": digest(body),
        "ok": report.ok,
        "findings": [[finding.rule, finding.level] for finding in report.findings],
        "missing": list(report.missing),
        **({"calm_facts": True} if calm_facts else {}),
    }


def guard_is_valid(message: Message) -> bool:
    """False where the text changed after its guard result was made."""
    return bool(message.guard.get("digest") == digest(message.body))
