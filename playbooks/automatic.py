"""Steps the system does by itself: the acknowledgement, and system actions that the rooms above hand in."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import Refused
from cases.enums import Actor
from messaging.channels import CHANNELS
from messaging.enums import MessageState
from messaging.guarding import approve
from playbooks import treatments
from playbooks.drafts import message_for
from playbooks.enums import StepState, SystemAction, TreatmentState, Voice
from playbooks.models import TreatmentStep

log = logging.getLogger(__name__)

Handler = Callable[[TreatmentStep, datetime], None]
PUSH = timedelta(hours=1)


def acknowledge(step: TreatmentStep, now: datetime) -> None:
    """Send the acknowledgement where a channel can send by itself; elsewhere a person answers, so it is skipped.

    Only who wrote to us is thanked for writing: a silent case, a review or a public post gets no automatic thanks.
    """
    if step.treatment.facts.get("voice") != Voice.TO_SHOP:
        treatments.skip(step, _("They did not write to us, so nothing is sent by itself."), by=None, now=now)
        return
    message = message_for(step, now=now)
    if CHANNELS[message.carrier].by_hand or not message.address:
        treatments.skip(
            step, _("No channel that sends by itself; the first reply comes from a person."), by=None, now=now
        )
        return
    if message.state == MessageState.DRAFT:
        approve(message, by=None, now=now)


def run_due(
    now: datetime | None = None, handlers: Mapping[str, Handler] | None = None, limit: int = 500
) -> Counter[str]:
    """Run every system step whose time has come; a step that fails is pushed one hour and logged."""
    now = now or timezone.now()
    every: Mapping[str, Handler] = {SystemAction.ACKNOWLEDGE: acknowledge, **(handlers or {})}
    due = TreatmentStep.objects.filter(
        state=StepState.OPEN, due_at__lte=now, actor=Actor.SYSTEM, treatment__state=TreatmentState.LIVE
    ).exclude(action=SystemAction.NONE)
    report: Counter[str] = Counter()
    steps = due.filter(message=None).select_related(
        "treatment", "case__shop", "case__customer", "case__order", "message"
    )
    for step in steps.order_by("due_at", "id")[:limit]:
        try:
            every[step.action](step, now)
            report[step.action] += 1
        except KeyError:
            log.error("no handler for system action %s", step.action)
        except Refused as refusal:
            push(step, now)
            log.warning("step %s: %s", step.pk, refusal)
        except Exception:  # one bad row must not stop the rest
            push(step, now)
            log.exception("step %s", step.pk)
            report["errors"] += 1
    return report


def push(step: TreatmentStep, now: datetime) -> None:
    """Try this step again in an hour."""
    TreatmentStep.objects.filter(pk=step.pk).update(due_at=now + PUSH)
