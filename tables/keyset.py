"""Keyset pages: constant cost at any depth, no COUNT, no OFFSET.

The condition is written as (a <= x) AND (a < x OR id < y): PostgreSQL then uses the index as a range, not as a filter.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
SIZE = 50


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows of one page and the cursors of its neighbours ("" where there is none)."""

    rows: list[M]
    newer: str
    older: str

    def links(self, params: Mapping[str, str]) -> dict[str, str]:
        """prev_url and next_url for the pager, keeping the other parameters."""
        kept = {key: value for key, value in params.items() if key != "at"}
        return {
            "prev_url": "?" + urlencode({**kept, "at": self.newer}) if self.newer else "",
            "next_url": "?" + urlencode({**kept, "at": self.older}) if self.older else "",
        }


def encode(way: str, value: Any, pk: int) -> str:
    """A cursor: which way, and the sort value and id of the row to start behind."""
    plain = value.isoformat() if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps([way, plain, pk]).encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[str, Any, int] | None:
    """The parts of a cursor, None for anything that is none (a mangled link shows the first page)."""
    try:
        way, value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return (way, value, pk) if way in ("newer", "older") and isinstance(pk, int) else None
    except (ValueError, binascii.Error, TypeError):
        return None


def page(rows: QuerySet[M], field: str, cursor: str = "", *, size: int = SIZE, descending: bool = True) -> Page[M]:
    """One page of rows ordered by (field, pk). `field` must not be null and should be indexed with the pk."""
    place = decode(cursor) if cursor else None
    backwards = place is not None and place[0] == "newer"
    falling = descending != backwards
    if place:
        rows = rows.filter(beyond(field, place[1], place[2], falling))
    sign = "-" if falling else ""
    found = list(rows.order_by(f"{sign}{field}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], "", "")
    first, last = found[0], found[-1]
    has_newer = more if backwards else place is not None
    has_older = place is not None if backwards else more
    return Page(
        found,
        encode("newer", getattr(first, field), first.pk) if has_newer else "",
        encode("older", getattr(last, field), last.pk) if has_older else "",
    )


def beyond(field: str, value: Any, pk: int, falling: bool) -> Q:
    """Rows behind (value, pk) in the direction of travel."""
    way = "lt" if falling else "gt"
    return Q(**{f"{field}__{way}e": value}) & (Q(**{f"{field}__{way}": value}) | Q(**{f"pk__{way}": pk}))
