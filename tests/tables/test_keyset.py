"""Keyset pages: every row once, in every order, forwards and back; a foreign cursor shows the first page."""

import base64
import json
from datetime import timedelta

import pytest

from shops.models import Order
from tables.keyset import decode, order_of, page
from tests.factories import MONDAY

ORDERS = [("-placed_at", ""), ("placed_at", ""), ("-total", ""), ("total", "-pk"), ("number", ""), ("-pk", "")]


@pytest.fixture
def orders(shop):
    """Twelve orders with many equal times and totals."""
    rows = [
        Order(shop=shop, number=f"{n * 7 % 12:02d}", total=n % 3, placed_at=MONDAY + timedelta(days=n % 4))
        for n in range(12)
    ]
    return Order.objects.filter(pk__in=[row.pk for row in Order.objects.bulk_create(rows)])


def walk(rows, by, tie, way, cursor=""):
    """All pages from a cursor on, each as its rows; the last page too."""
    while True:
        found = page(rows, by, cursor, tie=tie, size=5)
        yield found
        cursor = getattr(found, way)
        if not cursor:
            return


@pytest.mark.parametrize(("by", "tie"), ORDERS)
def test_page_shows_every_row_once_forwards_and_back(orders, by, tie):
    whole = list(orders.order_by(*order_of(by, tie)))
    there = list(walk(orders, by, tie, "older"))
    assert [row for found in there for row in found.rows] == whole
    back = list(walk(orders, by, tie, "newer", there[-1].newer))
    assert [row for found in reversed(back) for row in found.rows] == whole[:10]


def test_page_stays_put_when_rows_come_and_go(shop, orders):
    first = page(orders, "-placed_at", size=5)
    rest = list(orders.order_by("-placed_at", "-pk"))[5:]
    Order.objects.create(shop=shop, number="new", placed_at=MONDAY + timedelta(days=9))
    first.rows[-1].delete()
    assert page(Order.objects.filter(shop=shop), "-placed_at", first.older, size=5).rows == rest[:5]


def test_page_of_nothing_has_no_neighbours(db):
    found = page(Order.objects.all(), "-placed_at")
    assert (found.rows, found.newer, found.older) == ([], "", "")


def cursor_of(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "garbage",
        "WzE",
        cursor_of("older", 1, 2),
        cursor_of("sideways", "-placed_at,-pk", "2026-01-01T00:00:00+00:00", 1),
        cursor_of("older", "-total,-pk", 5, 1),
        cursor_of("older", "-placed_at,-pk", "not a time", 1),
        cursor_of("older", "-placed_at,-pk", None, 1),
        cursor_of("older", "-placed_at,-pk", {"a": []}, 1),
        cursor_of("older", "-placed_at,-pk", "\x00", 1),
        cursor_of("older", "-placed_at,-pk", "2026-01-01T00:00:00+00:00", "x"),
        cursor_of(*range(9)),
    ],
)
def test_foreign_cursor_shows_the_first_page(orders, cursor):
    assert page(orders, "-placed_at", cursor, size=5).rows == page(orders, "-placed_at", size=5).rows


@pytest.mark.parametrize("value", [10**30, -(10**30), 1e400, "x", True])
def test_number_out_of_bounds_is_no_error(orders, value):
    page(orders, "-total", cursor_of("older", "-total,-pk", value, 10**30), size=5)


def test_decode_refuses_a_cursor_of_another_order():
    assert decode(cursor_of("older", "-total,-pk", 5, 1), ("-total", "-pk")) == ("older", 5, 1)
    assert decode(cursor_of("older", "-total,-pk", 5, 1), ("total", "pk")) is None
