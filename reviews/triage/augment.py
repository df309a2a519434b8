"""More training rows from the written ones: joined reviews, and the same words under other stars.

Real reviews are longer than most of ours and often praise first and complain after; and many people praise under three
stars. Deterministic; a made row stays in its file's group, so that cross-validation never sees half of it before.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple, TypeVar

R = TypeVar("R", bound="Any")

TURNS = (", tapi ", ", cuma ", ". ", " tp ", ", sayang ", ", but ", ". Sayangnya ", " cuman ", "... ", ". Hanya saja ")
ALONG = (". ", ", ", " ", "! ", ".. ", " dan ")
HIGH_STARS, ANY_STARS = (5, 4, 4, 5, 3), (3, 4, 5, 2, 3)
OTHER_STARS = {1: 3, 2: 3, 3: 4, 4: 3, 5: 3}
LONG = 160


class Made(NamedTuple):
    """A made row: its weight beside a written one."""

    row: Any
    weight: float


def order(text: str) -> int:
    """A fixed shuffle."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def made(rows: Sequence[R], *, joined: float = 0.3, restarred: float = 0.3) -> Iterator[Made]:
    """The made rows of labelled ones (text, stars, needs_followup, urgent, themes, source)."""
    for _source, some in groupby(sorted(rows, key=lambda row: row.source), key=lambda row: row.source):
        mixed = sorted(some, key=lambda row: order(row.text))
        short = [row for row in mixed if len(row.text) <= LONG]
        calm = [row for row in short if not row.needs_followup and row.stars >= 3]
        faults = [row for row in short if row.needs_followup]
        yield from (Made(row, joined) for row in joins(calm, faults))
        yield from (Made(row, restarred) for row in restars(mixed))


def joins(calm: Sequence[R], faults: Sequence[R]) -> Iterator[R]:
    """Praise and complaint, complaint and praise, praise and praise."""
    for place, fault in enumerate(faults):
        if calm:
            praise, turn = calm[place % len(calm)], TURNS[place % len(TURNS)]
            stars = HIGH_STARS[place % len(HIGH_STARS)]
            yield fault._replace(text=bare(praise.text) + turn + fault.text, stars=stars)
            if place % 3 == 0:
                yield fault._replace(text=bare(fault.text) + ALONG[place % 2] + praise.text, stars=stars)
    for place, (first, second) in enumerate(pairwise(calm)):
        text = bare(first.text) + ALONG[place % len(ALONG)] + second.text
        yield first._replace(text=text, stars=ANY_STARS[place % len(ANY_STARS)], urgent=False)


def restars(rows: Sequence[R]) -> Iterator[R]:
    """Every second harmless row under other stars: people praise under three stars too."""
    for place, row in enumerate(rows):
        if place % 2 == 0 and not row.needs_followup:
            yield row._replace(stars=OTHER_STARS[row.stars])


def bare(text: str) -> str:
    """Without the stop at its end."""
    return text.rstrip(" .!?,")
