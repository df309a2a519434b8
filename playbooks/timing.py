"""Which steps are open, which are locked and by what, and when each falls due: reckoned from the rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from playbooks.due import due_at
from playbooks.enums import Anchor, StepState
from playbooks.models import Treatment, TreatmentStep
from shops.calendar import Calendar


def reckon_all(steps: Sequence[TreatmentStep], treatment: Treatment, calendar: Calendar) -> list[TreatmentStep]:
    """Work out state and due time of every live step (not saved); returns those that changed."""
    return [step for step in steps if step.is_live and reckon(step, steps, treatment, calendar)]


def reckon(step: TreatmentStep, steps: Sequence[TreatmentStep], treatment: Treatment, calendar: Calendar) -> bool:
    """Work out one live step's state and due time; True where they changed."""
    due = step.due_at
    if due is None and (start := anchor_time(step, steps, treatment)) is not None:
        due = due_at(treatment.case, step.offset, step.unit, start, calendar)
    state = StepState.OPEN if due is not None and not locked_by(step, steps) else StepState.WAITING
    changed = (state, due) != (step.state, step.due_at)
    step.state, step.due_at = state, due
    return changed


def anchor_time(step: TreatmentStep, steps: Sequence[TreatmentStep], treatment: Treatment) -> datetime | None:
    """The moment a step counts from; None while it has not come."""
    if step.anchor == Anchor.START:
        return treatment.case.opened_at
    if step.anchor != Anchor.PREVIOUS:
        return None
    own = [other for other in steps if other.playbook_code == step.playbook_code and other.turn == 1]
    before = [other for other in own if other.position < step.position]
    if not before:
        return treatment.case.opened_at
    return None if before[-1].is_live else (before[-1].done_at or treatment.started_at)


def locked_by(step: TreatmentStep, steps: Sequence[TreatmentStep]) -> TreatmentStep | None:
    """The step that must be done before this one unlocks, None where nothing locks it."""
    return gate_of(step, steps) or leader_of(step, steps)


def gate_of(step: TreatmentStep, steps: Sequence[TreatmentStep]) -> TreatmentStep | None:
    """The live step of the same playbook that this one waits for; of a repeated step only the first turn counts."""
    if not step.gate:
        return None
    own = (other for other in steps if other.playbook_code == step.playbook_code and other.turn == 1)
    return next((other for other in own if other.key == step.gate and other.is_live), None)


def leader_of(step: TreatmentStep, steps: Sequence[TreatmentStep]) -> TreatmentStep | None:
    """The live leading step of a playbook that stands before this step's own: an entry's apology before the root's
    follow-up, the owner's take-over before everything (P07, P08, P09, P13). The acknowledgement never waits.
    """
    if step.is_automatic:
        return None
    before = (other for other in steps if other.leads and other.is_live and other.position < step.position)
    return next((other for other in before if other.playbook_code != step.playbook_code), None)


def next_due(steps: Sequence[TreatmentStep]) -> datetime | None:
    """What falls due next for people; what is sent by itself asks nothing of anybody."""
    due = (step.due_at for step in steps if step.state == StepState.OPEN and not step.is_automatic)
    return min((at for at in due if at), default=None)
