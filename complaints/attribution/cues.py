"""The cues of blame in a text, and which of them deny what stands in them. The engine is `language.frames`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from complaints.attribution.frames import DENIALS, FRAMES
from complaints.attribution.lexicon import WORDS
from language.frames import Cue, Grammar
from language.tokens import Token


@cache
def grammar() -> Grammar:
    """The grammar of blame, compiled once."""
    return Grammar(FRAMES, WORDS, suffix="nya")


def find(tokens: Sequence[Token]) -> list[Cue]:
    """All blame cues of tokenised text, in text order, without those that another cue denies."""
    found = grammar().find(tokens)
    denials = denying(found)
    return [cue for cue in found if not any(denies(denial, cue.start, cue.points_to, cue.end) for denial in denials)]


def denying(found: Sequence[Cue]) -> list[Cue]:
    """The cues that deny what stands in them: "bukan aku yang ...", "tokonya ga salah"."""
    return [cue for cue in found if cue.name in DENIALS]


def denies(denial: Cue, start: int, side: str = "", end: int = 0) -> bool:
    """Whether what speaks for this side begins or ends in another side's denial, or follows it at once."""
    if denial.points_to == side:
        return False
    return denial.start <= start <= denial.end + 1 or denial.start < end <= denial.end
