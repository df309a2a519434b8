"""Reads of playbooks, routes and treatments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from django.db.models import FilteredRelation, Model, Q, QuerySet
from django.utils import timezone

from cases.models import Case
from messaging.enums import WENT_OUT
from messaging.models import Message
from playbooks.enums import LIVE_STEP, OWED, TreatmentState
from playbooks.models import Promise, Remedy, Route, Treatment, TreatmentStep
from playbooks.routing import Condition
from shops.models import Shop

M = TypeVar("M", bound=Model)


def condition_of(rule: Route) -> Condition:
    """A route's row as the pure router's condition."""
    return Condition(
        playbook=rule.playbook.code,
        slot=rule.slot,
        title=rule.playbook.names,
        kind=frozenset(rule.kinds),
        blame=frozenset(rule.blames),
        voice=frozenset(rule.voices),
        failure=frozenset(rule.failures),
        severity=frozenset(rule.severities),
        standing=frozenset(rule.standings),
        channel=frozenset(rule.channels),
        except_roots=frozenset(rule.except_roots),
        repeat=rule.repeat,
        spreading=rule.spreading,
        order_from=rule.order_from,
        order_to=rule.order_to,
        route=rule.pk or 0,
    )


def routes_of(shop: Shop) -> list[Condition]:
    """The shop's active routes in order (one query)."""
    rules = Route.objects.filter(shop=shop, is_active=True, playbook__is_active=True).select_related("playbook")
    return [condition_of(rule) for rule in rules.order_by("position", "pk")]


def live_treatment(case: Case) -> Treatment | None:
    """The one treatment under way, None where there is none."""
    return Treatment.objects.filter(case=case, state=TreatmentState.LIVE).select_related("playbook").first()


def with_live(rows: QuerySet[M], to_case: str) -> QuerySet[M]:
    """The rows with their case's treatment under way, joined for joined_live; `to_case`: the path from row to case."""
    path = f"{to_case}treatments"
    live = FilteredRelation(path, condition=Q(**{f"{path}__state": TreatmentState.LIVE}))
    return rows.annotate(live=live).select_related("live")  # type: ignore[return-value]  # the stubs forget the model


def joined_live(row: Model) -> Treatment | None:
    """The treatment that with_live has read for this row; Django sets nothing where there is none."""
    return getattr(row, "live", None)


def steps_of(treatment: Treatment, said: Mapping[int, Message]) -> list[TreatmentStep]:
    """All its steps in order, with their messages from `said`, the messages of the case (one query)."""
    steps = list(treatment.steps.order_by("position"))
    for step in steps:
        if message := said.get(step.message_id or 0):
            step.message = message
    return steps


def live_steps(treatment: Treatment) -> QuerySet[TreatmentStep]:
    """Steps still to be done, in order."""
    return treatment.steps.filter(state__in=sorted(LIVE_STEP)).order_by("position")


def steps_whose_message_went(shop: Shop | None = None) -> QuerySet[TreatmentStep]:
    """Live steps whose message has left: they are done, whoever or whatever sent it."""
    steps = TreatmentStep.objects.filter(state__in=sorted(LIVE_STEP), message__state__in=sorted(WENT_OUT))
    return steps.filter(shop=shop) if shop else steps


def owes_remedy(case: Case) -> bool:
    """True while something promised has not been carried out: such a case cannot be resolved."""
    return Remedy.objects.filter(case=case, state__in=sorted(OWED)).exists()


def valid_promises(shop_id: int, today: date | None = None) -> list[Promise]:
    """Published promises that hold on this day (today in the server's zone)."""
    today = today or timezone.localdate()
    rows = Promise.objects.filter(shop_id=shop_id, valid_from__lte=today)
    return list(rows.filter(Q(valid_until=None) | Q(valid_until__gte=today)).order_by("pk"))
