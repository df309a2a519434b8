"""Customers and orders: editing, one-tap stop, the page of an order."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from shops.models import AuditEvent, ContactPoint, Customer, Order, Shipment
from tests.factories import make_customer, make_order


def test_customer_is_edited_with_wishes_and_audit(shop, ayu, as_):
    customer = make_customer(shop, "Rina")
    data = {"name": "Rina B", "term": "ibu", "wishes": "courier: Kurir Biru\ncall first"}
    as_(ayu).post(reverse("shops:customer_edit", args=[customer.code]), data)
    customer.refresh_from_db()
    assert (customer.name, customer.wishes) == ("Rina B", {"courier": "Kurir Biru", "call first": ""})
    assert AuditEvent.objects.get(shop=shop).code == "customer"


def test_customer_without_a_name_is_refused(shop, ayu, as_):
    assert as_(ayu).post(reverse("shops:customer_new"), {"name": " "}).status_code == 422


def test_new_customer_belongs_to_the_shop(shop, budi, as_):
    as_(budi).post(reverse("shops:customer_new"), {"name": "Baru", "term": "kak"})
    assert Customer.objects.get(name="Baru").shop == shop


def test_stop_all_is_one_tap_and_holds_on_every_address(shop, budi, as_):
    customer = make_customer(shop, "Rina", email="rina@example.com", phone="081200001111")
    as_(budi).post(reverse("shops:customer_stop", args=[customer.code]))
    customer.refresh_from_db()
    assert customer.no_reminders
    assert not ContactPoint.objects.filter(customer=customer, opted_out_at=None).exists()


def test_reminders_can_be_allowed_again_but_opt_outs_stay(shop, budi, as_):
    customer = make_customer(shop, "Rina", email="rina@example.com")
    client = as_(budi)
    client.post(reverse("shops:customer_stop", args=[customer.code]))
    client.post(reverse("shops:customer_allow", args=[customer.code]))
    customer.refresh_from_db()
    assert not customer.no_reminders
    assert ContactPoint.objects.get(customer=customer).opted_out_at


def test_contact_point_with_consent_keeps_how(shop, budi, as_):
    customer = make_customer(shop)
    data = {"channel": "email", "address": "Rina@Example.com", "offers": "on", "source": "said so in chat"}
    as_(budi).post(reverse("shops:customer_contact", args=[customer.code]), data)
    point = ContactPoint.objects.get(customer=customer)
    assert (point.address, point.opt_in_source, bool(point.opted_in_at)) == (
        "rina@example.com",
        "said so in chat",
        True,
    )


@pytest.mark.parametrize(
    "data",
    [
        {"channel": "email", "address": "no address"},
        {"channel": "whatsapp", "address": "12"},
        {"channel": "pigeon", "address": "x"},
        {"channel": "email", "address": "a@example.com", "offers": "on"},
        {},
    ],
)
def test_bad_contact_point_says_why_and_keeps_nothing(shop, budi, as_, data):
    customer = make_customer(shop)
    response = as_(budi).post(reverse("shops:customer_contact", args=[customer.code]), data, follow=True)
    assert b"note-error" in response.content
    assert not ContactPoint.objects.filter(customer=customer).exists()


def test_address_of_somebody_else_is_refused(shop, budi, as_):
    make_customer(shop, "Sari", email="sari@example.com")
    customer, data = make_customer(shop, "Rina"), {"channel": "email", "address": "sari@example.com"}
    response = as_(budi).post(reverse("shops:customer_contact", args=[customer.code]), data, follow=True)
    assert b"belongs to Sari" in response.content


ORDER = {"number": "INV/2026/1", "channel": "shopee", "item": "tas", "quantity": "1", "total": "185000",
         "placed_at": "2026-11-20T10:00", "customer_name": "Rina", "wanted": "biru", "packed": "hitam"}  # fmt: skip


def test_order_with_customer_and_parcel_is_kept(shop, budi, as_):
    parcel = {"parcel-courier": "Kurir", "parcel-promised_latest": "2026-11-25"}
    response = as_(budi).post(reverse("shops:order_new"), ORDER | parcel)
    order = Order.objects.get(shop=shop)
    assert response.headers["Location"] == reverse("shops:order", args=["INV/2026/1"])
    assert (order.customer.name, order.packed, order.placed_at.hour) == ("Rina", "hitam", 3)
    assert order.shipments.get().promised_latest == date(2026, 11, 25)


def test_order_without_parcel_facts_keeps_no_parcel(shop, budi, as_):
    as_(budi).post(reverse("shops:order_new"), ORDER)
    assert not Shipment.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"quantity": "0"},
        {"total": "-5"},
        {"total": "9" * 30},
        {"placed_at": "yesterday"},
        {"channel": "pigeon"},
        {"parcel-handed_over_at": "2026-11-22T10:00", "parcel-delivered_at": "2026-11-21T10:00"},
    ],
)
def test_bad_order_is_refused_with_the_form(shop, budi, as_, wrong):
    assert as_(budi).post(reverse("shops:order_new"), ORDER | wrong).status_code == 422
    assert not Order.objects.exists()


def test_order_number_is_used_once(shop, budi, as_):
    make_order(shop, number="inv/2026/1")
    assert as_(budi).post(reverse("shops:order_new"), ORDER).status_code == 422


def test_order_page_tells_packing_from_transit(shop, vera, as_):
    order = make_order(shop, number="A1")
    sent, came = datetime(2026, 11, 3, 5, tzinfo=UTC), datetime(2026, 11, 9, 5, tzinfo=UTC)
    Shipment.objects.create(
        shop=shop, order=order, promised_handover=date(2026, 11, 2), promised_latest=date(2026, 11, 6),
        handed_over_at=sent, delivered_at=came,
    )  # fmt: skip
    content = as_(vera).get(reverse("shops:order", args=["A1"])).content.decode()
    assert "3 days" in content
    assert "1 day of it packing" in content
