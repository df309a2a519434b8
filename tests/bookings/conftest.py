"""A booking agreed on a Tuesday at noon WIB, held 24 h, by email: reminder Wed 09:00, check-in 13:00, release 17:00."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bookings.models import Booking
    from shops.models import Customer, Member, Shop

AGREED = datetime(2026, 2, 3, 5, 0, tzinfo=UTC)  # Tuesday 12:00 WIB
Ring = Callable[[datetime, datetime], None]


@pytest.fixture
def rina(shop: Shop) -> Customer:
    from tests.factories import make_customer  # late: models need the settings that pytest-django loads

    return make_customer(shop, email="rina@example.org")


@pytest.fixture
def booking(shop: Shop, rina: Customer, ayu: Member) -> Booking:
    """Agreed, nothing approved yet."""
    from bookings import actions

    deal = actions.Deal(customer=rina, item="tas biru", price=185_000, channel="email", agreed_at=AGREED)
    return actions.agree(shop, deal, by=ayu.user, now=AGREED)


@pytest.fixture
def scheduled(booking: Booking, ayu: Member) -> Booking:
    """Agreed and scheduled: what follows is the worker's."""
    from bookings import actions

    actions.schedule(booking, {}, by=ayu, now=AGREED)
    return booking


@pytest.fixture
def ring() -> Ring:
    """ring(start, end): every hour, the stages of the tick that a booking meets."""
    from bookings.steps import HANDLERS
    from bookings.upkeep import upkeep
    from messaging.outbox import deliver_due
    from playbooks import automatic, treatments

    def bell(start: datetime, end: datetime) -> None:
        while start <= end:
            upkeep(start)
            automatic.run_due(start, HANDLERS)
            deliver_due(start)
            treatments.catch_up(now=start)
            start += timedelta(hours=1)

    return bell
