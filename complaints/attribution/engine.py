"""`suggest`: who the customer blames, how sure that is, and why. The model decides; the cues explain.

It tells the customer's own feeling, never the shop's verdict (domain.md 0.1, S0-06, S0-11, S0-19).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from complaints.attribution import features, model, severity
from complaints.attribution.frames import STRONG
from complaints.attribution.lexicon import WORDS
from language.frames import Cue
from language.linear import LinearModel
from language.tokens import Token

SELF, SHOP, UNCLEAR = "self", "shop", "unclear"
UNKNOWN = "unknown"

MIN_KNOWN = 0.25  # share of words that must be known; below it the text is in no language it has learned
SURE = 0.9  # from here on the model may overrule the cues
# Odds of `self` where no cue speaks for it: our corpus holds more slips that are only implied than messages do.
IMPLIED = 0.35

NO_WORDS = ("Tidak ada kata yang bisa dibaca.", "There are no words to read.")
STRANGE = ("Bahasa atau kata-katanya tidak dikenal.", "The language or the words are unfamiliar.")
SPLIT = (
    "Petunjuk di teks dan model tidak sejalan; mohon dibaca sendiri.",
    "The cues in the text and the model disagree; please read it yourself.",
)
NO_NOTE = ("", "")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What `suggest` found. `confidence` (0..1) is the calibrated probability that `blame` is right."""

    blame: str
    confidence: float
    failure: str
    severity: str
    cues: tuple[Cue, ...]
    decided: bool
    disagreement: bool
    note_id: str
    note_en: str
    probabilities: Mapping[str, float]


def suggest(text: str, model: LinearModel | None = None, threshold: float | None = None) -> Suggestion:
    """Suggest who the customer blames. Any string gives an answer; nothing raises on content.

    `model` is a shop's own model (default: the shipped one), `threshold` the confidence from which the
    suggestion counts as `decided` (default: the one in the model's card).
    """
    judge = model or _shipped()
    reading = features.read(text)
    known = known_share(reading.tokens, judge)
    if known is None or known < MIN_KNOWN:
        return _silent(NO_WORDS if known is None else STRANGE, reading.cues)
    chances = tempered(judge.probabilities(reading.vector), reading.cues)
    blame = max(chances, key=chances.__getitem__)
    split = disagree(blame, chances[blame], reading.cues)
    if split:
        blame = UNCLEAR
    sure = chances[blame]
    limit = judge.card.get("threshold", 0.9) if threshold is None else threshold
    note = SPLIT if split else NO_NOTE
    return Suggestion(
        blame=blame,
        confidence=sure,
        failure=failure(reading.vector),
        severity=severity.hint(reading.tokens),
        cues=tuple(reading.cues),
        decided=not split and sure >= limit,
        disagreement=split,
        note_id=note[0],
        note_en=note[1],
        probabilities=chances,
    )


def _shipped() -> LinearModel:
    return model.blame()


def _silent(note: tuple[str, str], cues: Sequence[Cue]) -> Suggestion:
    even = dict.fromkeys((SELF, SHOP, UNCLEAR), 1 / 3)
    return Suggestion(UNCLEAR, 1 / 3, UNKNOWN, UNKNOWN, tuple(cues), False, False, *note, even)


def known_share(tokens: Sequence[Token], judge: LinearModel) -> float | None:
    """Share of the words that the lexicon or the model knows; None where the text has no word."""
    words = [token.norm for token in tokens if token.kind == "word"]
    if not words:
        return None
    return sum(bool(WORDS.of(word)) or "w:" + word in judge.weights for word in words) / len(words)


def tempered(chances: Mapping[str, float], cues: Sequence[Cue]) -> dict[str, float]:
    """The chances, that of `self` lowered where nothing in the text says so; they add up to 1."""
    if any(cue.points_to == SELF for cue in cues):
        return dict(chances)
    share = {blame: chance * (IMPLIED if blame == SELF else 1.0) for blame, chance in chances.items()}
    total = sum(share.values())
    return {blame: chance / total for blame, chance in share.items()}


def disagree(blame: str, chance: float, cues: Sequence[Cue]) -> bool:
    """Whether strong cues speak for the other side, none at all for the model's, and the model is not nearly certain.

    In cross-validation such messages are blamed on either side alike, so staff must read them.
    """
    strong = {cue.points_to for cue in cues if cue.name in STRONG}
    other = {SELF: SHOP, SHOP: SELF}.get(blame)
    return chance < SURE and strong == {other} and all(cue.points_to != blame for cue in cues)


def failure(vector: Mapping[str, float]) -> str:
    """The failure type (domain.md 0.4), "unknown" where the model is not sure enough."""
    judge = model.failure()
    chances = judge.probabilities(vector)
    best = max(chances, key=chances.__getitem__)
    return best if chances[best] >= judge.card["threshold"] else UNKNOWN
