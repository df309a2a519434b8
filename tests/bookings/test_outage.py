"""A worker that slept: on return nothing out of order, nothing in a burst, and the release still follows a check-in."""

from datetime import timedelta
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings import actions, contacts
from bookings.clock import gap_of
from messaging.enums import Purpose
from messaging.outbox import mark_sent
from playbooks.enums import StepState
from tests.bookings.conftest import AGREED
from tests.factories import make_customer

HOUR = timedelta(hours=1)
NUMBER = count()
CONTACTS = ["booking_reminder", "check_in", "release"]


def log(booking):
    """(purpose, when) of what left, in order."""
    rows = booking.case.messages.filter(sent_at__isnull=False).order_by("sent_at", "pk")
    return list(rows.values_list("purpose", "sent_at"))


def test_two_days_down_skips_the_reminder_and_still_asks_before_releasing(scheduled, ring):
    ring(AGREED, AGREED + HOUR)
    back = AGREED + 50 * HOUR  # Thursday 14:00 WIB, long after the limit
    ring(back, back + 24 * HOUR)
    scheduled.refresh_from_db()
    assert [purpose for purpose, _at in log(scheduled)] == ["booking_terms", "check_in", "release"]
    assert scheduled.outcome == "released"
    assert scheduled.ended_at - scheduled.checked_in_at >= gap_of(scheduled.hold)


def test_reminder_that_came_too_late_is_skipped_with_the_reason(scheduled, ring):
    ring(AGREED, AGREED + HOUR)
    ring(AGREED + 50 * HOUR, AGREED + 51 * HOUR)
    step = scheduled.case.steps.get(key="remind")
    assert step.state == StepState.SKIPPED
    assert step.skip_reason


def test_release_without_both_contacts_is_not_counted(scheduled, ring):
    ring(AGREED, AGREED + HOUR)
    ring(AGREED + 50 * HOUR, AGREED + 74 * HOUR)
    scheduled.refresh_from_db()
    assert (scheduled.outcome, scheduled.is_hit_and_run) == ("released", False)


def test_back_at_night_nothing_leaves_before_morning(scheduled, ring):
    ring(AGREED, AGREED + HOUR)
    night = AGREED + 58 * HOUR  # Thursday 22:00 WIB
    ring(night, night + 9 * HOUR)
    assert [purpose for purpose, _at in log(scheduled)] == ["booking_terms"]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sleeps=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=3))
def test_any_outages_keep_order_gaps_and_the_limit(shop, ayu, ring, sleeps):
    """Random clocks (S3-14): the bell is silent in these hours after the agreement."""
    customer = make_customer(shop, email=f"rina{next(NUMBER)}@example.org")
    deal = actions.Deal(customer=customer, item="tas", price=1, channel="email", agreed_at=AGREED)
    booking = actions.agree(shop, deal, by=ayu.user, now=AGREED)
    actions.schedule(booking, {}, by=ayu, now=AGREED)
    told = booking.release_at
    asleep = {AGREED + hour * HOUR for start, length in sleeps for hour in range(start, start + length)}
    for now in (AGREED + hour * HOUR for hour in range(150)):
        if now not in asleep:
            ring(now, now)
        booking.refresh_from_db()
        booking.case.refresh_from_db()
        if booking.case.is_ended:
            break
    said = [(purpose, at) for purpose, at in log(booking) if purpose in CONTACTS]
    purposes = [purpose for purpose, _at in said]
    assert purposes == [purpose for purpose in CONTACTS if purpose in purposes]  # each once, in order
    assert "check_in" in purposes
    moments = [at for _purpose, at in said]
    assert all(later - earlier >= gap_of(booking.hold) for earlier, later in pairwise(moments))
    assert booking.outcome == "released"
    assert booking.ended_at >= told
    assert all(1 <= at.hour < 13 for at in moments)  # 08:00-20:00 WIB


def test_by_hand_everything_waits_for_the_terms(shop, ayu, ring):
    wa = make_customer(shop, phone="081234567890")
    deal = actions.Deal(customer=wa, item="tas", price=1, agreed_at=AGREED)
    booking = actions.agree(shop, deal, by=ayu.user, now=AGREED)
    actions.schedule(booking, {}, by=ayu, now=AGREED)
    ring(AGREED, AGREED + 20 * HOUR)
    waiting = booking.case.messages.filter(waiting_for="hand").values_list("purpose", flat=True)
    assert list(waiting) == ["booking_terms"]
    ring(AGREED + 20 * HOUR, AGREED + 40 * HOUR)
    booking.refresh_from_db()
    assert booking.outcome == "open"


@pytest.mark.parametrize("late", [1, 6, 30])
def test_by_hand_a_late_check_in_moves_the_release(shop, ayu, ring, late):
    wa = make_customer(shop, phone="081234567890")
    deal = actions.Deal(customer=wa, item="tas", price=1, agreed_at=AGREED)
    booking = actions.agree(shop, deal, by=ayu.user, now=AGREED)
    actions.schedule(booking, {}, by=ayu, told=True, now=AGREED)
    ring(AGREED, booking.check_in_at)
    asked_at = booking.check_in_at + late * HOUR
    ring(booking.check_in_at + HOUR, asked_at)
    mark_sent(booking.case.messages.get(purpose=Purpose.CHECK_IN), by=ayu.user, now=asked_at)
    ring(asked_at, asked_at + 30 * HOUR)
    booking.refresh_from_db()
    assert booking.outcome == "released"
    assert booking.ended_at >= asked_at + gap_of(booking.hold)


def test_by_hand_two_contacts_never_wait_together(shop, ayu, ring):
    """The shop was closed: the reminder's time has passed, so only the check-in is in the queue."""
    wa = make_customer(shop, phone="081234567890")
    deal = actions.Deal(customer=wa, item="tas", price=1, agreed_at=AGREED)
    booking = actions.agree(shop, deal, by=ayu.user, now=AGREED)
    actions.schedule(booking, {}, by=ayu, told=True, now=AGREED)
    ring(AGREED, AGREED + 40 * HOUR)
    waiting = booking.case.messages.filter(waiting_for="hand", purpose__in=contacts.PLANNED)
    assert list(waiting.values_list("purpose", flat=True)) == ["check_in"]
