"""A customer's answer goes to the room of its case: a booking knows what an answer means for the hold."""

from __future__ import annotations

from datetime import datetime

from bookings import actions as bookings
from cases.enums import Kind
from cases.models import Case
from complaints import actions as complaints
from messaging.models import Message
from shops.models import User


def customer_replied(
    case: Case, text: str, channel: str, *, by: User | None = None, at: datetime | None = None, key: str = ""
) -> Message:
    """Log an answer on a case of any kind; handed to the customers' pages by the map of pages."""
    act = bookings.customer_replied if case.kind == Kind.BOOKING else complaints.customer_replied
    return act(case, text, channel, by=by, at=at, key=key)
