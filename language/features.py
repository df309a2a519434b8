"""Features of a text: word and character n-grams, the same code in training and at run time.

A feature is a string with a group letter in front ("w:salah_pilih", "c:_pil"). A vector maps features to
values; inside a group every distinct feature has the same value, gain / sqrt(count), so that long and short
messages weigh alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import sqrt


def word_ngrams(words: Sequence[str], sizes: Sequence[int] = (1, 2)) -> list[str]:
    """Runs of neighbouring words: "w:salah", "w:salah_pilih"."""
    found = []
    for size in sizes:
        if size == 1:
            found += ["w:" + word for word in words]
        else:
            found += ["w:" + "_".join(words[i : i + size]) for i in range(len(words) - size + 1)]
    return found


@lru_cache(maxsize=32768)
def _inside(word: str, sizes: tuple[int, ...]) -> tuple[str, ...]:
    padded = f"_{word[:40]}_"
    return tuple("c:" + padded[i : i + size] for size in sizes for i in range(len(padded) - size + 1))


def char_ngrams(words: Iterable[str], sizes: tuple[int, ...] = (3, 4, 5)) -> list[str]:
    """Runs of letters inside each word, "_" marking its ends: "c:_sal"."""
    found: list[str] = []
    for word in words:
        found.extend(_inside(word, sizes))
    return found


def vector(groups: Iterable[tuple[Iterable[str], float]]) -> dict[str, float]:
    """One vector from (features, gain) groups."""
    values: dict[str, float] = {}
    for features, gain in groups:
        distinct = set(features)
        if distinct:
            values.update(dict.fromkeys(distinct, gain / sqrt(len(distinct))))
    return values
