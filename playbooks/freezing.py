"""Frozen copies: a playbook's steps as they stand when a treatment starts, so that later edits change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from playbooks.enums import StepState
from playbooks.models import Playbook, Step, Treatment, TreatmentStep
from playbooks.routing import Routing

Book = tuple[Playbook, list[Step]]
SAME = (
    *("key", "kind", "actor", "purpose", "offset", "unit", "anchor", "gate", "action"),
    *("is_automatic", "is_optional", "expires_h", "leads", "repeat_h", "until"),
)
# What a new turn of a repeated step does not take over from the one before.
OWN = {"id", "state", "due_at", "done_at", "done_by_id", "skip_reason", "note", "message_id", "turn"}


def frozen_steps(treatment: Treatment, routing: Routing, books: Mapping[str, Book]) -> list[TreatmentStep]:
    """All steps of the treatment, not saved: overlays first (they take over), then the entry, then the root."""
    codes = [code for code in (*routing.overlays, routing.entry, routing.root) if code in books]
    steps: Iterable[tuple[str, Step]] = ((code, step) for code in codes for step in books[code][1])
    return [frozen(treatment, position, code, step) for position, (code, step) in enumerate(steps)]


def frozen(treatment: Treatment, position: int, code: str, step: Step) -> TreatmentStep:
    """A step's copy on the case."""
    return TreatmentStep(
        shop_id=treatment.shop_id,
        case=treatment.case,
        treatment=treatment,
        position=position,
        playbook_code=code,
        title={"id": step.title_id, "en": step.title_en},
        help={"id": step.help_id, "en": step.help_en},
        subject={"id": step.subject_id, "en": step.subject_en},
        body={"id": step.body_id, "en": step.body_en},
        **{name: getattr(step, name) for name in SAME},
    )


def next_turn(step: TreatmentStep, due_at: datetime) -> TreatmentStep:
    """The same step once more, not saved; the key with its turn makes a third copy impossible."""
    same = {f.attname: getattr(step, f.attname) for f in TreatmentStep._meta.concrete_fields if f.attname not in OWN}
    return TreatmentStep(**same, turn=step.turn + 1, due_at=due_at, state=StepState.WAITING)
