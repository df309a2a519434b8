"""Weeks and months of a period, and in which of them a row lies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta, tzinfo

from django.db.models import Case, IntegerField, Value, When


def starts_of(since: datetime, until: datetime, zone: tzinfo) -> list[datetime]:
    """Where the weeks (up to 100 days) or months of a period begin, on the shop's clock; at most the last 24."""
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    by_week = (last - first).days <= 100
    day = first - timedelta(days=first.weekday()) if by_week else first.replace(day=1)
    days = []
    while day <= last:
        days.append(day)
        day = day + timedelta(days=7) if by_week else (day + timedelta(days=32)).replace(day=1)
    return [datetime.combine(start, time(), zone) for start in days[-24:]]


def stretch(field: str, starts: Sequence[datetime]) -> Case:
    """For a query: which stretch a row's moment lies in, counted from 1; 0 before the first start."""
    whens = [When(**{f"{field}__gte": start}, then=Value(place)) for place, start in reversed([*enumerate(starts, 1)])]
    return Case(*whens, default=Value(0), output_field=IntegerField())
