"""Opening hours, working days and holidays of a shop: pure arithmetic on aware datetimes.

bh (business hours) count inside the opening hours; WD (working days) count Monday to Friday (Saturday by choice)
without public holidays. Joint leave (cuti bersama) counts as working unless the shop closes that day (domain.md 3.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from shops.models import Shop

MAX_DAYS = 400  # a shop that never opens must not loop for ever


@lru_cache(maxsize=32)
def public_holidays(year: int) -> frozenset[date]:
    """Indonesia's public holidays of a year (some later ones are estimates)."""
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public",)).keys())


@dataclass(frozen=True)
class Calendar:
    """A shop's opening hours (weekday 0..6 -> open, close), zone and exceptions."""

    zone: ZoneInfo
    hours: Mapping[int, tuple[time, time]]
    closed: frozenset[date] = frozenset()
    opened: frozenset[date] = frozenset()
    works_saturday: bool = False
    _cache: dict[date, bool] = field(default_factory=dict, compare=False, repr=False)

    def is_holiday(self, day: date) -> bool:
        """A closed day of the shop, or a public holiday on which it does not open."""
        if day in self.opened:
            return False
        return day in self.closed or day in public_holidays(day.year)

    def is_working_day(self, day: date) -> bool:
        """Counts towards working-day limits."""
        return day.weekday() < (6 if self.works_saturday else 5) and not self.is_holiday(day)

    def opening(self, day: date) -> tuple[datetime, datetime] | None:
        """The day's opening span, or None where the shop is closed."""
        span = self.hours.get(day.weekday())
        if span is None or self.is_holiday(day):
            return None
        return (datetime.combine(day, span[0], self.zone), datetime.combine(day, span[1], self.zone))

    def next_open(self, at: datetime) -> datetime:
        """at itself while open, else the next opening."""
        local = at.astimezone(self.zone)
        for offset in range(MAX_DAYS):
            span = self.opening(local.date() + timedelta(days=offset))
            if span and local < span[1]:
                return max(local, span[0])
        return local

    def add_business(self, at: datetime, amount: timedelta) -> datetime:
        """at plus so much opening time; a shop that never opens counts clock time."""
        moment, left = self.next_open(at), amount
        for _ in range(MAX_DAYS):
            span = self.opening(moment.astimezone(self.zone).date())
            if span is None:
                return at + amount
            if moment + left <= span[1]:
                return moment + left
            left -= span[1] - moment
            moment = self.next_open(span[1] + timedelta(minutes=1))
        return at + amount

    def business_between(self, start: datetime, end: datetime) -> timedelta:
        """Opening time between two moments, zero where end is before start (bt(a, b) of domain.md 6)."""
        total, day = timedelta(), start.astimezone(self.zone).date()
        while day <= end.astimezone(self.zone).date():
            if span := self.opening(day):
                total += max(timedelta(), min(end, span[1]) - max(start, span[0]))
            day += timedelta(days=1)
        return total

    def add_working_days(self, at: datetime, days: int) -> datetime:
        """The close of business of the n-th working day after at."""
        local = at.astimezone(self.zone)
        day, left = local.date(), days
        for _ in range(MAX_DAYS):
            if left <= 0:
                break
            day += timedelta(days=1)
            if self.is_working_day(day):
                left -= 1
        span = self.opening(day)
        return span[1] if span else datetime.combine(day, time(17), self.zone)


def parse_span(span: list[str] | None) -> tuple[time, time] | None:
    """["08:00", "17:00"] as times, None for closed days."""
    return (time.fromisoformat(span[0]), time.fromisoformat(span[1])) if span else None


def calendar_of(shop: Shop) -> Calendar:
    """The shop's calendar (one query for its own closed days)."""
    days = list(shop.closed_days.all())
    spans = {int(day): parse_span(span) for day, span in shop.hours.items()}
    return Calendar(
        zone=shop.tz,
        hours={day: span for day, span in spans.items() if span},
        closed=frozenset(d.day for d in days if not d.is_open),
        opened=frozenset(d.day for d in days if d.is_open),
        works_saturday=shop.works_saturday,
    )
