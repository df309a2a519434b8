"""The waiting list: first come, first told, each with a short hold of their own."""

from datetime import timedelta

import pytest

from bookings import actions, queries, waiting
from cases.actions import Refused
from tests.bookings.conftest import AGREED
from tests.factories import make_customer

HOUR = timedelta(hours=1)


@pytest.fixture
def first(shop, ayu):
    sari = make_customer(shop, "Sari", email="sari@example.org")
    return waiting.join(shop, sari, "Tas Biru", "email", by=ayu, now=AGREED)


@pytest.fixture
def second(shop, ayu, first):
    tini = make_customer(shop, "Tini", email="tini@example.org")
    return waiting.join(shop, tini, "tas biru", "email", by=ayu, now=AGREED + HOUR)


def told(entry):
    entry.refresh_from_db()
    return entry.offered_at is not None


def test_nobody_is_told_before_the_item_is_free(first, ring):
    ring(AGREED, AGREED + 5 * HOUR)
    first.message.refresh_from_db()
    assert (told(first), first.message.sent_at) == (False, None)


def test_release_tells_the_first_in_line_before_the_customer(scheduled, first, second, ring):
    ring(AGREED, AGREED + 30 * HOUR)
    assert (told(first), told(second)) == (True, False)
    note = scheduled.case.messages.get(purpose="release")
    first.message.refresh_from_db()
    assert first.message.sent_at <= note.sent_at


def test_cancelling_tells_the_first_in_line(scheduled, ayu, first):
    actions.cancelled(scheduled, by=ayu.user, now=AGREED + HOUR)
    assert told(first)


def test_paying_tells_nobody(scheduled, ayu, first):
    actions.paid(scheduled, by=ayu.user)
    assert not told(first)


def test_two_pieces_are_offered_to_two_people(shop, rina, ayu, first, second):
    deal = actions.Deal(customer=rina, item="tas biru", price=1, quantity=2, channel="email", agreed_at=AGREED)
    actions.cancelled(actions.agree(shop, deal, by=ayu.user), by=ayu.user)
    assert told(first)
    assert told(second)


def test_hold_runs_out_and_the_next_is_told(scheduled, ayu, first, second, ring):
    actions.cancelled(scheduled, by=ayu.user, now=AGREED + HOUR)
    ring(AGREED + HOUR, AGREED + 2 * HOUR)
    first.refresh_from_db()
    assert first.offer_until >= AGREED + 7 * HOUR
    ring(AGREED + 2 * HOUR, AGREED + 24 * HOUR)
    first.refresh_from_db()
    assert first.gone_at is not None
    assert told(second)


def test_leaving_passes_the_offer_on(scheduled, ayu, first, second):
    actions.cancelled(scheduled, by=ayu.user)
    first.refresh_from_db()
    waiting.leave(first, by=ayu.user)
    assert told(second)


def test_taking_it_makes_a_booking_and_notes_the_resale(shop, scheduled, ayu, first):
    actions.cancelled(scheduled, by=ayu.user)
    first.refresh_from_db()
    deal = actions.Deal(customer=first.customer, item=first.item, price=185_000, entry=first)
    actions.agree(shop, deal, by=ayu.user)
    scheduled.refresh_from_db()
    assert scheduled.resold_at is not None
    assert list(queries.waiting_list(shop)) == []


def test_same_person_waits_once(shop, ayu, first):
    with pytest.raises(Refused):
        waiting.join(shop, first.customer, "Tas Biru", "email", by=ayu)


def test_place_that_is_over_cannot_be_taken(shop, ayu, first):
    waiting.leave(first, by=ayu.user)
    with pytest.raises(Refused):
        actions.agree(shop, actions.Deal(customer=first.customer, item="tas", price=1, entry=first), by=ayu.user)
