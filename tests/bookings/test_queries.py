"""The private counter, what needs a person, and the funnel's counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings import actions, queries
from bookings.models import Booking
from figures.shares import Share
from tests.bookings.conftest import AGREED
from tests.factories import make_customer, make_order

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def released(shop, customer, ayu, *, days, reminded=True):
    """A booking that was released so many days ago."""
    end = timezone.now() - timedelta(days=days)
    agreed = end - timedelta(days=2)
    booking = actions.agree(shop, actions.Deal(customer=customer, item="tas", price=1, agreed_at=agreed), by=ayu.user)
    Booking.objects.filter(pk=booking.pk).update(
        outcome="released",
        ended_at=end,
        release_at=end,
        check_in_at=end - 4 * HOUR,
        reminder_at=end - 9 * HOUR,
        terms_sent_at=agreed,
        reminded_at=end - 9 * HOUR if reminded else None,
        checked_in_at=end - 4 * HOUR,
    )
    booking.refresh_from_db()
    return booking


def test_counter_counts_hit_and_runs_of_180_days(shop, rina, ayu):
    for days in (1, 179, 181):
        released(shop, rina, ayu, days=days)
    released(shop, rina, ayu, days=3, reminded=False)
    assert queries.releases_of(rina, timezone.now()) == 2


@pytest.mark.parametrize(("count", "hint"), [(2, False), (3, True)])
def test_hint_comes_with_the_third_release(shop, rina, ayu, count, hint):
    for number in range(count):
        released(shop, rina, ayu, days=number + 1)
    assert queries.pay_link_first(rina, timezone.now()) is hint


def test_counter_is_per_shop(shop, rina, ayu, citra):
    released(shop, rina, ayu, days=1)
    namesake = make_customer(citra.shop, "Rina", email="rina@example.org")
    assert queries.releases_of(namesake, timezone.now()) == 0


def test_released_tonight_is_seen_before_it_happens(scheduled, ayu):
    evening = AGREED + 6 * HOUR
    assert list(queries.released_tonight(ayu, evening)) == []
    assert list(queries.released_tonight(ayu, AGREED + 20 * HOUR)) == [scheduled]


def test_answered_bookings_are_for_a_person(scheduled, ayu):
    Booking.objects.filter(pk=scheduled.pk).update(replied_at=AGREED + HOUR)
    assert list(queries.for_a_person(ayu, AGREED + 2 * HOUR)) == [scheduled]
    assert list(queries.released_tonight(ayu, AGREED + 20 * HOUR)) == []


def test_funnel_counts_each_way_a_booking_went(shop, rina, ayu, booking):
    released(shop, rina, ayu, days=10)
    for when in ("before_reminder", "after_check_in"):
        paid = actions.agree(shop, actions.Deal(customer=make_customer(shop, when), item="tas", price=1), by=ayu.user)
        Booking.objects.filter(pk=paid.pk).update(outcome="paid", paid_when=when, ended_at=timezone.now())
    found = queries.funnel(shop, AGREED - DAY, timezone.now())
    assert (found.agreed, found.open) == (4, 1)
    assert (found.before_reminder, found.after_reminder, found.after_check_in) == (
        Share(1, 3),
        Share(0, 3),
        Share(1, 3),
    )
    assert (found.cancelled, found.released) == (Share(0, 3), Share(1, 3))


@pytest.mark.parametrize(("days", "k"), [(3, 1), (7, 1), (8, 0)])
def test_funnel_counts_resales_within_seven_days(shop, rina, ayu, days, k):
    booking = released(shop, rina, ayu, days=20)
    Booking.objects.filter(pk=booking.pk).update(resold_at=booking.ended_at + timedelta(days=days))
    assert queries.funnel(shop, AGREED, timezone.now()).resold == Share(k, 1)


@pytest.mark.parametrize(("after", "k"), [(5, 1), (181, 0)])
def test_funnel_counts_customers_who_came_back_within_180_days(shop, rina, ayu, after, k):
    booking = released(shop, rina, ayu, days=200)
    make_order(shop, rina, paid_at=booking.ended_at + timedelta(days=after))
    found = queries.funnel(shop, booking.agreed_at - DAY, timezone.now())
    assert (found.returned, found.still_watched) == (Share(k, 1), 0)


def test_funnel_of_an_empty_shop_is_empty(shop):
    found = queries.funnel(shop, AGREED, timezone.now())
    assert (found.agreed, found.released) == (0, Share(0, 0))
