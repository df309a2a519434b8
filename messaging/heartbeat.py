"""The reminders' heartbeat: a row per tick, so that silence is noticed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from messaging.models import Heartbeat

TICK = "tick"
MAX_TICK_AGE = timedelta(minutes=3)


def beat(now: datetime, report: Mapping[str, object]) -> None:
    """Record that a tick ran at `now` and what it did."""
    Heartbeat.objects.update_or_create(name=TICK, defaults={"at": now, "report": dict(report)})


def last_tick() -> datetime | None:
    """When the tick last ran, None if never."""
    return Heartbeat.objects.filter(name=TICK).values_list("at", flat=True).first()


def tick_age(now: datetime | None = None) -> timedelta | None:
    """How long ago the tick ran, None if never."""
    at = last_tick()
    return (now or timezone.now()) - at if at else None
