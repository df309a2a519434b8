"""The same words find the same rows in every list, on both databases."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings import queries as bookings
from bookings.models import Booking
from cases.models import Case
from reviews import queries as reviews
from reviews.models import Review
from shops import search
from shops.enums import Channel
from shops.models import ContactPoint, Order
from tests.factories import MONDAY, make_customer, make_order, make_shop

DAY = timedelta(days=1)
SAID = 'Tas ROTAN_2 "anyam" (100%) INV/2026-0077 d\'Ayu 🌱🌱🌱 c++ a AND NOT b* ke\\mari'
LISTS = {"customers", "orders", "reviews", "bookings"}


@pytest.fixture
def toko(db):
    return make_shop("toko", playbooks=False)


def keep(shop, said):
    """A customer, an order, a review and a booking with these words."""
    nobody = make_customer(shop, "-")
    case = Case.objects.create(shop=shop, kind="booking", customer=nobody)
    times = {"reminder_at": MONDAY + DAY, "check_in_at": MONDAY + 2 * DAY, "release_at": MONDAY + 3 * DAY}
    make_customer(shop, said)
    make_order(shop, nobody, item=said)
    Review.objects.create(shop=shop, stars=2, text=said, content_hash=said[:40])
    Booking.objects.create(shop=shop, case=case, customer=nobody, item=said, price=1, agreed_at=MONDAY, **times)


def found(shop, query):
    """The lists in which the query finds a row."""
    words = search.words_of(query)
    rows = {
        "customers": search.customers(shop, query),
        "orders": search.orders(shop, query),
        "reviews": reviews.narrowed(Review.objects.filter(shop=shop), {"show": "all", "q": query}) if words else (),
        "bookings": bookings.found(shop, words) if words else (),
    }
    return {name for name, found in rows.items() if list(found)}


WHOLE = ["tas", "TAS", "Rotan", "tas rotan", "rotan tas", "🌱🌱🌱", "a tas", "AND", "and not", "AND AND"]
PARTS = ["nya", "0077", "2026-00", "26-0077", "inv/2026", "ta", "an", "ota nya", "🌱🌱"]
SIGNS = ['"anyam"', '"an', "anyam (", "(100%)", "00%", "n_2", "d'Ayu", "c++", "tas + rotan", "b*", "e\\m"]
OTHER = ["hilang", "tas hilang", "tasrotan", "🌱🌱🌱🌱", "x" * 5000]
SYNTAX = ["tas*", '"tas', "^tas", "tas OR hilang", "NOT hilang", "NEAR(tas rotan)", "item:tas", "{item} : tas"]
WILD = ["rot_n", "t%s", "%%", "__", "\\\\", "''", "--", "or 1=1"]


@pytest.mark.parametrize("query", [*WHOLE, *PARTS, *SIGNS])
def test_part_of_the_words_finds_the_row_in_every_list(toko, query):
    keep(toko, SAID)
    assert found(toko, query) == LISTS


@pytest.mark.parametrize("query", [*OTHER, *SYNTAX, *WILD])
def test_other_words_find_nothing_and_never_fail(toko, query):
    keep(toko, SAID)
    assert found(toko, query) == set()


@pytest.mark.parametrize("query", ["", " ", "a", '"', "\x00", "\ud83c", "a b *", "🌱"])
def test_too_short_a_query_looks_for_nothing(toko, query):
    keep(toko, SAID)
    assert found(toko, query) == set()


@pytest.mark.parametrize("query", ["tas\x00", "t\x00as", "tas\ud83c", "tas " * 1250])
def test_what_no_database_takes_is_left_out(toko, query):
    keep(toko, SAID)
    assert found(toko, query) == LISTS


TYPED = st.text(alphabet="ab1-\"'*%_\\():+^ ", max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=TYPED, query=TYPED)
def test_order_is_found_when_its_words_hold_every_word(toko, said, query):
    order = make_order(toko, item=said, number=f"N{Order.objects.count()}")
    words = search.words_of(query)
    rows = Order.objects.filter(search.holding(Order, words, "item"), pk=order.pk)
    assert rows.exists() == all(word in said for word in words)


@pytest.mark.parametrize("query", ["2026-0077", "#INV/2026-0077", "tas 0077", "rina", "0077 biru"])
def test_order_is_found_across_its_number_and_its_item(toko, query):
    order = make_order(toko, make_customer(toko, "Rina"), number="INV/2026-0077", item="tas biru")
    make_order(toko, number="INV/2026-0078", item="payung")
    assert list(search.orders(toko, query)) == [order]


@pytest.mark.parametrize("query", ["0812 3456", "+62 812-3456", "3456 7890", "34567", "@rina", "rina_shop", "NA_SHOP"])
def test_customer_is_found_by_a_part_of_an_address(toko, query):
    rina = make_customer(toko, "R", phone="081234567890")
    ContactPoint.objects.create(shop=toko, customer=rina, channel=Channel.INSTAGRAM, address="@rina_shop")
    make_customer(toko, "Other", phone="085511112222")
    assert list(search.customers(toko, query)) == [rina]


@pytest.mark.parametrize("query", ["0-", "+0", "(0)", "00"])
def test_number_of_which_nothing_is_left_finds_nobody(toko, query):
    make_customer(toko, "R", phone="081234567890")
    assert list(search.customers(toko, query)) == []


@pytest.mark.parametrize("page", ["shops:customers", "shops:orders", "reviews:list", "bookings:list"])
def test_search_costs_no_query_more(shop, ayu, as_, page):
    keep(shop, SAID)
    client, costs = as_(ayu), []
    for query in ({"show": "all"}, {"show": "all", "q": "anyam rotan ta"}):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(page), query).context["rows"]
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_search_stays_in_the_shop(toko):
    keep(make_shop("lain", playbooks=False), SAID)
    assert found(toko, "anyam") == set()


def test_erased_customer_is_not_found(toko):
    make_customer(toko, "Rina", erased_at=MONDAY)
    assert list(search.customers(toko, "rina")) == []
