"""Each sort of a list is served by an index made for it, each search by trigrams (PostgreSQL plans)."""

import pytest
from django.db import connection

from bookings import lists as bookings
from bookings import queries as booking_queries
from bookings.models import Booking
from complaints import lists as complaints
from dashboard import customer_list, order_list
from reviews import lists as reviews
from reviews import queries as review_queries
from reviews.access import visible_reviews
from reviews.models import Review
from shops import search
from shops.models import ContactPoint, Customer, Order
from tables.keyset import order_of
from tests.factories import MONDAY

pytestmark = pytest.mark.postgres
SORTS = [
    ("complaints", "newest", "cases_newest_of_kind"),
    ("complaints", "due", "cases_of_kind_due_first"),
    ("complaints", "oldest", "cases_newest_of_kind"),
    ("reviews", "urgent", "reviews_by_urgency"),
    ("reviews", "newest", "reviews_newest"),
    ("reviews", "stars", "reviews_fewest_stars"),
    ("open bookings", "soonest", "bookings_open"),
    ("open bookings", "newest", "bookings_newest"),
    ("ended bookings", "ended", "bookings_ended_last"),
    ("ended bookings", "newest", "bookings_newest"),
    ("customers", "name", "customer_by_name"),
    ("customers", "wrote", "customers_wrote_last"),
    ("customers", "newest", "customers_newest"),
    ("orders", "newest", "orders_newest"),
    ("orders", "value", "orders_highest_value"),
    ("orders", "oldest", "orders_newest"),
]
LISTS = {
    "complaints": (complaints.LISTING, lambda m: complaints.narrowed(m, {})),
    "reviews": (reviews.LISTING, lambda m: review_queries.narrowed(visible_reviews(m), {"show": "all"})),
    "open bookings": (bookings.OPEN, lambda m: booking_queries.narrowed(m, {})),
    "ended bookings": (bookings.ENDED, lambda m: booking_queries.narrowed(m, {"ended": True})),
    "customers": (customer_list.LISTING, lambda m: customer_list.narrowed(m, {})),
    "orders": (order_list.LISTING, lambda m: order_list.narrowed(m, {}, MONDAY.date())),
}


def plan(rows, *avoided):
    """The plan PostgreSQL takes where other ways cost too much, as they do with many rows."""
    with connection.cursor() as cursor:
        for way in avoided:
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.explain()


@pytest.mark.parametrize(("name", "sort", "index"), SORTS)
def test_sort_is_served_by_its_index(shop, ayu, name, sort, index):
    listing, rows = LISTS[name]
    by = listing.sorts[sort]
    page = rows(ayu).order_by(*order_of(by.by, by.tie))[:51]
    assert index in plan(page, "seqscan", "sort", "bitmapscan", "hashjoin", "mergejoin")


def test_every_sort_is_looked_at():
    assert {(name, sort) for name, sort, _index in SORTS} == {
        (name, sort) for name, (listing, _rows) in LISTS.items() for sort in listing.sorts
    }


@pytest.mark.parametrize(
    ("index", "model", "columns"),
    [
        ("reviews_search", Review, ("text", "author", "product")),
        ("bookings_search", Booking, ("item",)),
        ("orders_search", Order, ("number", "item")),
        ("customers_search", Customer, ("name",)),
        ("contacts_search", ContactPoint, ("address",)),
    ],
)
def test_search_is_served_by_trigrams(db, index, model, columns):
    rows = model.objects.filter(search.holding(model, ["rusak", "pecah"], *columns))
    assert index in plan(rows, "seqscan", "indexscan", "indexonlyscan")
