"""A root playbook that joins a live treatment later: behind an entry such as P07 it waits until the apology is out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases import actions, events
from messaging.enums import Purpose
from playbooks import queries, treatments
from playbooks.enums import StepState
from playbooks.models import Playbook, Treatment, TreatmentStep
from playbooks.routing import FALLBACK, Facts
from shops.calendar import calendar_of

# The entry has said these in public already: nobody is told the same thing twice.
SAID = {Purpose.ACKNOWLEDGEMENT, Purpose.FIRST_REPLY, Purpose.OUTREACH}


def join_root(treatment: Treatment, facts: Facts, *, now: datetime) -> Playbook | None:
    """Add the root playbook that these facts route to, behind the steps there are; None where nothing special fits.

    The treatment then reads "entry, root" like any other (domain.md 0.5); what the entry said is skipped in the root.
    """
    case = treatment.case
    routing = treatments.choose(case, facts)
    book = queries.playbooks_by_code(case.shop, [routing.root]).get(routing.root)
    if book is None or routing.root in (FALLBACK, *treatment.codes):
        return None
    with transaction.atomic():
        actions.lock(case)
        first = treatment.steps.count()
        steps = [
            treatments.frozen(case, treatment, first + place, book.code, step)
            for place, step in enumerate(book.steps.all())
        ]
        for step in steps:
            skip_said(step, now)
        TreatmentStep.objects.bulk_create(steps)
        treatment.entry_code = treatment.playbook.code
        treatment.playbook, treatment.version = book, book.version
        treatment.facts, treatment.why = treatments.kept_facts(facts, routing), treatments.kept_reasons(routing)
        treatment.save(update_fields=["entry_code", "playbook", "version", "facts", "why"])
        treatments.settle_due(treatment, calendar_of(case.shop), now)
        events.add_event(case, events.ROUTED, at=now, playbooks=treatment.codes, version=book.version)
    return book


def skip_said(step: TreatmentStep, now: datetime) -> None:
    """Skip a step that would say again what the entry said (not saved)."""
    if step.purpose in SAID:
        step.state, step.done_at = StepState.SKIPPED, now
        step.skip_reason = _("said in the public reply already")
