"""Recurring causes: by product, courier, theme and step (S2-04, S2-05). Each can be turned into an improvement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from cases.enums import Kind, State, Theme
from cases.models import Case
from playbooks.enums import Failure, StepState
from playbooks.models import TreatmentStep
from shops.models import Shop

LOOK_BACK = timedelta(days=90)
RECURS = 2  # once is an event, twice is a cause
KINDS = ("product", "courier", "theme", "step")


@dataclass(frozen=True)
class Cause:
    """What keeps coming: kind and two values that name it, and how many cases it had."""

    kind: str
    value: str
    detail: str
    count: int

    @property
    def label(self) -> str:
        """In words."""
        if self.kind == "theme":
            return f"{Theme(self.value).label}: {self.detail}" if self.value in Theme.values else self.detail
        if self.kind == "step":
            return _("Step left out: %(step)s in %(playbook)s") % {"step": self.detail, "playbook": self.value}
        failure = str(Failure(self.detail).label) if self.detail in Failure.values else self.detail
        return f"{self.value}: {failure}"


def complaints(shop: Shop, since: datetime) -> QuerySet[Case]:
    """Complaints since then."""
    rows = Case.objects.filter(shop=shop, kind=Kind.COMPLAINT, opened_at__gte=since)
    return rows.exclude(state__in=[State.MERGED, State.WITHDRAWN])


def cases_with(shop: Shop, cause: Cause, since: datetime) -> QuerySet[Case]:
    """The cases of a cause."""
    rows = complaints(shop, since)
    match cause.kind:
        case "product":
            return rows.filter(order__item=cause.value, complaint__failure=cause.detail)
        case "courier":
            return rows.filter(order__shipments__courier=cause.value, complaint__failure=cause.detail).distinct()
        case "theme":
            return rows.filter(theme=cause.value, root_cause__iexact=cause.detail)
        case "step":
            skipped = TreatmentStep.objects.filter(
                shop=shop, playbook_code=cause.value, key=cause.detail, state=StepState.SKIPPED
            )
            return rows.filter(pk__in=skipped.values("case"))
    return rows.none()


def recurring(shop: Shop, now: datetime, shown: int = 6) -> list[Cause]:
    """Causes of the last 90 days that came at least twice, the most frequent first of each kind (four queries)."""
    since = now - LOOK_BACK
    rows = complaints(shop, since)
    product = rows.exclude(order=None).exclude(order__item="").values_list("order__item", "complaint__failure")
    courier = rows.exclude(order__shipments__courier=None).exclude(order__shipments__courier="")
    delivery = [Failure.LATE, Failure.NOT_RECEIVED, Failure.DAMAGED]
    by_courier = courier.filter(complaint__failure__in=delivery)
    theme = rows.exclude(root_cause="").values_list("theme", "root_cause")
    return [
        *top("product", product.annotate(n=Count("pk")).filter(n__gte=RECURS).order_by("-n")[:shown]),
        *top(
            "courier",
            by_courier.values_list("order__shipments__courier", "complaint__failure")
            .annotate(n=Count("pk", distinct=True))
            .filter(n__gte=RECURS)
            .order_by("-n")[:shown],
        ),
        *top("theme", theme.annotate(n=Count("pk")).filter(n__gte=RECURS).order_by("-n")[:shown]),
        *left_out(shop, since, shown),
    ]


def top(kind: str, rows: Iterable[tuple[str, str, int]]) -> list[Cause]:
    """Rows of (value, detail, count) as causes."""
    return [Cause(kind, value or "", detail or "", count) for value, detail, count in rows]


def left_out(shop: Shop, since: datetime, shown: int) -> list[Cause]:
    """Steps that people keep leaving out: the playbook asks for something nobody does."""
    rows = TreatmentStep.objects.filter(
        shop=shop, state=StepState.SKIPPED, done_by__isnull=False, treatment__started_at__gte=since
    )
    counts: Counter[tuple[str, str]] = Counter()
    for code, key, n in rows.values_list("playbook_code", "key").annotate(n=Count("case", distinct=True)):
        counts[code, key] = n
    return [Cause("step", code, key, n) for (code, key), n in counts.most_common(shown) if n >= RECURS]


def cause_of(kind: str, value: str, detail: str) -> Cause | None:
    """A cause as a form names it; None for an unknown kind."""
    return Cause(kind, value[:160], detail[:160], 0) if kind in KINDS and value else None
