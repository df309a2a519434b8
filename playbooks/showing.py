"""A treatment as pages show it: the ladder of steps, and the routes that were tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.clocks import clock
from cases.enums import Actor, Severity
from messaging.enums import MessageState
from playbooks.enums import SPEAKING, Blame, Failure, StepKind, StepState, Voice
from playbooks.models import Treatment, TreatmentStep, in_language
from playbooks.timing import locked_by
from shops.enums import Standing

FACT_LABELS = {
    "blame": (gettext_lazy("they blame"), Blame),
    "voice": (gettext_lazy("raised"), Voice),
    "failure": (gettext_lazy("what went wrong"), Failure),
    "severity": (gettext_lazy("severity"), Severity),
    "standing": (gettext_lazy("customer"), Standing),
}


SHOWN, FOLDED = 6, 3  # rungs in sight at least; fewer than FOLDED are not worth a fold
OVER = {StepState.DONE, StepState.SKIPPED}


@dataclass(frozen=True)
class Rung:
    """One step of the ladder, ready for components/step.html."""

    step: TreatmentStep
    number: int
    title: str
    state: str
    when: str
    note: str
    is_next: bool
    speaks: bool


class Ladder(NamedTuple):
    """The rungs in sight, and those before and after them that are folded away."""

    over: list[Rung]
    now: list[Rung]
    more: list[Rung]


def rungs_of(steps: Sequence[TreatmentStep], now: datetime | None = None) -> list[Rung]:
    """Every step with its state in words; of the open ones that a person does, the one that is due first is next."""
    now = now or timezone.now()
    mine = [step for step in steps if step.state == StepState.OPEN and step.actor != Actor.SYSTEM]
    first = min(mine, key=lambda step: (step.due_at or now, step.position), default=None)
    return [rung(step, steps, number, step is first, now) for number, step in enumerate(steps, start=1)]


def ladder(rungs: list[Rung]) -> Ladder:
    """The next rung and its neighbours in sight; what is over before them, and what comes after, folded away."""
    over = len(list(takewhile(lambda rung: rung.state in OVER, rungs)))
    start = over if FOLDED <= over < len(rungs) else 0
    due = next((place for place, rung in enumerate(rungs) if rung.is_next), start)
    end = max(start + SHOWN, due + 2)
    if len(rungs) - end < FOLDED:
        end = len(rungs)
    return Ladder(rungs[:start], rungs[start:end], rungs[end:])


def rung(step: TreatmentStep, steps: Sequence[TreatmentStep], number: int, is_next: bool, now: datetime) -> Rung:
    """One step as shown."""
    gate = locked_by(step, steps) if step.is_live else None
    state = {StepState.CANCELLED: "skipped"}.get(StepState(step.state), str(step.state))
    return Rung(
        step=step,
        number=number,
        title=step.title_text,
        state="locked" if gate else state,
        when=when_text(step, now),
        note=note_text(step, gate),
        is_next=is_next and gate is None,
        speaks=step.kind in SPEAKING or (step.kind == StepKind.REMEDY and bool(step.purpose)),
    )


def when_text(step: TreatmentStep, now: datetime) -> str:
    """When it was done, or how much time is left."""
    if step.done_at:
        return date_format(timezone.localtime(step.done_at), "j M, H:i")
    left = clock(step.due_at, now)
    return left.text if left and step.state == StepState.OPEN else ""


def note_text(step: TreatmentStep, gate: TreatmentStep | None) -> str:
    """What unlocks it, why it was skipped, or what its message is doing."""
    if gate:
        return _("First: %(step)s") % {"step": gate.title_text}
    if step.state == StepState.SKIPPED:
        return step.skip_reason
    if step.message and step.message.state not in (MessageState.DRAFT,) and step.is_live:
        return str(step.message.get_state_display())
    return step.note


def fact_line(names: Sequence[str], facts: dict[str, Any]) -> str:
    """ "they blame: the shop; what went wrong: wrong item" for the named facts."""
    if names == ["always"]:
        return _("nothing more special fits")
    parts = []
    for name in names:
        if name in FACT_LABELS:
            label, choices = FACT_LABELS[name]
            parts.append(f"{label}: {choices(facts[name]).label}")
        elif name == "spreading":
            parts.append(_("it is spreading"))
        elif name == "repeat":
            parts.append(_("second time"))
    return "; ".join(parts)


def tried_lines(treatment: Treatment) -> list[str]:
    """Every route that was tried, for the fold-out: playbook, name, whether it matched, and the fact that decided."""
    answers = {True: _("yes"), False: _("no")}
    return [
        f"{tried['playbook']} {in_language(tried.get('title', {}))}: {answers[bool(tried['matched'])]}"
        f" ({fact_line(str(tried['because']).split(','), treatment.facts)})"
        for tried in treatment.why
    ]
