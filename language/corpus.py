"""Labelled text in JSON lines, and the check that no two texts are nearly the same."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

_BLANKS = re.compile(r"\s+")


class Twin(NamedTuple):
    """Two texts (by index) that share too much, and how much (0..1)."""

    first: int
    second: int
    likeness: float


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON-lines file; ValueError with file and line where one is no object with a `text`."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise ValueError(f"{path.name}:{number}: a row needs a text")
            yield row


def read_all(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The rows of several files in name order; each gets its file's stem as `source` unless it has one."""
    return [{"source": path.stem, **row} for path in sorted(paths) for row in read(path)]


def grams(text: str, size: int = 5) -> set[str]:
    """Character n-grams of the lower-case text with blanks squeezed."""
    text = _BLANKS.sub(" ", text.lower()).strip()
    return {text[i : i + size] for i in range(max(1, len(text) - size + 1))}


def near_duplicates(texts: Sequence[str], limit: float = 0.6) -> list[Twin]:
    """Pairs whose character-5-gram Jaccard likeness is above the limit."""
    sets = [grams(text) for text in texts]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    twins = []
    for index, own in enumerate(sets):
        shared = Counter(other for gram in own for other in holders[gram])
        for other, common in shared.items():
            likeness = common / (len(own) + len(sets[other]) - common)
            if likeness > limit:
                twins.append(Twin(other, index, likeness))
        for gram in own:
            holders[gram].append(index)
    return twins
