"""Time in limits by step (domain.md 6.11): which steps of which playbooks are done when they fall due."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q

from dashboard.measures.scope import Scope
from figures.shares import Share
from playbooks.enums import StepState
from playbooks.models import Step, TreatmentStep


@dataclass(frozen=True)
class StepLine:
    """One step: done in time, of the times its limit passed; overdue: how many wait past it now."""

    playbook: str
    key: str
    in_time: Share
    overdue: int


def ranked(lines: list[StepLine]) -> list[StepLine]:
    """Those that are late most often first; those with too few cases to say after them."""
    return sorted(lines, key=lambda line: (not line.in_time.enough, line.in_time.value, line.playbook, line.key))


def total(lines: list[StepLine]) -> Share:
    """All steps together."""
    return Share(sum(line.in_time.k for line in lines), sum(line.in_time.n for line in lines))


def fetch(scope: Scope) -> list[StepLine]:
    """Steps whose limit passed in the period, skipped and cancelled ones left out (one query)."""
    until = min(scope.until, scope.now)
    rows = TreatmentStep.objects.filter(
        shop=scope.shop,
        due_at__gte=scope.since,
        due_at__lt=until,
        state__in=[StepState.DONE, StepState.OPEN],
    )
    open_now = Q(state=StepState.OPEN)
    counted = (
        rows.order_by()
        .values("playbook_code", "key")
        .annotate(
            n=Count("due_at"),
            k=Count("due_at", filter=Q(state=StepState.DONE, done_at__lte=F("due_at"))),
            late=Count("due_at", filter=open_now),
        )
    )
    return [StepLine(row["playbook_code"], row["key"], Share(row["k"], row["n"]), row["late"]) for row in counted]


def fetch_titles(scope: Scope) -> dict[tuple[str, str], str]:
    """What the shop's steps are called today, by playbook and key (one query)."""
    rows = Step.objects.filter(playbook__shop=scope.shop).select_related("playbook")
    return {(step.playbook.code, step.key): str(step) for step in rows}
