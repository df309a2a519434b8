"""More messages made from our own, for training only: longer ones, and hastily typed ones.

People praise before they complain, tell two things at once, and admit a slip before they name the shop's failure.
Our corpus keeps one situation a row; these joints teach that praise does not change who is blamed, and that an own
slip followed by the shop's failure is the shop's (the labelling rule of the corpus). And people type on phones: letters
get lost, doubled and swapped, and emoji arrive as "??". Deterministic.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from complaints.attribution.training import Labelled

FILLERS = Path(__file__).parent / "corpus" / "fillers.txt"
_RANK = {"unclear": 0, "self": 1, "shop": 2}
_JOINTS = (". ", ", ", " ", "\n", ".. ")
_TURNS = {"en": (", but ", ". But ", " but "), "id": (", tapi ", " tapi ", ". cuma ", ", padahal ", ", sayang ")}
_PAIR_WEIGHT = _FILLED_WEIGHT = 0.5
_HASTY_WEIGHT = 0.4
_SHARE = 0.4  # of the rows that each kind is made of
_TYPOS = 0.25  # share of words with one
_LOST, _LOST_SHARE = ("??", " ??", "????", " ????"), 0.25  # emoji that a database could not store, or sheer dismay
_MARKS = re.compile(r"[.,!]")


def longer(rows: Sequence[Labelled]) -> list[Labelled]:
    """About one joined and one praised message for every two rows, each of half weight."""
    by_source: dict[str, list[Labelled]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
    fillers = _fillers()
    found = []
    for row in rows:
        draw = _draw("longer", row)
        if draw.random() < _SHARE:
            found.append(_joined(draw, row, draw.choice(by_source[row.source])))
        if draw.random() < _SHARE:
            found.append(_praised(draw, row, fillers))
    return found


def hasty(rows: Sequence[Labelled]) -> list[Labelled]:
    """About one hastily typed message for every two rows, each of less than half weight."""
    found = []
    for row in rows:
        draw = _draw("hasty", row)
        if draw.random() < _SHARE:
            found.append(row._replace(text=_typed_hastily(draw, row.text), weight=row.weight * _HASTY_WEIGHT))
    return found


def _draw(name: str, row: Labelled) -> random.Random:
    """Every row draws for itself: new rows in the corpus leave alone what is made of the old ones."""
    return random.Random(f"{name} {row.text}")  # noqa: S311  (shuffles training text, guards no secret)


def _typed_hastily(draw: random.Random, text: str) -> str:
    words = [_slipped(draw, word) if draw.random() < _TYPOS else word for word in text.split(" ")]
    typed = " ".join(words)
    typed = _MARKS.sub(" ", typed) if draw.random() < 0.4 else typed
    return typed.rstrip("?.! ") + draw.choice(_LOST) if draw.random() < _LOST_SHARE else typed


def _slipped(draw: random.Random, word: str) -> str:
    """The word with a vowel dropped, or a letter doubled, swapped or lost; short words and numbers as they are."""
    if len(word) < 4 or not word.isalpha():
        return word
    kind, place = draw.random(), draw.randrange(1, len(word) - 1)
    vowels = [spot for spot in range(1, len(word) - 1) if word[spot] in "aiueo"]
    if kind < 0.4 and vowels:
        place = draw.choice(vowels)
    elif kind < 0.6:
        return word[:place] + word[place] + word[place:]
    elif kind < 0.8:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place + 1 :]


def _fillers() -> dict[str, list[str]]:
    """Neutral or kind sentences by language: lines "id: ..." and "en: ..."."""
    found: dict[str, list[str]] = {"id": [], "en": []}
    for line in FILLERS.read_text(encoding="utf-8").splitlines():
        language, _, text = line.partition(": ")
        found[language].append(text)
    return found


def _language(row: Labelled) -> str:
    return "en" if "en" in row.source.split("_") else "id"


def _joined(draw: random.Random, row: Labelled, other: Labelled) -> Labelled:
    """Two in one: an own slip first, the shop's failure after a "but". The row whose blame stays gives the weight."""
    owner = max(row, other, key=lambda one: _RANK[one.blame])
    if {row.blame, other.blame} == {"self", "shop"}:
        slip = row if row.blame == "self" else other
        text = slip.text.rstrip(" .!") + draw.choice(_TURNS[_language(row)]) + owner.text
    else:
        text = row.text.rstrip() + draw.choice(_JOINTS) + other.text
    return owner._replace(text=text, weight=owner.weight * _PAIR_WEIGHT)


def _praised(draw: random.Random, row: Labelled, fillers: dict[str, list[str]]) -> Labelled:
    """The message with one to three kind or neutral sentences before or after it."""
    joint = draw.choice(_JOINTS)
    kind = joint.join(draw.sample(fillers[_language(row)], draw.randint(1, 3)))
    if draw.random() < 0.6:
        text = kind + draw.choice((*_TURNS[_language(row)], ". ", ". ", ", ")) + row.text
    else:
        text = row.text.rstrip(" .") + joint + kind
    return row._replace(text=text, weight=row.weight * _FILLED_WEIGHT)
