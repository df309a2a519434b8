"""The moments a message may promise: always in the future."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cases import limits
from cases.models import Case
from messaging.words import when
from shops.calendar import Calendar, calendar_of


def next_update_at(case: Case, now: datetime, calendar: Calendar) -> datetime:
    """When the customer hears from us again: the decision limit while it lies ahead and nothing is decided, else the
    opening hour that follows the interval between updates (domain.md 2.4).
    """
    limit = case.decision_due_at
    if limit and limit > now and case.decided_at is None:
        return limit
    wait = limits.limits(case.severity, spreading=case.is_spreading).update_every
    return calendar.next_open(calendar.next_open(now) + wait)


def promised(case: Case, language: str, now: datetime | None = None) -> dict[str, str]:
    """The variable next_update in words."""
    now = now or timezone.now()
    zone = (case.customer.zone if case.customer else None) or case.shop.zone
    return {"next_update": when(next_update_at(case, now, calendar_of(case.shop)), zone, language, now)}
