"""Writes that touch several messages at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from messaging.enums import NEEDS_STAFF, PENDING, Direction, MessageState
from messaging.hands import cancel
from messaging.models import Message
from shops.actions import stop_all
from shops.models import Customer, User

STOPPED = gettext_noop("Reminders to this customer were stopped.")


def stop_reminders(customer: Customer, *, by: User | None, now: datetime | None = None) -> int:
    """One tap: nothing more that the shop starts goes to this customer; returns how many waiting messages it stopped.

    What a worker is looking at right now it stops too: the last look reads the customer's row again.
    """
    now = now or timezone.now()
    with transaction.atomic():
        stop_all(customer, by=by)
        return sum(cancel(message, STOPPED, by=by, now=now) for message in started_by_shop(customer))


def started_by_shop(customer: Customer) -> list[Message]:
    """The customer's messages that have not left and that answer nothing."""
    live = Q(state__in=sorted(PENDING | NEEDS_STAFF)) | Q(state=MessageState.SENDING, passed_at=None)
    rows = Message.objects.filter(live, customer=customer, direction=Direction.OUT, is_shop_initiated=True)
    return list(rows.select_related("case").order_by("pk"))
