"""The clock of P12: order, gaps and quiet hours hold for every minute of a week and every hold."""

import statistics
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.clock import HOUR, add_waking, gap_of, plan, plan_in, shifted
from messaging.quiet import Quiet

MONDAY = datetime(2026, 2, 2, tzinfo=UTC)  # a week without a public holiday
WEEK = 7 * 24 * 60
ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
HOLDS = st.integers(6, 72).map(lambda hours: timedelta(hours=hours))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 (the strategy adds the zone)


def waking(start: datetime, end: datetime, zone: str) -> timedelta:
    """Time between 08:00 and 20:00 local from start to end, counted the slow way: day by day."""
    total, day = timedelta(), start.astimezone(ZoneInfo(zone)).date()
    while day <= end.astimezone(ZoneInfo(zone)).date():
        opens, closes = (datetime.combine(day, time(hour), ZoneInfo(zone)) for hour in (8, 20))
        total += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total


@given(MOMENTS, HOLDS, st.sampled_from(ZONES))
def test_plan_keeps_order_gaps_quiet_hours_and_the_limit(agreed: datetime, hold: timedelta, zone: str) -> None:
    p, gap = plan(agreed, hold, zone), gap_of(hold)
    assert agreed + hold / 2 <= p.reminder_at < p.check_in_at < p.release_at
    assert p.check_in_at >= agreed + hold * 0.85
    assert p.release_at >= agreed + hold
    assert waking(p.reminder_at, p.check_in_at, zone) >= gap
    assert waking(p.check_in_at, p.release_at, zone) >= gap
    for contact in (p.reminder_at, p.check_in_at):
        assert time(8) <= contact.astimezone(ZoneInfo(zone)).time() < time(20)


@given(MOMENTS, HOLDS)
def test_plan_without_sundays_writes_on_no_sunday_or_holiday(agreed: datetime, hold: timedelta) -> None:
    p, quiet = (
        plan(agreed, hold, "Asia/Jakarta", sundays=False),
        Quiet(ZoneInfo("Asia/Jakarta"), time(20), time(8), False),
    )
    assert agreed < p.reminder_at < p.check_in_at < p.release_at
    assert not quiet.is_quiet(p.reminder_at)
    assert not quiet.is_quiet(p.check_in_at)


@given(MOMENTS, HOLDS, st.times(), st.times())
def test_plan_holds_for_any_quiet_hours(agreed: datetime, hold: timedelta, start: time, until: time) -> None:
    quiet = Quiet(ZoneInfo("Asia/Jakarta"), start.replace(microsecond=0), until.replace(microsecond=0))
    p = plan_in(agreed, hold, quiet)
    assert agreed < p.reminder_at < p.check_in_at < p.release_at
    assert not quiet.is_quiet(p.reminder_at)
    assert not quiet.is_quiet(p.check_in_at)


def test_plan_holds_at_every_minute_of_a_week_for_every_hold() -> None:
    """Over the seven days each minute of the day meets each hold from 6 to 72 hours: nothing repeats after a day."""
    quiet = Quiet(ZoneInfo("Asia/Jakarta"), time(20), time(8))
    for minute in range(WEEK):
        agreed = MONDAY + timedelta(minutes=minute)
        for hours in range(6 + minute // (24 * 60), 73, 7):
            hold = timedelta(hours=hours)
            p, gap = plan_in(agreed, hold, quiet), gap_of(hold)
            assert p.check_in_at - p.reminder_at >= gap
            assert p.release_at - p.check_in_at >= gap
            assert p.release_at - agreed >= hold
            assert time(1) <= p.reminder_at.time() < time(13)  # 08:00-20:00 WIB
            assert time(1) <= p.check_in_at.time() < time(13)


def late_hours(hold: timedelta, *, sundays: bool = True) -> list[float]:
    """Hours from the nominal limit to the release, at every 7th minute of a week."""
    moments = [MONDAY + timedelta(minutes=minute) for minute in range(0, WEEK, 7)]
    return [(plan(at, hold, "Asia/Jakarta", sundays=sundays).release_at - at - hold) / HOUR for at in moments]


def test_plan_costs_what_domain_md_measured() -> None:
    late = late_hours(24 * HOUR)
    assert (round(statistics.median(late), 1), round(max(late), 1)) == (8.0, 13.4)
    assert round(max(late_hours(24 * HOUR, sundays=False))) == 37


def test_plan_of_noon_moves_the_reminder_to_nine_and_keeps_the_order() -> None:
    """The collision that domain.md describes: 50 % falls on midnight, 85 % on 08:24."""
    p = plan(datetime(2026, 2, 3, 5, tzinfo=UTC), 24 * HOUR, "Asia/Jakarta")
    local = [
        at.astimezone(ZoneInfo("Asia/Jakarta")).strftime("%a %H:%M")
        for at in (p.reminder_at, p.check_in_at, p.release_at)
    ]
    assert local == ["Wed 09:00", "Wed 13:00", "Wed 17:00"]


def test_plan_speaks_the_recipient_s_clock() -> None:
    agreed = datetime(2026, 2, 3, 5, tzinfo=UTC)
    assert plan(agreed, 24 * HOUR, "Asia/Jayapura").reminder_at == datetime(2026, 2, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(("hours", "gap"), [(6, 1), (12, 2), (24, 4), (72, 4)])
def test_gap_is_a_sixth_of_the_hold_between_one_and_four_hours(hours: int, gap: int) -> None:
    assert gap_of(timedelta(hours=hours)) == timedelta(hours=gap)


@pytest.mark.parametrize("hours", [0, 5, 73])
def test_plan_refuses_a_hold_out_of_bounds(hours: int) -> None:
    with pytest.raises(ValueError, match="6 to 72"):
        plan(MONDAY, timedelta(hours=hours), "Asia/Jakarta")


def test_plan_refuses_a_naive_time() -> None:
    with pytest.raises(ValueError, match="aware"):
        plan(MONDAY.replace(tzinfo=None), 24 * HOUR, "Asia/Jakarta")


def test_shifted_leaves_a_decent_hour_alone_and_moves_a_night_to_nine() -> None:
    quiet = Quiet(ZoneInfo("Asia/Jakarta"), time(20), time(8))
    assert shifted(datetime(2026, 2, 3, 3, tzinfo=UTC), quiet) == datetime(2026, 2, 3, 3, tzinfo=UTC)
    assert shifted(datetime(2026, 2, 3, 14, tzinfo=UTC), quiet) == datetime(2026, 2, 4, 2, tzinfo=UTC)


def test_add_waking_jumps_over_the_night_and_a_free_sunday() -> None:
    quiet = Quiet(ZoneInfo("Asia/Jakarta"), time(20), time(8), sundays=False)
    saturday = datetime(2026, 2, 7, 11, tzinfo=UTC)  # 18:00 WIB
    monday = add_waking(saturday, 4 * HOUR, quiet).astimezone(ZoneInfo("Asia/Jakarta"))
    assert (monday.date(), monday.time()) == (date(2026, 2, 9), time(10))
