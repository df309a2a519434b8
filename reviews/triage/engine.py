"""`assess`: does a review need a follow-up, how fast, about what, and why. The models decide, the cues explain.

Four stars are "good, with a note" (S4-06, S4-18): the words decide, the stars are one hint among many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from language.frames import Cue
from language.tokens import Token, sentences
from reviews.triage import features, model
from reviews.triage.frames import FAULT, FAULTS, FIXED, MISTAP, PRAISE, UNTRIED, URGENT
from reviews.triage.lateness import days_late
from reviews.triage.lexicon import WORDS
from reviews.triage.wishes import Wish, wishes_in

NONE, NORMAL, NOW = "none", "normal", "urgent"
YES = "yes"
UNKNOWN = "unknown"
THEME_FROM = 0.3
REASONS = 3
LOW, HIGH = 2, 4  # stars: low up to, high from

THEME_WORDS = {
    "PRODUCT": "product",
    "DELIVERY": "delivery",
    "PACKAGING": "packaging",
    "SERVICE": "service",
    "PRICE": "price",
    "SITE": "site",
}
GENERAL = ("Nada keseluruhannya mengeluh.", "The review as a whole reads like a complaint.")
DANGER = {"danger", "fire"}
VAGUE = {"but_bad", "regret", "sad", "why", "should", "not_good"}  # told only where no cue names the fault itself


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence of the review (`text[start:end]`) that shows why it is flagged, in both languages."""

    start: int
    end: int
    reason_id: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What `assess` found. `confidence` is the calibrated chance (0..1) that the review needs a follow-up.

    themes: product, delivery, packaging, service, price, site. failure: domain.md 0.4. days_late: as stated.
    is_mistap: praise under few stars. no_reason: few stars, and no words that say why. is_fixed: put right already.
    """

    needs_followup: bool
    urgency: str
    themes: tuple[str, ...]
    why: tuple[Reason, ...]
    confidence: float
    failure: str = UNKNOWN
    severity: str = "S2"
    days_late: int | None = None
    is_mistap: bool = False
    is_sarcastic: bool = False
    no_reason: bool = False
    is_fixed: bool = False
    wishes: tuple[Wish, ...] = ()


def assess(stars: int, text: str, threshold: float | None = None) -> Assessment:
    """Assess a review. Any string gives an answer; stars outside 1 to 5 are taken as the nearest.

    `threshold` is the chance from which a review is flagged (default: the one in the model's card).
    """
    stars = min(5, max(1, stars))
    reading = features.read(stars, text)
    if not any(token.kind in ("word", "symbol") for token in reading.tokens):
        return Assessment(False, NONE, (), (), 0.0, no_reason=stars < HIGH)
    cues = telling(reading.cues)
    judge = model.shipped(model.FOLLOWUP)
    chance = judge.probabilities(reading.vector)[YES]
    limit = float(judge.card.get("threshold", 0.5)) if threshold is None else threshold
    flagged = chance >= limit
    faults = [cue for cue in cues if cue.points_to in (FAULT, URGENT)]
    praised = any(cue.points_to == PRAISE for cue in cues)
    return Assessment(
        needs_followup=flagged,
        urgency=urgency(reading.words, flagged, stars, cues),
        themes=themes(reading.words, reading.tokens, faults, flagged),
        why=reasons(reading.tokens, faults, text) if flagged else (),
        confidence=chance,
        failure=failure(faults) if flagged else UNKNOWN,
        severity=severity(cues) if flagged else "S2",
        days_late=days_late(text),
        is_mistap=is_mistap(stars, cues, flagged, praised),
        is_sarcastic=flagged and is_sarcastic(stars, reading.tokens, faults, praised),
        no_reason=stars <= LOW and not flagged and not praised,
        is_fixed=any(cue.points_to == FIXED for cue in cues),
        wishes=wishes_in(text, cues),
    )


def telling(cues: Sequence[Cue]) -> list[Cue]:
    """Without faults that a praise around them takes back: "no dents", "tidak ada cacat"."""
    spans = [(cue.start, cue.end) for cue in cues if cue.name == "no_fault"]
    return [
        cue
        for cue in cues
        if cue.points_to not in (FAULT, URGENT) or not any(a <= cue.start and cue.end <= b for a, b in spans)
    ]


def urgency(vector: dict[str, float], flagged: bool, stars: int, cues: Sequence[Cue]) -> str:
    """none, normal or urgent: safety (always), money that is stuck, fraud, goods that never came."""
    if not flagged:
        return NONE
    if any(cue.name == "fire" for cue in cues):
        return NOW
    judge = model.shipped(model.URGENT)
    chance = judge.probabilities(vector)[YES]
    named = stars <= LOW and any(cue.points_to == URGENT for cue in cues)
    limit = float(judge.card.get("threshold", 0.5))
    return NOW if chance >= (limit / 2 if named else limit) else NORMAL


def themes(vector: dict[str, float], tokens: Sequence[Token], faults: Sequence[Cue], flagged: bool) -> tuple[str, ...]:
    """What it is about: of a flagged review what went wrong, else what it speaks of."""
    chances = model.shipped(model.THEME).probabilities(vector)
    chances.pop(NONE, None)
    found = {theme for theme, chance in chances.items() if chance >= THEME_FROM}
    if flagged:
        found |= {theme for cue in faults if (theme := theme_of(cue, tokens))}
        found = {theme for theme in found if chances[theme] >= THEME_FROM / 3} or found
        found = found or {max(chances, key=chances.__getitem__)}
    return tuple(sorted(found, key=lambda theme: -chances[theme]))


def theme_of(cue: Cue, tokens: Sequence[Token]) -> str:
    """The theme that a fault names, else that of the words inside it, else ""."""
    named = FAULTS.get(cue.name, ("", ""))[0]
    if named:
        return named
    inside = [WORDS.classes(token) for token in tokens if cue.start <= token.start and token.end <= cue.end]
    return next((THEME_WORDS[name] for names in inside for name in names if name in THEME_WORDS), "")


def failure(faults: Sequence[Cue]) -> str:
    """The failure that most faults name, the first of equals; "unknown" where none does."""
    named = Counter(FAULTS[cue.name][1] for cue in faults if cue.name in FAULTS)
    special = [name for name in named if name not in ("other", "not_as_described", "fit_or_changed_mind")]
    return max(special or named, key=named.__getitem__, default=UNKNOWN)


def severity(cues: Sequence[Cue]) -> str:
    """A hint from the words (domain.md 0.4): S4 safety, S3 cannot be used, S1 a remark, else S2."""
    names = {cue.name for cue in cues}
    if names & DANGER:
        return "S4"
    if names & {"does_not_work", "cannot", "died", "parcel_lost", "money_stuck"}:
        return "S3"
    return "S1" if names & {"little_poor", "less_good"} and not names & {"broken", "late", "differs"} else "S2"


def reasons(tokens: Sequence[Token], faults: Sequence[Cue], text: str) -> tuple[Reason, ...]:
    """The sentences that hold the faults, each with its first reason; the whole text where no cue explains it."""
    found: dict[tuple[int, int], Reason] = {}
    for part in sentences(tokens):
        start, end = tokens[part.start].start, tokens[part.stop - 1].end
        inside = [cue for cue in faults if start <= cue.start < end]
        if inside:
            told = max(inside, key=lambda cue: (cue.name not in VAGUE, cue.end - cue.start))
            found[start, end] = Reason(start, end, told.reason_id, told.reason_en)
    return tuple(found.values())[:REASONS] or (Reason(0, len(text.rstrip()), *GENERAL),)


def is_mistap(stars: int, cues: Sequence[Cue], flagged: bool, praised: bool) -> bool:
    """True for praise under one or two stars, and where the customer says the star was a slip."""
    slipped = any(cue.points_to == MISTAP for cue in cues)
    untried = any(cue.points_to == UNTRIED for cue in cues)
    return slipped or (stars <= LOW and praised and not flagged and not untried)


def is_sarcastic(stars: int, tokens: Sequence[Token], faults: Sequence[Cue], praised: bool) -> bool:
    """Praise that is none: few stars, a fault, words of praise at an end of the text, and no "but" between."""
    if stars > LOW or not praised or not faults:
        return False
    words = [WORDS.classes(token) for token in tokens if token.kind == "word"]
    ends = [*words[:2], *words[-2:]]
    return any("SARCASM" in names for names in ends) and not any("BUT" in names for names in words)
