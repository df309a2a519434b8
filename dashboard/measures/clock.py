"""bt(a, b) of domain.md 6 for many pairs: the same figures as shops.calendar.business_between, by two look-ups each."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta

from shops.calendar import Calendar


@dataclass(frozen=True)
class OpeningClock:
    """Opening spans of a stretch of days, as seconds since 1970, with the opening time before each."""

    opens: list[float]
    closes: list[float]
    before: list[float]

    def reading(self, at: datetime) -> float:
        """Seconds of opening time from the clock's first day until `at`."""
        moment = at.timestamp()
        place = bisect_right(self.opens, moment) - 1
        if place < 0:
            return 0.0
        return self.before[place] + min(moment, self.closes[place]) - self.opens[place]

    def between(self, start: datetime, end: datetime) -> float:
        """Hours of opening time between two moments, 0 where end is before start."""
        return max(0.0, self.reading(end) - self.reading(start)) / 3600


def opening_clock(calendar: Calendar, since: datetime, until: datetime) -> OpeningClock:
    """The clock of a calendar for every moment from since to until."""
    day, last = since.astimezone(calendar.zone).date(), until.astimezone(calendar.zone).date()
    opens, closes, before, total = [], [], [], 0.0
    while day <= last:
        if span := calendar.opening(day):
            opens.append(span[0].timestamp())
            closes.append(span[1].timestamp())
            before.append(total)
            total += closes[-1] - opens[-1]
        day += timedelta(days=1)
    return OpeningClock(opens, closes, before)
