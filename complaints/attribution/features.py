"""What the model of blame sees of a message: words, letters, word classes and cues, each in a group of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from complaints.attribution import cues
from complaints.attribution.lexicon import IDIOMS, MOMENTS, PASSIVES, WORDS
from language.features import char_ngrams, vector, word_ngrams
from language.frames import Cue
from language.tokens import Token, normalise, sentences, tokenise

# Nobody complains at greater length; of a longer text the beginning and the end are read.
MAX_HEAD, MAX_TAIL = 4_000, 1_000

# How much each group weighs beside the words.
GAINS = {
    "words": 1.2,
    "letters": 0.7,
    "classes": 1.0,
    "cues": 1.2,
    "counts": 1.4,
    "order": 0.3,
    "negated": 0.6,
    "ends": 0.2,
    "shape": 0.5,
}

_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)

SHOUT = "??"
SIDES, STEPS = ("self", "shop", "unclear"), (1, 2, 3, 5)
REACH = 7  # words between two whose order is told

_DI = frozenset(["di", "d"])  # also of places ("di toko"), so only before a verb
_DULL = frozenset([".", "…", "\n"])
_SLIPS = frozenset(["SLIP", "SLIPNOUN", "FORGET", "TYPO", "MISHAP", "BYACCIDENT"])
_SOFT_NO = frozenset(["kurang", "agak"])


class Reading(NamedTuple):
    """A message as read: tokens, cues (offsets into the whole text) and the feature vector."""

    tokens: list[Token]
    cues: list[Cue]
    vector: dict[str, float]


def read(text: str) -> Reading:
    """Read a message of any length; time is bounded. HTML tags are passed over."""
    text = _TAG.sub(lambda tag: " " * len(tag[0]), text) if "<" in text else text
    tokens = _tokens(text[: MAX_HEAD + MAX_TAIL])
    if len(text) > MAX_HEAD + MAX_TAIL:
        shift = len(text) - MAX_TAIL
        tail = _tokens(text[shift:])
        tokens = [t for t in tokens if t.end <= MAX_HEAD]
        tokens += [t._replace(start=t.start + shift, end=t.end + shift) for t in tail]
    found = cues.find(tokens)
    return Reading(tokens, found, features(tokens, found))


def _tokens(text: str) -> list[Token]:
    """The tokens of a text; "??" asks nothing: it is dismay, or an emoji lost on the way, so it counts as "!"."""
    found = _joined(tokenise(text))
    return [token._replace(norm=SHOUT, raw="!") if token.raw.startswith(SHOUT) else token for token in found]


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, what is one word in meaning made one: "di kirim", as the school spells it, and "salah satu"."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        if before is not None and (norm := _norm_of_both(before, token)):
            found[-1] = Token(norm, before.raw + token.raw, before.start, token.end, "word")
        else:
            if before is not None and before.norm == "pas" and token.norm in MOMENTS:
                found[-1] = before._replace(norm="saat")
            found.append(token)
    return found


def _norm_of_both(before: Token, token: Token) -> str:
    """The spelling of two tokens that are one word; "" where they are two."""
    if before.raw in _DI and token.norm in PASSIVES:
        return normalise("di" + token.norm)
    return before.norm + token.norm if (before.norm, token.norm) in IDIOMS else ""


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
            (counts(found), GAINS["counts"]),
            (order(names), GAINS["order"]),
            (negated(norms, names), GAINS["negated"]),
            (ends(tokens), GAINS["ends"]),
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


def order(names: Sequence[Sequence[str]]) -> set[str]:
    """Which class comes before which within a few words: "SLIP" after "ME" or after "SHOP"."""
    first = [(place, own[0]) for place, own in enumerate(names) if own]
    return {
        f"y:{one}>{other}"
        for start, (place, one) in enumerate(first)
        for there, other in first[start + 1 : start + REACH]
        if there - place <= REACH
    }


def negated(norms: Sequence[str], names: Sequence[Sequence[str]]) -> list[str]:
    """The two words after a negation, "kurang" or "agak", and their classes."""
    found = []
    for place, own in enumerate(names):
        if "NEG" in own or norms[place] in _SOFT_NO:
            for there in range(place + 1, min(place + 3, len(norms))):
                found += [f"n:{norms[place]}~{norms[there]}", "n:NEG~" + norms[there]]
                found += ["n:NEG~" + name for name in names[there]]
    return found


def ends(tokens: Sequence[Token]) -> list[str]:
    """Words and classes of the first and of the last sentence, where there are two: praise opens, the point closes."""
    spoken = [token for token in tokens if token.kind != "mark"]
    parts = sentences(spoken)
    if len(parts) < 2:
        return []
    found = []
    for mark, part in (("F", parts[0]), ("L", parts[-1])):
        for token in spoken[part]:
            found.append(f"l:{mark}{token.norm}")
            found += [f"l:{mark}{name}" for name in WORDS.classes(token)]
    return found


def cue_features(found: Sequence[Cue]) -> Iterable[str]:
    """Cue names, the sides they speak for, and which side has the first and which the last word."""
    if not found:
        return ["k:none"]
    sides = {cue.points_to for cue in found}
    names = ["k:" + cue.name for cue in found]
    names += ["k:side=" + side for side in sides]
    names.append("k:sides=" + "+".join(sorted(sides)))
    pointed = [cue for cue in found if cue.points_to != "unclear"]
    if pointed:
        names.append(f"k:turn={pointed[0].points_to}>{max(pointed, key=lambda cue: cue.end).points_to}")
    return names


def counts(found: Sequence[Cue]) -> list[str]:
    """How many cues speak for each side, in steps: one may mislead, three seldom do; and which side has none."""
    number = Counter(cue.points_to for cue in found)
    steps = [f"q:{side}>={step}" for side, many in number.items() for step in STEPS if many >= step]
    return steps + [f"q:no_{side}" for side in SIDES if side not in number]


def shape(tokens: Sequence[Token]) -> list[str]:
    """Questions and exclamations: how the message looks. Not its length, which tells the writer, not the blame."""
    asks = sum(token.kind == "stop" and "?" in token.raw for token in tokens)
    shouts = any(token.kind == "stop" and "!" in token.raw for token in tokens)
    last = tokens[-1] if tokens else None
    found = [f"s:asks={min(asks, 2)}", f"s:shouts={shouts}"]
    if any(token.norm == SHOUT for token in tokens):
        found.append("s:asks=" + SHOUT)
    if last is not None and last.kind == "stop":
        found.append("s:ends=" + last.norm)
    elif last is not None and last.kind == "symbol":
        found.append("s:ends=symbol")
    return found
