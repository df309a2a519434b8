"""When the shop may write first: quiet hours, Sundays, holidays, contact caps (domain.md 3.3, I6). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from messaging.enums import Purpose
from shops.calendar import public_holidays
from shops.models import Customer, Shop
from shops.zones import JAKARTA

# Nobody knows where this customer lives: the hours that are decent from WIB to WIT (08:00-18:00 WIB).
UNKNOWN_FROM, UNKNOWN_UNTIL = time(18), time(8)
PER_CASE = timedelta(hours=24)
PER_CUSTOMER, PER_CUSTOMER_DAYS = 3, timedelta(days=7)


@dataclass(frozen=True)
class Quiet:
    """Quiet from `start` to `until` (over midnight) in `zone`; whole Sundays and holidays too unless `sundays`."""

    zone: ZoneInfo
    start: time
    until: time
    sundays: bool = True

    def is_quiet(self, at: datetime) -> bool:
        """True where the shop may not write first."""
        local = at.astimezone(self.zone)
        if not self.sundays and (local.weekday() == 6 or local.date() in public_holidays(local.year)):
            return True
        clock = local.time()
        if self.start <= self.until:
            return self.start <= clock < self.until
        return clock >= self.start or clock < self.until

    def next_allowed(self, at: datetime) -> datetime:
        """at itself where allowed, else the first allowed moment after it, in UTC (a month ahead at most)."""
        if not self.is_quiet(at):
            return at
        at, day = at.astimezone(UTC), at.astimezone(self.zone).date()
        for offset in range(32):
            for clock in sorted({time(0), self.until}):
                moment = self.at(day + timedelta(days=offset), clock)
                if moment >= at and not self.is_quiet(moment):
                    return moment
        return at + timedelta(days=1)

    def at(self, day: date, clock: time) -> datetime:
        """The moment of a local clock time, in UTC: aware times of one zone compare by their clocks otherwise."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def quiet_of(shop: Shop, customer: Customer | None, purpose: str = "") -> Quiet:
    """The quiet hours that hold for a customer of this shop; an outreach never goes on Sundays and holidays (P09)."""
    zone = customer.zone if customer else None
    sundays = shop.contact_on_sundays and purpose != Purpose.OUTREACH
    if zone is None and shop.zone == JAKARTA and customer is not None:
        return Quiet(
            ZoneInfo(JAKARTA),
            min(UNKNOWN_FROM, shop.quiet_from),
            max(UNKNOWN_UNTIL, shop.quiet_until),
            sundays,
        )
    return Quiet(ZoneInfo(zone or shop.zone), shop.quiet_from, shop.quiet_until, sundays)
