"""Quiet hours and zones on random clocks, also where a zone changes its clocks."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.enums import Purpose
from messaging.quiet import Quiet, quiet_of
from shops.models import Customer, Shop
from shops.zones import JAKARTA, PROVINCE_CHOICES, zone_of

INDONESIA = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]
CHANGING = ["Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe"]
ZONES = st.sampled_from(INDONESIA + CHANGING).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  bounds are naive
HOURS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
QUIETS = st.builds(Quiet, ZONES, HOURS, HOURS, st.booleans())
NIGHTS = st.builds(Quiet, ZONES, st.just(time(20)), st.just(time(8)), st.just(True))
STEP = timedelta(minutes=30)


@given(QUIETS, MOMENTS)
def test_next_allowed_is_allowed_and_never_in_the_past(quiet, at):
    until = quiet.next_allowed(at)
    assert until >= at
    assert not quiet.is_quiet(until)


@given(QUIETS, MOMENTS)
def test_next_allowed_is_now_where_it_is_allowed(quiet, at):
    assert (quiet.next_allowed(at) == at) == (not quiet.is_quiet(at))


@given(NIGHTS, MOMENTS)
def test_nothing_between_now_and_then_was_allowed(quiet, at):
    until, moment = quiet.next_allowed(at), at
    while moment < until:
        assert quiet.is_quiet(moment)
        moment += STEP


@given(NIGHTS, MOMENTS)
def test_night_ends_within_thirteen_hours(quiet, at):
    """Twelve, and one more in the night that is an hour longer."""
    assert quiet.next_allowed(at) - at <= timedelta(hours=13)


@given(NIGHTS, MOMENTS)
def test_shop_writes_between_eight_and_eight_of_the_recipients_clock(quiet, at):
    local = quiet.next_allowed(at).astimezone(quiet.zone)
    assert time(8) <= local.time() < time(20)


@given(QUIETS, MOMENTS)
def test_zone_of_the_asking_clock_does_not_matter(quiet, at):
    elsewhere = at.astimezone(quiet.zone)
    assert quiet.next_allowed(elsewhere) == quiet.next_allowed(at)


@given(st.builds(Quiet, ZONES, st.just(time(20)), st.just(time(8)), st.just(False)), MOMENTS)
def test_days_of_rest_are_kept(quiet, at):
    assert quiet.next_allowed(at).astimezone(quiet.zone).weekday() != 6


@pytest.mark.parametrize(
    ("night", "morning"),
    [
        (datetime(2026, 3, 28, 21, 0, tzinfo=UTC), datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),  # an hour is lost: CEST
        (datetime(2026, 10, 24, 21, 0, tzinfo=UTC), datetime(2026, 10, 25, 7, 0, tzinfo=UTC)),  # an hour is won: CET
    ],
)
def test_morning_after_the_clocks_changed(night, morning):
    assert Quiet(ZoneInfo("Europe/Berlin"), time(20), time(8)).next_allowed(night) == morning


def test_end_in_the_hour_that_does_not_exist():
    """02:30 on 29 March 2026 is skipped in Berlin: the quiet hours end at 03:30."""
    quiet = Quiet(ZoneInfo("Europe/Berlin"), time(22), time(2, 30))
    assert quiet.next_allowed(datetime(2026, 3, 29, 0, 0, tzinfo=UTC)) >= datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_no_quiet_hours_at_all():
    quiet = Quiet(ZoneInfo(JAKARTA), time(0), time(0))
    assert not quiet.is_quiet(datetime(2026, 1, 1, 20, tzinfo=UTC))


SHOP = Shop(zone=JAKARTA, quiet_from=time(20), quiet_until=time(8), contact_on_sundays=True)


@pytest.mark.parametrize("province", [value for value, _label in PROVINCE_CHOICES if value])
def test_every_province_has_its_zone(province):
    quiet = quiet_of(SHOP, Customer(province=province))
    assert quiet.zone.key == zone_of(province)
    assert quiet.zone.key in INDONESIA


def test_unknown_province_takes_the_hours_decent_from_west_to_east():
    quiet = quiet_of(SHOP, Customer(province=""))
    assert (quiet.zone.key, quiet.start, quiet.until) == (JAKARTA, time(18), time(8))


def test_shop_abroad_takes_its_own_zone_for_unknown_customers():
    shop = Shop(zone="Europe/Berlin", quiet_from=time(20), quiet_until=time(8))
    assert quiet_of(shop, Customer(province="")).zone.key == "Europe/Berlin"


def test_outreach_rests_on_sundays_whatever_the_shop_chose():
    assert quiet_of(SHOP, None, Purpose.OUTREACH).sundays is False
    assert quiet_of(SHOP, None, Purpose.FOLLOW_UP).sundays is True
