"""The lists of bookings: constant cost, filters, search, sorts and files."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings import actions
from bookings.models import Booking
from cases.models import Case
from tests.bookings.conftest import AGREED
from tests.factories import make_customer

LIST = 6  # session, user, member, the page of rows, saved views, heartbeat
DAY = timedelta(days=1)


def make(shop, ayu, name="Rina", item="tas", **deal):
    deal = actions.Deal(customer=make_customer(shop, name), item=item, price=1000, channel="email", **deal)
    return actions.agree(shop, deal, by=ayu.user)


def many(shop, number, **fields):
    """Plain rows without messages, for the costs."""
    rina = make_customer(shop)
    cases = Case.objects.bulk_create(Case(shop=shop, kind="booking", customer=rina) for _n in range(number))
    times = {"reminder_at": AGREED + DAY, "check_in_at": AGREED + 2 * DAY, "release_at": AGREED + 3 * DAY}
    values = {"customer": rina, "item": "tas", "price": 1, "agreed_at": AGREED, "zone": "Asia/Jakarta", **times}
    Booking.objects.bulk_create(Booking(shop=shop, case=case, **{**values, **fields}) for case in cases)


def names(client, **params):
    response = client.get(reverse("bookings:list"), params)
    return "".join(row.booking.customer.name for row in response.context["rows"])


@pytest.mark.parametrize("number", [1, 3, 50])
@pytest.mark.parametrize("ended", ["", "?ended=1"])
def test_list_costs_the_same_at_any_length(shop, ayu, as_, django_assert_num_queries, number, ended):
    many(shop, number, **({"outcome": "cancelled", "ended_at": AGREED} if ended else {}))
    client = as_(ayu)
    with django_assert_num_queries(LIST):
        assert len(client.get(reverse("bookings:list") + ended).context["rows"]) == number


@pytest.fixture
def three(shop, ayu):
    """A: ends soonest, agreed first. B: agreed last. C: ends last. Each has an item of its own."""
    for name, item, days, left in (("A", "tas biru", 3, 1), ("B", "tas merah", 1, 5), ("C", "sepatu", 2, 9)):
        pk = make(shop, ayu, name, item).pk
        now = AGREED + 10 * DAY
        Booking.objects.filter(pk=pk).update(
            agreed_at=now - days * DAY,
            reminder_at=now + left * DAY - 3 * timedelta(hours=1),
            check_in_at=now + left * DAY - 2 * timedelta(hours=1),
            release_at=now + left * DAY,
        )


@pytest.mark.parametrize(("sort", "order"), [("", "ABC"), ("soonest", "ABC"), ("newest", "BCA"), ("ended", "ABC")])
def test_open_ones_are_sorted_as_asked(three, ayu, as_, sort, order):
    assert names(as_(ayu), sort=sort) == order


@pytest.mark.parametrize(("sort", "order"), [("", "BAC"), ("ended", "BAC"), ("newest", "BCA"), ("soonest", "BAC")])
def test_ended_ones_are_sorted_as_asked(three, ayu, as_, sort, order):
    for name, days in (("A", 2), ("B", 3), ("C", 1)):
        rows = Booking.objects.filter(customer__name=name)
        rows.update(outcome="cancelled", ended_at=AGREED + days * DAY)
    assert names(as_(ayu), ended=1, sort=sort) == order


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, "ABC"),
        ({"q": "tas"}, "AB"),
        ({"q": "MERAH tas"}, "B"),
        ({"q": "tas hijau"}, ""),
        ({"q": "x"}, "ABC"),
        ({"answered": "on"}, ""),
        ({"drafts": "on"}, "ABC"),
        ({"ended": "1", "drafts": "on", "answered": "on"}, ""),
        ({"outcome": "nonsense", "at": "garbage", "q": "\x00"}, "ABC"),
    ],
)
def test_list_filters_and_searches(three, ayu, as_, params, found):
    assert names(as_(ayu), **params) == found


def test_booking_is_found_by_customer_and_by_code(shop, ayu, as_):
    sari, _rina = make(shop, ayu, "Sari"), make(shop, ayu, "Rina")
    client = as_(ayu)
    assert names(client, q="sar") == "Sari"
    assert names(client, q=sari.case.code.lower()) == "Sari"


def test_search_stays_in_the_shop(three, citra, as_):
    assert names(as_(citra), q="tas") == ""


@pytest.mark.parametrize(("outcome", "found"), [("cancelled", "A"), ("paid", "B")])
def test_ended_ones_are_filtered_by_how(three, ayu, as_, outcome, found):
    for name, how in (("A", "cancelled"), ("B", "paid")):
        Booking.objects.filter(customer__name=name).update(outcome=how, ended_at=AGREED)
    assert names(as_(ayu), ended=1, outcome=outcome) == found


def test_export_is_what_is_shown_and_starts_no_formula(shop, ayu, as_):
    make(shop, ayu, "=1+1", "tas")
    make(shop, ayu, "Sari", "sepatu")
    body = b"".join(as_(ayu).get(reverse("bookings:list") + "?q=tas&format=csv").streaming_content).decode()
    assert "'=1+1" in body
    assert "sepatu" not in body


def test_export_as_excel_opens(three, vera, as_):
    assert b"".join(as_(vera).get(reverse("bookings:list") + "?format=xlsx").streaming_content).startswith(b"PK")
