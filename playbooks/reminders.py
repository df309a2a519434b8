"""Staff reminders about steps: due now, and overdue by a day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cases.enums import Actor
from messaging.notices import BATCH, STEP_DUE, STEP_OVERDUE, Cause, reconcile
from playbooks.enums import StepState
from playbooks.models import TreatmentStep

OVERDUE_AFTER = timedelta(hours=24)


def due_steps(until: datetime) -> QuerySet[TreatmentStep]:
    """Open steps of people that fell due by then."""
    steps = TreatmentStep.objects.filter(state=StepState.OPEN, due_at__lte=until).exclude(actor=Actor.SYSTEM)
    return steps.select_related("case").order_by("due_at")


def causes(steps: QuerySet[TreatmentStep], code: str) -> list[Cause]:
    """One cause per step and due time."""
    return [
        Cause(
            f"{code}:{step.pk}:{step.due_at:%Y%m%d%H%M}",
            step.shop_id,
            step.case_id,
            step.case.assignee_id,
            {"step": step.pk, "title": step.title},
        )
        for step in steps[:BATCH]
    ]


def run(now: datetime | None = None) -> Counter[str]:
    """Bring the notices about steps up to date: an overdue step is not also merely due."""
    now = now or timezone.now()
    edge = now - OVERDUE_AFTER
    report = reconcile(STEP_DUE, causes(due_steps(now).filter(due_at__gt=edge), STEP_DUE), now)
    return report + reconcile(STEP_OVERDUE, causes(due_steps(edge), STEP_OVERDUE), now)
