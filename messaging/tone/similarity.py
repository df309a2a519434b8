"""How alike two texts are: a second apology must not repeat the first (P13, Halperin et al. 2022)."""

from __future__ import annotations

from itertools import pairwise

from language.tokens import tokenise, words

REPEAT_LIMIT = 0.6


def similarity(first: str, second: str) -> float:
    """0 (nothing shared) to 1 (same words in the same order): Dice on single words and neighbouring pairs."""
    one, two = _shingles(first), _shingles(second)
    if not one or not two:
        return 0.0
    return 2 * len(one & two) / (len(one) + len(two))


def _shingles(text: str) -> set[tuple[str, ...]]:
    row = words(tokenise(text))
    return {(word,) for word in row} | set(pairwise(row))


def repeats(text: str, earlier: str) -> bool:
    """The text is too close to an earlier one."""
    return similarity(text, earlier) > REPEAT_LIMIT
