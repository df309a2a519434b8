"""Keyset pages: constant cost at any depth, no COUNT, no OFFSET.

The condition is written as (a <= x) AND (a < x OR id < y): PostgreSQL then uses the index as a range, not as a filter.
Orders are spelled as Django does: "placed_at" rises, "-placed_at" falls.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
Order = tuple[str, str]
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


def order_of(by: str, tie: str = "") -> Order:
    """The whole order of a list: `tie` (unique, never null) settles equal rows; the primary key does unless told."""
    return by, tie or ("-pk" if by.startswith("-") else "pk")


def page(rows: QuerySet[M], by: str, cursor: str = "", *, tie: str = "", size: int = SIZE) -> Page[M]:
    """One page of rows ordered by `by`, then `tie` (see order_of). `by` must not be null; index both together."""
    order = order_of(by, tie)
    way, behind = start_behind(rows, order, cursor)
    backwards = way == "newer"
    found = list(behind.order_by(*map(flipped, order) if backwards else order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], "", "")
    has_newer = more if backwards else bool(way)
    has_older = bool(way) if backwards else more
    return Page(
        found,
        encode("newer", order, found[0]) if has_newer else "",
        encode("older", order, found[-1]) if has_older else "",
    )


def start_behind(rows: QuerySet[M], order: Order, cursor: str) -> tuple[str, QuerySet[M]]:
    """Which way the cursor goes and the rows behind it; "" and all rows for a cursor that is none of this order."""
    place = decode(cursor, order) if cursor else None
    if place is None:
        return "", rows
    way, value, tie = place
    try:
        return way, rows.filter(beyond(tuple(map(flipped, order)) if way == "newer" else order, value, tie))
    except (TypeError, ValueError, OverflowError, ValidationError):
        return "", rows


def beyond(order: tuple[str, ...], value: Any, tie: int) -> Q:
    """Rows behind (value, tie) in the direction of travel."""
    (field, way), (tie_field, tie_way) = ((name.removeprefix("-"), "lt" if name[0] == "-" else "gt") for name in order)
    on = Q(**{f"{field}__{way}": value}) | Q(**{f"{tie_field}__{tie_way}": tie})
    return Q(**{f"{field}__{way}e": value}) & on


def flipped(name: str) -> str:
    """The same order the other way round."""
    return name[1:] if name.startswith("-") else f"-{name}"


def value_of(row: Model, name: str) -> Any:
    """What a row has under an order's name; relations are followed."""
    return reduce(getattr, name.removeprefix("-").split("__"), row)


def encode(way: str, order: Order, row: Model) -> str:
    """A cursor: which way, in which order, and the values of the row to start behind."""
    value, tie = (value_of(row, name) for name in order)
    plain = value.isoformat() if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps([way, ",".join(order), plain, tie]).encode()).decode().rstrip("=")


def decode(cursor: str, order: Order) -> tuple[str, Any, int] | None:
    """Way, value and tie of a cursor; None for a mangled one or one of another order (it shows the first page)."""
    try:
        way, made_for, value, tie = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, TypeError, RecursionError):
        return None
    is_sound = way in ("newer", "older") and made_for == ",".join(order) and isinstance(tie, int)
    return (way, value, tie) if is_sound and "\x00" not in str(value) else None
