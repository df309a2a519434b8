"""Wishes of customers, kept for their next order (S4-05)."""

from django.urls import reverse

from shops.wishes import keep_wishes, other_courier, suggestions
from tests.factories import make_customer, make_order

SICEPAT = {"kind": "courier", "value": "SiCepat", "text": "pakai SiCepat", "avoid": False}
NOT_JNE = {"kind": "courier", "value": "JNE", "text": "jangan JNE", "avoid": True}


def test_wishes_are_kept_and_suggested(shop):
    customer = make_customer(shop, wishes={"gift": "tanpa nota"})
    keep_wishes(customer, [SICEPAT, NOT_JNE])
    customer.refresh_from_db()
    assert customer.wishes == {"gift": "tanpa nota", "courier": "SiCepat", "not courier": "JNE"}
    assert len(suggestions(customer)) == 3


def test_newer_wish_of_a_kind_takes_its_place(shop):
    customer = make_customer(shop)
    keep_wishes(customer, [SICEPAT])
    keep_wishes(customer, [{**SICEPAT, "value": "J&T"}])
    assert customer.wishes == {"courier": "J&T"}


def test_asking_for_any_other_courier_counts(shop):
    customer = make_customer(shop)
    assert not other_courier(customer)
    keep_wishes(customer, [{"kind": "courier", "value": "", "text": "ganti kurir"}])
    assert other_courier(customer)


def test_nobody_has_no_wishes():
    assert suggestions(None) == []


def test_next_order_shows_the_wish(shop, ayu, as_):
    customer = make_customer(shop)
    keep_wishes(customer, [SICEPAT])
    order = make_order(shop, customer)
    assert b"Send with SiCepat" in as_(ayu).get(reverse("shops:order", args=[order.number])).content
