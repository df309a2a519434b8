"""What the model of blame sees of a message: words, letters, word classes and cues, each in a group of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from complaints.attribution import cues
from complaints.attribution.lexicon import WORDS
from language.features import char_ngrams, vector, word_ngrams
from language.frames import Cue
from language.tokens import Token, tokenise

# Nobody complains at greater length; of a longer text the beginning and the end are read.
MAX_HEAD, MAX_TAIL = 4_000, 1_000

# How much each group weighs beside the words.
GAINS = {"words": 1.0, "letters": 1.0, "classes": 1.0, "cues": 1.1, "turn": 0.6, "shape": 0.5}


_DULL = frozenset([".", "…", "\n"])
_TURNS = frozenset(["BUT", "TURN"])
_SLIPS = frozenset(["SLIP", "SLIPNOUN", "FORGET", "TYPO", "MISHAP", "BYACCIDENT"])


class Reading(NamedTuple):
    """A message as read: tokens, cues (offsets into the whole text) and the feature vector."""

    tokens: list[Token]
    cues: list[Cue]
    vector: dict[str, float]


def read(text: str) -> Reading:
    """Read a message of any length; time is bounded."""
    tokens = tokenise(text[: MAX_HEAD + MAX_TAIL])
    if len(text) > MAX_HEAD + MAX_TAIL:
        shift = len(text) - MAX_TAIL
        tail = tokenise(text[shift:])
        tokens = [t for t in tokens if t.end <= MAX_HEAD]
        tokens += [t._replace(start=t.start + shift, end=t.end + shift) for t in tail]
    found = cues.find(tokens)
    return Reading(tokens, found, features(tokens, found))


def features(tokens: Sequence[Token], found: Sequence[Cue]) -> dict[str, float]:
    """The vector of a read message."""
    spoken = [token for token in tokens if token.kind != "mark" and token.norm not in _DULL]
    names = [WORDS.classes(token) for token in spoken]
    denied = denials(spoken, names, found)
    norms = ["!" + token.norm if place in denied else token.norm for place, token in enumerate(spoken)]
    names = [tuple("!" + name for name in own) if place in denied else own for place, own in enumerate(names)]
    letters = [token.norm for place, token in enumerate(spoken) if token.kind == "word" and place not in denied]
    return vector(
        [
            (word_ngrams(norms, (1, 2)), GAINS["words"]),
            (char_ngrams(letters), GAINS["letters"]),
            (class_ngrams(names), GAINS["classes"]),
            (cue_features(found), GAINS["cues"]),
            (after_turn(norms, names), GAINS["turn"]),
            (shape(tokens), GAINS["shape"]),
        ]
    )


def denials(spoken: Sequence[Token], names: Sequence[Sequence[str]], found: Sequence[Cue]) -> set[int]:
    """Places of slip words denied just before ("ga pernah lupa") or by a cue ("bukan aku yang salah")."""
    shields = cues.denying(found)
    return {
        place
        for place, own in enumerate(names)
        if not _SLIPS.isdisjoint(own)
        and (
            any("NEG" in before for before in names[max(0, place - 2) : place])
            or any(cues.denies(shield, spoken[place].start) for shield in shields)
        )
    }


def class_ngrams(names: Sequence[Sequence[str]]) -> list[str]:
    """The classes of words, and pairs and triples of neighbours' first classes; words of no class are passed over."""
    first = ["START", *(own[0] for own in names if own), "END"]
    found = ["g:" + name for own in names for name in own]
    found += ["g:" + "_".join(pair) for pair in pairwise(first)]
    found += ["g:" + "_".join(three) for three in zip(first, first[1:], first[2:], strict=False)]
    return found


def after_turn(norms: Sequence[str], names: Sequence[Sequence[str]]) -> list[str]:
    """Words and classes after the last "tapi", "padahal", "ternyata", "but": what the message comes to."""
    turns = [place for place, own in enumerate(names) if not _TURNS.isdisjoint(own)]
    if not turns:
        return []
    rest = range(turns[-1] + 1, len(norms))
    found = ["t:" + norms[place] for place in (turns[-1], *rest)] if rest else []
    return found + ["t:" + name for place in rest for name in names[place]]


def cue_features(found: Sequence[Cue]) -> Iterable[str]:
    """Cue names, the sides they speak for, and which side has the first and the last word."""
    if not found:
        return ["k:none"]
    sides = {cue.points_to for cue in found}
    names = ["k:" + cue.name for cue in found]
    names += ["k:side=" + side for side in sides]
    names.append("k:sides=" + "+".join(sorted(sides)))
    pointed = [cue for cue in found if cue.points_to != "unclear"]
    if pointed:
        names.append("k:first=" + pointed[0].points_to)
        names.append("k:last=" + max(pointed, key=lambda cue: cue.end).points_to)
    return names


def shape(tokens: Sequence[Token]) -> list[str]:
    """Questions and exclamations: how the message looks. Not its length, which tells the writer, not the blame."""
    asks = sum(token.kind == "stop" and "?" in token.raw for token in tokens)
    shouts = any(token.kind == "stop" and "!" in token.raw for token in tokens)
    last = tokens[-1] if tokens else None
    found = [f"s:asks={min(asks, 2)}", f"s:shouts={shouts}"]
    if last is not None and last.kind == "stop":
        found.append("s:ends=" + last.norm)
    elif last is not None and last.kind == "symbol":
        found.append("s:ends=symbol")
    return found
