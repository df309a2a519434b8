"""One ring of the bell: everything whose time has come, in order. Rung by beat and by `manage.py deliver_due`."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from bookings.steps import HANDLERS as BOOKING_STEPS
from bookings.upkeep import upkeep
from dashboard import retention, weekly
from messaging import digest, notices
from messaging.heartbeat import beat
from messaging.outbox import deliver_due, drop_broken_connection
from playbooks import automatic, passing, reminders, treatments
from reviews.steps import HANDLERS as REVIEW_STEPS
from reviews.upkeep import upkeep as look_after_reviews

log = logging.getLogger(__name__)


def run_steps(now: datetime | None) -> Counter[str]:
    """System steps that fell due, with the actions of the rooms above the engine."""
    return automatic.run_due(now, {**REVIEW_STEPS, **BOOKING_STEPS})


def catch_up(now: datetime | None) -> Counter[str]:
    """Steps whose message has left are done."""
    return Counter(steps_done=treatments.catch_up(now=now))


STAGES: tuple[Callable[[datetime | None], Counter[str]], ...] = (
    upkeep,
    run_steps,
    deliver_due,
    catch_up,
    look_after_reviews,
    passing.run,
    notices.run,
    reminders.run,
    digest.run,
    weekly.run,
    retention.run,
)


def tick(now: datetime | None = None) -> Counter[str]:
    """Run every stage once; a stage that fails is logged and does not stop the others. Safe to run twice at once.

    Without `now` each stage looks at the clock itself: sending takes time, and a stale clock would break quiet hours.
    """
    report: Counter[str] = Counter()
    for stage in STAGES:
        try:
            report += stage(now)
        except Exception:  # the next stage and the heartbeat must still run
            log.exception("tick: %s.%s", stage.__module__, stage.__name__)
            report["errors"] += 1
            drop_broken_connection()
    beat(now or timezone.now(), report)
    return report
