"""A payment against a reminder against a release: one outcome, and nothing leaves after a payment (real PostgreSQL)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from time import sleep

import pytest
from django.db import connection

from bookings import actions
from bookings.models import Booking
from bookings.steps import HANDLERS
from bookings.upkeep import upkeep
from cases.actions import Refused
from messaging import outbox
from playbooks import automatic, treatments
from tests.bookings.conftest import AGREED
from tests.factories import make_customer, make_member, make_shop

HOUR = timedelta(hours=1)
ROUNDS = 8

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*jobs):
    """Run the jobs at the same moment, each with a connection of its own; what they raised, None where nothing."""
    gate = Barrier(len(jobs))

    def run(job):
        gate.wait()
        try:
            job()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def after(seconds, job):
    """Do the job a little later, so that each side wins now and then."""
    sleep(seconds)
    job()


def make_booking(until):
    """A booking whose bell rang up to `until`."""
    shop = make_shop()
    ayu = make_member(shop, f"ayu{shop.pk}", "owner")
    rina = make_customer(shop, email=f"rina{shop.pk}@example.org")
    deal = actions.Deal(customer=rina, item="tas", price=1, channel="email", agreed_at=AGREED)
    booking = actions.agree(shop, deal, by=ayu.user, now=AGREED)
    actions.schedule(booking, {}, by=ayu, now=AGREED)
    for hour in (0, 1, 21, 22, 25, 26):  # the moments at which something leaves, and the ring after each
        if AGREED + hour * HOUR < until:
            work(AGREED + hour * HOUR)
    return booking, ayu


def work(now):
    """What a worker does in one ring."""
    upkeep(now)
    automatic.run_due(now, HANDLERS)
    outbox.deliver_due(now)
    treatments.catch_up(now=now)


@pytest.mark.parametrize("hours", [21, 25], ids=["reminder", "check-in"])
def test_payment_against_two_workers_sends_nothing_afterwards(hours):
    now = AGREED + hours * HOUR
    for _round in range(ROUNDS):
        booking, ayu = make_booking(now)
        pay = partial(actions.paid, booking, by=ayu.user, now=now)
        together(pay, partial(work, now), partial(work, now))
        for later in (1, 8, 30):
            work(now + later * HOUR)
        booking = Booking.objects.select_related("case").get(pk=booking.pk)
        assert booking.outcome == "paid"
        assert booking.case.messages.filter(sent_at__gte=now).count() <= 1  # the one whose last look came first
        assert not booking.case.messages.filter(sent_at__gt=now).exists()


def test_payment_against_release_has_one_outcome():
    now = AGREED + 29 * HOUR
    for attempt in range(ROUNDS):
        booking, ayu = make_booking(now)
        pay = partial(after, attempt * 0.01, partial(actions.paid, booking, by=ayu.user, now=now))
        together(pay, partial(work, now), partial(work, now))
        work(now + HOUR)
        booking = Booking.objects.select_related("case").get(pk=booking.pk)
        told = booking.case.events.filter(code="booking").values_list("data__what", flat=True)
        assert [what for what in told if what in ("paid", "released")] == [booking.outcome]
        notes = booking.case.messages.filter(purpose="release", sent_at__isnull=False).count()
        assert notes == (1 if booking.outcome == "released" else 0)


def test_three_payments_are_one_order():
    booking, ayu = make_booking(AGREED + HOUR)
    pay = partial(actions.paid, booking, by=ayu.user)
    assert together(pay, pay, pay) == [None, None, None]
    assert booking.shop.orders.count() == 1


def test_four_workers_release_once():
    now = AGREED + 29 * HOUR
    booking, _ayu = make_booking(now)
    together(*[partial(work, now)] * 4)
    assert booking.case.events.filter(code="booking", data__what="released").count() == 1


def test_answer_against_check_in_leaves_the_end_to_a_person():
    now = AGREED + 25 * HOUR
    for _round in range(ROUNDS // 2):
        booking, ayu = make_booking(now)
        answer = partial(actions.customer_replied, booking.case, "halo kak", "email", by=ayu.user, at=now)
        together(answer, partial(work, now), partial(work, now))
        for later in (1, 4, 5, 20):
            work(now + later * HOUR)
        booking.refresh_from_db()
        assert (booking.outcome, booking.replied_at) == ("open", now)
