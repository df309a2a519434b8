"""What the models see of a review: words, letters, word classes, cues and the stars, each in a group of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from language.features import char_ngrams, vector, word_ngrams
from language.frames import Cue, Grammar
from language.tokens import Token, tokenise
from reviews.triage.frames import FRAMES
from reviews.triage.lexicon import WORDS

MAX_TEXT = 5_000  # nobody reviews at greater length; time stays bounded
GAINS = {"words": 1.0, "letters": 1.0, "classes": 0.8, "cues": 1.0, "turn": 0.6, "stars": 0.8}
_DULL = {".", "…", "\n"}


class Reading(NamedTuple):
    """A review as read: tokens, cues in text order, the whole feature vector, and that of its words and cues alone.

    How urgent a review is and what it is about are not told by the stars, and letters add little there but time.
    """

    tokens: list[Token]
    cues: list[Cue]
    vector: dict[str, float]
    words: dict[str, float]


@cache
def grammar() -> Grammar:
    """The frames of reviews, compiled once."""
    return Grammar(FRAMES, WORDS)


def read(stars: int, text: str) -> Reading:
    """Read a review of any length; stars 1 to 5."""
    tokens = tokenise(text[:MAX_TEXT])
    cues = grammar().find(tokens)
    spoken = [token for token in tokens if token.kind != "mark"]
    norms = [token.norm for token in spoken if token.norm not in _DULL]
    words = vector(
        [
            (word_ngrams(norms, (1, 2)), GAINS["words"]),
            (class_ngrams(spoken), GAINS["classes"]),
            (cue_features(cues), GAINS["cues"]),
            (after_but(spoken), GAINS["turn"]),
        ]
    )
    rest = vector(
        [
            (char_ngrams(token.norm for token in spoken if token.kind == "word"), GAINS["letters"]),
            (star_features(stars, cues, len(norms)), GAINS["stars"]),
        ]
    )
    return Reading(tokens, cues, {**words, **rest}, words)


def class_ngrams(tokens: Sequence[Token]) -> list[str]:
    """The classes of words, and pairs of neighbours' first classes; words of no class are passed over."""
    names = [WORDS.classes(token) for token in tokens]
    first = ["START", *(own[0] for own in names if own), "END"]
    return [
        *("g:" + name for own in names for name in own),
        *("g:" + "_".join(pair) for pair in pairwise(first)),
    ]


def cue_features(cues: Sequence[Cue]) -> list[str]:
    """Cue names, the groups that speak, and the group that speaks last."""
    groups = {cue.points_to for cue in cues}
    names = ["k:" + cue.name for cue in cues]
    names += ["k:group=" + group for group in groups]
    names.append("k:groups=" + "+".join(sorted(groups)))
    return names if cues else ["k:none"]


def after_but(tokens: Sequence[Token]) -> list[str]:
    """Words and classes after the last "tapi", "sayang", "but": what the review comes to."""
    turns = [place for place, token in enumerate(tokens) if "BUT" in WORDS.classes(token)]
    if not turns:
        return []
    rest = tokens[turns[-1] + 1 :]
    return [
        "t:BUT",
        *("t:" + token.norm for token in rest),
        *("t:" + name for token in rest for name in WORDS.classes(token)),
    ]


def star_features(stars: int, cues: Sequence[Cue], words: int) -> Iterable[str]:
    """The stars, alone and beside what the words say, and whether there is more than a word or two."""
    level = "low" if stars <= 2 else "middle" if stars == 3 else "high"
    groups = "+".join(sorted({cue.points_to for cue in cues} & {"fault", "praise", "urgent", "wish"})) or "none"
    size = "none" if words == 0 else "few" if words <= 2 else "some" if words <= 8 else "many"
    return [f"r:{stars}", f"r:{level}", f"r:{level}:{groups}", f"r:{level}:{size}"]
