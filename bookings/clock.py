"""When to remind, to ask how they are and to release: fixed at agreement, so that nobody is surprised (P12). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from messaging.quiet import Quiet

HOUR = timedelta(hours=1)
MIN_HOLD, MAX_HOLD = 6 * HOUR, 72 * HOUR
MIN_GAP, MAX_GAP = 1 * HOUR, 4 * HOUR
NIGHT = (time(20), time(8))
AFTER_QUIET = HOUR  # nobody wants a shop's message at the very first minute: 09:00 after quiet hours that end at 08:00


@dataclass(frozen=True)
class Plan:
    """The three moments of a hold, aware, in UTC; release_at is the limit the customer is told."""

    reminder_at: datetime
    check_in_at: datetime
    release_at: datetime


def plan(
    agreed_at: datetime, hold: timedelta, zone: str, quiet: tuple[time, time] = NIGHT, sundays: bool = True
) -> Plan:
    """The times of a hold agreed at `agreed_at` (aware) for a recipient in `zone` (IANA).

    Reminder at 50 % and check-in at 85 %, both moved out of quiet hours and a gap apart; release at 100 %, at least a
    gap after the check-in. sundays=False leaves out Sundays and public holidays too.
    ValueError: a naive time, a hold that is not 6 to 72 hours.
    """
    if agreed_at.tzinfo is None:
        raise ValueError("agreed_at must be aware")
    if not MIN_HOLD <= hold <= MAX_HOLD:
        raise ValueError("a hold lasts 6 to 72 hours")
    return plan_in(agreed_at, hold, Quiet(ZoneInfo(zone), *quiet, sundays=sundays))


def plan_in(agreed_at: datetime, hold: timedelta, quiet: Quiet) -> Plan:
    """The same for quiet hours that are known already."""
    start, gap = agreed_at.astimezone(UTC), gap_of(hold)
    reminder = shifted(start + hold * 0.5, quiet)
    check_in = shifted(max(start + hold * 0.85, add_waking(reminder, gap, quiet)), quiet)
    return Plan(reminder, check_in, max(start + hold, add_waking(check_in, gap, quiet)))


def gap_of(hold: timedelta) -> timedelta:
    """Waking time between two contacts, and between the check-in and the release: a sixth of the hold, 1 to 4 hours."""
    return min(max(hold / 6, MIN_GAP), MAX_GAP)


def shifted(at: datetime, quiet: Quiet) -> datetime:
    """`at`, or the next allowed 09:00 (an hour after quiet hours end) where `at` is quiet."""
    if not quiet.is_quiet(at):
        return at
    ends = quiet.next_allowed(at).astimezone(UTC)
    return ends if quiet.is_quiet(ends + AFTER_QUIET) else ends + AFTER_QUIET


def add_waking(at: datetime, amount: timedelta, quiet: Quiet) -> datetime:
    """`at` plus so much time outside quiet hours."""
    moment, left = quiet.next_allowed(at).astimezone(UTC), amount
    while left:
        passed = min(left, next_edge(moment, quiet) - moment)
        moment, left = moment + passed, left - passed
        if left:
            moment = quiet.next_allowed(moment).astimezone(UTC)
    return moment


def next_edge(at: datetime, quiet: Quiet) -> datetime:
    """The next moment at which quiet hours may begin: their start today, or midnight (before a Sunday or holiday)."""
    local = at.astimezone(quiet.zone)
    evening = datetime.combine(local.date(), quiet.start, quiet.zone).astimezone(UTC)
    if evening > at:
        return evening
    return datetime.combine(local.date() + timedelta(days=1), time(), quiet.zone).astimezone(UTC)
