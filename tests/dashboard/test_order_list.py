"""The list of orders: constant cost, filters, search, sorts, files, and who may see it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions import assign
from shops.models import Shipment
from tests.factories import MONDAY, make_complaint, make_customer, make_order

LIST = 7  # session, user, member, orders, parcels, saved views, heartbeat
DAY = timedelta(days=1)


def numbers(client, **params):
    return "".join(order.number for order, _total, _late in client.get(reverse("shops:orders"), params).context["rows"])


@pytest.mark.parametrize("count", [1, 3, 50])
def test_list_costs_the_same_at_any_length(shop, ayu, as_, django_assert_num_queries, count):
    for n in range(count):
        order = make_order(shop, make_customer(shop, f"Rina {n}"))
        Shipment.objects.create(shop=shop, order=order, courier="Kurir")
    client = as_(ayu)
    with django_assert_num_queries(LIST):
        assert len(client.get(reverse("shops:orders")).context["rows"]) == count


@pytest.fixture
def three(shop):
    """A: newest, cheapest. B: oldest. C: dearest."""
    for number, days, total, item in (("A", 3, 1, "tas biru"), ("B", 1, 2, "tas merah"), ("C", 2, 3, "sepatu")):
        make_order(
            shop,
            make_customer(shop, f"Sari {number}"),
            number=number,
            placed_at=MONDAY + days * DAY,
            total=total,
            item=item,
        )


@pytest.mark.parametrize(
    ("sort", "order"), [("", "ACB"), ("newest", "ACB"), ("value", "CBA"), ("oldest", "BCA"), ("nonsense", "ACB")]
)
def test_list_is_sorted_as_asked(three, ayu, as_, sort, order):
    assert numbers(as_(ayu), sort=sort) == order


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tas", "AB"),
        ("merah TAS", "B"),
        ("sari c", "C"),
        ("sepatu tas", ""),
        ("%%", ""),
        ("x", "ACB"),
        ("\x00\x00", "ACB"),
    ],
)
def test_order_is_found_by_item_and_customer(three, ayu, as_, text, found):
    assert numbers(as_(ayu), q=text) == found


@pytest.mark.parametrize("text", ["INV/77", "#inv/77", "v/77"])
def test_order_is_found_by_number(shop, ayu, as_, text):
    make_order(shop, number="INV/77")
    make_order(shop, number="INV/78")
    assert numbers(as_(ayu), q=text) == "INV/77"


def test_search_stays_in_the_shop(three, citra, as_):
    assert numbers(as_(citra)) == numbers(as_(citra), q="tas") == ""


@pytest.mark.parametrize(("chip", "found"), [("late", "A"), ("unpaid", "B"), ("cancelled", "C"), ("open", "D")])
def test_list_filters(shop, ayu, as_, chip, found):
    late, _unpaid = make_order(shop, number="A"), make_order(shop, number="B", paid_at=None)
    make_order(shop, number="C", paid_at=None, cancelled_at=MONDAY)
    make_complaint(shop, order=make_order(shop, number="D"))
    today = timezone.localdate(timezone=shop.tz)
    Shipment.objects.create(shop=shop, order=late, promised_latest=today - timedelta(days=3))
    assert numbers(as_(ayu), **{chip: "on"}) == found


def test_late_order_says_how_late(shop, vera, as_):
    today = timezone.localdate(timezone=shop.tz)
    Shipment.objects.create(shop=shop, order=make_order(shop), promised_latest=today - timedelta(days=3))
    rows = as_(vera).get(reverse("shops:orders"), {"late": "on"}).context["rows"]
    assert [late >= 2 for _order, _total, late in rows] == [True]


def test_staff_filter_only_by_the_cases_they_see(shop, ayu, budi, as_):
    assign(make_complaint(shop, order=make_order(shop, number="D")).case, ayu, by=ayu.user)
    assert numbers(as_(budi), open="on") == ""


@pytest.mark.parametrize("query", ["at=garbage", "q=%00%00", "sort=%00&late=x", "format=pdf"])
def test_list_bears_a_mangled_link(three, ayu, as_, query):
    assert as_(ayu).get(reverse("shops:orders") + "?" + query).status_code == 200


def test_export_is_what_is_shown_and_starts_no_formula(three, shop, ayu, as_):
    make_order(shop, number="=1+1", item="tas")
    body = b"".join(as_(ayu).get(reverse("shops:orders") + "?q=tas&sort=value&format=csv").streaming_content).decode()
    assert [line.split(",")[0] for line in body.splitlines()[1:]] == ["'=1+1", "B", "A"]


def test_export_shows_the_newest_parcel(shop, ayu, as_):
    order = make_order(shop, number="A")
    for courier in ("Kurir A", "Kurir B"):
        Shipment.objects.create(shop=shop, order=order, courier=courier)
    body = b"".join(as_(ayu).get(reverse("shops:orders") + "?format=csv").streaming_content).decode()
    assert "Kurir B" in body
    assert "Kurir A" not in body


def test_export_as_excel_opens(three, vera, as_):
    assert b"".join(as_(vera).get(reverse("shops:orders") + "?format=xlsx").streaming_content).startswith(b"PK")
