"""Messages to try things on: a case of Rina's, who has an email address and a WhatsApp number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

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
