"""What time alone does: parcels arrive, messages come too late, silence closes (domain.md 0.3, section 4)."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import Refused
from cases.enums import ENDED, WORKING, Actor, Kind, State
from cases.models import UNENDED_Q, Case
from messaging.enums import NEVER_SENT, PENDING, WENT_OUT, Direction, Purpose
from messaging.models import Message
from playbooks import closing, queries, treatments
from playbooks.enums import LIVE_STEP, Anchor, Failure, StepKind, StepState, TreatmentState
from playbooks.models import Treatment, TreatmentStep

log = logging.getLogger(__name__)

BATCH = 500
SHORTEST = timedelta(days=1)
DEFAULT_DAYS = 7  # cases that never had a treatment
# The parcel that the complaint is about; elsewhere the parcel that matters was sent after the complaint.
ABOUT_THE_PARCEL = {Failure.LATE, Failure.NOT_RECEIVED}
REMINDERS = {Purpose.FOLLOW_UP}


def run(now: datetime | None = None) -> Counter[str]:
    """Everything that time does, for the tick. Running it twice changes nothing."""
    now = now or timezone.now()
    return deliveries(now) + expire(now) + close_silent(now)


def each(steps: Iterable[TreatmentStep], act: Callable[[TreatmentStep], object]) -> int:
    """Do it to every step; one that refuses or fails does not stop the rest. Returns how many went well."""
    done = 0
    for step in steps:
        try:
            act(step)
            done += 1
        except Refused:
            continue
        except Exception:  # one bad row must not stop the rest
            log.exception("step %s", step.pk)
    return done


# --- parcels ----------------------------------------------------------------------------------------------------------


def deliveries(now: datetime) -> Counter[str]:
    """A parcel arrived: the steps that count from its delivery get their time, the regular updates stop."""
    waits = Q(anchor=Anchor.DELIVERED, due_at=None, state=StepState.WAITING)
    stops = Q(until=Anchor.DELIVERED, state__in=sorted(LIVE_STEP))
    arrived = Q(case__order__shipments__delivered_at__isnull=False) & Q(treatment__state=TreatmentState.LIVE)
    steps = TreatmentStep.objects.filter(waits | stops, arrived).select_related("treatment", "case__shop")
    rows = steps.annotate(delivered=F("case__order__shipments__delivered_at")).order_by("case_id", "delivered")
    seen: dict[int, datetime] = {}
    cases: dict[int, Case] = {}
    for step in rows[:BATCH]:
        about = step.treatment.facts.get("failure") in ABOUT_THE_PARCEL
        if about or step.delivered > step.treatment.started_at:
            seen.setdefault(step.case_id, step.delivered)
            cases[step.case_id] = step.case
    for pk, at in seen.items():
        treatments.anchor_event(cases[pk], Anchor.DELIVERED, at=at)
    return Counter(deliveries=len(seen))


# --- too late ---------------------------------------------------------------------------------------------------------


def expire(now: datetime) -> Counter[str]:
    """Messages that would come too late are left out; a step that repeats comes again."""
    steps = TreatmentStep.objects.filter(
        state=StepState.OPEN, expires_h__isnull=False, due_at__lt=now, treatment__state=TreatmentState.LIVE
    )
    unsent = Q(message=None) | Q(message__state__in=sorted(PENDING | NEVER_SENT))
    rows = steps.filter(unsent).exclude(case__kind=Kind.BOOKING).select_related("treatment", "case__shop", "message")
    late = [step for step in rows.order_by("due_at", "id")[:BATCH] if is_too_late(step, now)]
    reason = _("It would have come too late to make sense.")
    return Counter(
        expired=each(late, lambda step: treatments.skip(step, reason, by=None, now=now, come_again=bool(step.repeat_h)))
    )


def is_too_late(step: TreatmentStep, now: datetime) -> bool:
    """The step's hours are over."""
    return bool(step.due_at and step.expires_h and step.due_at + timedelta(hours=step.expires_h) <= now)


# --- silence ----------------------------------------------------------------------------------------------------------


def close_silent(now: datetime) -> Counter[str]:
    """Close what nobody has spoken in for the playbook's days: resolved cases, and cases that wait for the customer."""
    closed = 0
    case: Any  # with the columns that silent_cases adds
    for case in silent_cases(now).iterator(chunk_size=BATCH):
        since = max(case.last_word, case.resolved_at or case.last_word)
        if now - since < timedelta(days=case.silence or DEFAULT_DAYS):
            continue
        if case.state != State.RESOLVED and not waits_for_customer(case, now):
            continue
        try:
            closing.close(case, State.CLOSED_NO_REPLY, actor=Actor.SYSTEM, at=now)
            closed += 1
        except Refused:
            continue
    return Counter(closed_no_reply=closed)


def silent_cases(now: datetime) -> QuerySet[Case]:
    """Unended cases where the last word, of either side, is at least a day old and the ball is not with the shop."""
    said = Message.objects.filter(case=OuterRef("pk")).exclude(direction=Direction.INTERNAL)
    spoken = said.filter(Q(direction=Direction.IN) | Q(state__in=sorted(WENT_OUT)))
    spoken = spoken.annotate(at=Coalesce("sent_at", "received_at", "created_at")).order_by("-at", "-pk")
    newest = Treatment.objects.filter(case=OuterRef("pk")).order_by("-started_at", "-pk")
    rows = Case.objects.filter(UNENDED_Q, opened_at__lte=now - SHORTEST).exclude(kind=Kind.BOOKING)
    rows = rows.filter(Q(state=State.RESOLVED) | Q(state__in=sorted(WORKING), first_replied_at__isnull=False))
    rows = rows.annotate(
        spoken_at=Subquery(spoken.values("at")[:1], output_field=DateTimeField()),
        spoken_by=Subquery(spoken.values("direction")[:1]),
        silence=Subquery(newest.values("silence_days")[:1]),
    ).annotate(last_word=Coalesce("spoken_at", "resolved_at", "opened_at"))
    rows = rows.filter(last_word__lte=now - SHORTEST)
    rows = rows.filter(Q(state=State.RESOLVED, resolved_at__lte=now - SHORTEST) | Q(spoken_by=Direction.OUT))
    return rows.select_related("shop", "customer").order_by("pk")


def waits_for_customer(case: Case, now: datetime) -> bool:
    """Nothing is left for the shop to do, and a reminder that the playbook asks for has been sent (or left out)."""
    if case.state in ENDED or queries.owes_remedy(case):
        return False
    steps = TreatmentStep.objects.filter(case=case, treatment__state=TreatmentState.LIVE, state=StepState.OPEN).exclude(
        actor=Actor.SYSTEM
    )
    if steps.filter(is_optional=False).exclude(kind=StepKind.ROOT_CAUSE).exists():
        return False
    return not steps.filter(purpose__in=sorted(REMINDERS), due_at__lte=now).exists()
