"""Messages to try things on: a case of Rina's, who has an email address and a WhatsApp number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases.enums import Kind
from cases.models import Case
from messaging.models import Message
from shops.models import ContactPoint, Customer, Shop
from tests.factories import MONDAY, make_complaint, make_customer, make_message


@pytest.fixture
def rina(shop: Shop) -> Customer:
    return make_customer(shop, email="rina@example.com", phone="0812-3456-7890")


@pytest.fixture
def point(rina: Customer) -> ContactPoint:
    return rina.contact_points.get(channel="email")


@pytest.fixture
def case(shop: Shop, rina: Customer) -> Case:
    """A complaint of a week ago, whose own acknowledgement is out of the way."""
    case = make_complaint(shop, customer=rina, received_at=MONDAY - timedelta(days=7)).case
    case.messages.filter(direction="out").delete()
    return case


@pytest.fixture
def write(shop: Shop, case: Case, rina: Customer, point: ContactPoint) -> Callable[..., Message]:
    """write(purpose=...): a ready email to Rina on her case."""

    def make(**fields: Any) -> Message:
        return make_message(shop, **{"case": case, "customer": rina, "contact_point": point, **fields})

    return make


@pytest.fixture
def letters(shop: Shop) -> Callable[..., list[Message]]:
    """letters(3): as many ready emails, each to a customer and on a case of their own."""

    def letter(number: int, **fields: Any) -> Message:
        customer = Customer.objects.create(shop=shop, name=f"Rina {number}", province="DKI Jakarta")
        point = customer.contact_points.create(shop=shop, channel="email", address=f"rina{number}@example.com")
        case = Case.objects.create(shop=shop, customer=customer, kind=Kind.COMPLAINT)
        return make_message(
            shop, **{"case": case, "customer": customer, "contact_point": point, "address": point.address, **fields}
        )

    def make(count: int, **fields: Any) -> list[Message]:
        first = Customer.objects.count()
        return [letter(first + number, **fields) for number in range(count)]

    return make
