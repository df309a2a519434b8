"""A tiny pattern language over clauses, matched with integers as bit boards.

A board maps a concept ("@customer") or a literal word ("dulu") to an integer whose bit i says "word i is one".
A pattern is a row of elements: ``"@customer ..3 @neg @care"`` reads "customer, at most three words, negation, then a
care verb". Elements:

* ``word`` or ``@concept``; alternatives with ``|``; ``?`` at the end makes it optional;
* ``~element``: no negation among the three words before it;
* ``..`` / ``..5``: up to three / five words may stand between;
* ``^`` and ``$``: the clause begins / ends here.

Matching is a handful of shifts and ANDs per element, so it is linear in the clause whatever the text: no backtracking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

NEGATION = "@no"
_NEGATION_REACH = 3


class Step(NamedTuple):
    """One element: any of `names`, at most `gap` words after the one before, `plain` when it must not be negated."""

    names: tuple[str, ...]
    gap: int
    plain: bool
    optional: bool


class Pattern(NamedTuple):
    """Steps plus the two anchors; `key` is the step that is looked up to find candidate clauses."""

    steps: tuple[Step, ...]
    starts: bool
    ends: bool
    key: tuple[str, ...]


class Span(NamedTuple):
    """First and last word of a match, by position in the board."""

    first: int
    last: int


@cache
def compile_pattern(source: str) -> tuple[Pattern, ...]:
    """The pattern(s) a source line stands for: one for each choice of its optional elements. ValueError if empty."""
    steps: list[Step] = []
    gap, parts = 0, source.split()
    for part in parts:
        if part in ("^", "$"):
            continue
        if part.startswith(".."):
            gap = int(part[2:] or 3)
            continue
        optional, plain = part.endswith("?") and part != "?" and not part.endswith("|?"), part.startswith("~")
        names = tuple(part[plain : len(part) - optional].split("|"))
        steps.append(Step(names, gap, plain, optional))
        gap = 0
    if not any(not step.optional for step in steps):
        raise ValueError(f"pattern without a required element: {source!r}")
    return tuple(_finish(row, "^" in parts, "$" in parts) for row in _choices(steps))


def _choices(steps: list[Step]) -> Iterator[list[Step]]:
    if not steps:
        yield []
        return
    first, rest = steps[0], steps[1:]
    for tail in _choices(rest):
        yield [first, *tail]
        if first.optional:
            # the gap in front of a left-out element is handed on to its neighbour
            yield [tail[0]._replace(gap=max(tail[0].gap, first.gap)), *tail[1:]] if tail else []


def _finish(steps: list[Step], starts: bool, ends: bool) -> Pattern:
    key = min((step.names for step in steps), key=_commonness)
    return Pattern(tuple(steps), starts, ends, key)


_COMMON = {"@customer": 50, "@shop": 50, "@no": 40, "@addressee": 50, "@past": 20, ",": 60, "?": 30}


def _commonness(names: tuple[str, ...]) -> int:
    return sum(_COMMON.get(name, 8 if name.startswith("@") else 1) for name in names)


def concepts_used(pattern: Pattern) -> set[str]:
    """Every concept and literal a pattern mentions."""
    return {name for step in pattern.steps for name in step.names}


def _spread(bits: int, gap: int) -> int:
    """Positions one to gap + 1 words after any set bit."""
    reached = 0
    for _ in range(gap + 1):
        bits <<= 1
        reached |= bits
    return reached


def positions(board: Mapping[str, int], step: Step) -> int:
    """Where a step can match on a board."""
    get, bits = board.get, 0
    for name in step.names:
        bits |= get(name, 0)
    if step.plain and bits:
        bits &= ~_spread(get(NEGATION, 0), _NEGATION_REACH - 1)
    return bits


def match(pattern: Pattern, board: Mapping[str, int], mask: int) -> Span | None:
    """The first match whose words all lie inside the mask (a run of set bits), or None."""
    reached: list[int] = []
    bits = 0
    for index, step in enumerate(pattern.steps):
        here = positions(board, step) & mask
        if index:
            here &= _spread(bits, step.gap)
        elif pattern.starts:
            here &= mask & -mask
        if not here:
            return None
        reached.append(here)
        bits = here
    if pattern.ends:
        bits &= 1 << (mask.bit_length() - 1)
        if not bits:
            return None
    return _trace(pattern, reached, bits)


def _trace(pattern: Pattern, reached: list[int], bits: int) -> Span:
    """Walk back from the first end to the nearest fitting start."""
    last = at = (bits & -bits).bit_length() - 1
    for index in range(len(reached) - 1, 0, -1):
        reach = pattern.steps[index].gap + 1
        window = ((1 << at) - 1) & ~((1 << max(at - reach, 0)) - 1)
        at = (reached[index - 1] & window).bit_length() - 1
    return Span(at, last)
