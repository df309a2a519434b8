"""Carrying out a playbook on a case: start, do, skip, supersede. One door for every change of a step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions, events
from cases.actions import Refused, Stale
from cases.enums import Actor
from cases.models import Case
from messaging import outbox
from playbooks import queries
from playbooks.due import due_at
from playbooks.enums import LIVE_STEP, Anchor, StepState, TreatmentState
from playbooks.models import Playbook, Step, Treatment, TreatmentStep
from playbooks.routing import Facts, Routing, route
from shops.calendar import Calendar, calendar_of
from shops.models import User


def choose(case: Case, facts: Facts) -> Routing:
    """Route a case by its shop's routes."""
    return route(facts, queries.routes_of(case.shop))


def start(
    case: Case, facts: Facts, *, by: User | None = None, now: datetime | None = None, routing: Routing | None = None
) -> Treatment:
    """Choose the playbooks, freeze their steps and set the first due times.

    A live treatment with the same playbooks goes on; one with others is superseded: open steps are cancelled, done ones
    stay.
    """
    now = now or timezone.now()
    routing = routing or choose(case, facts)
    with transaction.atomic():
        case = actions.lock(case) if case.pk else case
        old = queries.live_treatment(case)
        if old and old.codes == routing.codes:
            Treatment.objects.filter(pk=old.pk).update(facts=kept_facts(facts, routing), why=kept_reasons(routing))
            return old
        if old:
            end(old, TreatmentState.SUPERSEDED, by=by, now=now)
        playbooks = queries.playbooks_by_code(case.shop, routing.codes)
        if routing.root not in playbooks:
            raise Refused(
                _("Playbook %(code)s does not exist in this shop. Load the default playbooks.") % {"code": routing.root}
            )
        treatment = freeze(case, routing, playbooks, facts, now)
        carry_over(old, treatment)
        settle_due(treatment, calendar_of(case.shop), now)
        events.add_event(case, events.ROUTED, by=by, at=now, playbooks=treatment.codes, version=treatment.version)
    return treatment


def kept_facts(facts: Facts, routing: Routing) -> dict[str, object]:
    """Facts as they are kept with a treatment, for the reason shown and for dry runs."""
    return {**facts.to_json(), "root": routing.root}


def kept_reasons(routing: Routing) -> list[dict[str, object]]:
    """Every route that was tried, as JSON."""
    return [asdict(tried) for tried in routing.tried]


def freeze(case: Case, routing: Routing, playbooks: dict[str, Playbook], facts: Facts, now: datetime) -> Treatment:
    """Copy the playbooks' steps into a new live treatment: entry first, then overlays' taking over, then the root."""
    root = playbooks[routing.root]
    treatment = Treatment.objects.create(
        shop_id=case.shop_id,
        case=case,
        playbook=root,
        version=root.version,
        entry_code=routing.entry,
        overlay_codes=list(routing.overlays),
        facts=kept_facts(facts, routing),
        why=kept_reasons(routing),
        started_at=now,
    )
    order = [code for code in (routing.entry, *routing.overlays, routing.root) if code in playbooks]
    steps = [(code, step) for code in order for step in playbooks[code].steps.all()]
    TreatmentStep.objects.bulk_create(
        frozen(case, treatment, position, code, step) for position, (code, step) in enumerate(steps)
    )
    return treatment


def frozen(case: Case, treatment: Treatment, position: int, code: str, step: Step) -> TreatmentStep:
    """A step's copy on the case."""
    return TreatmentStep(
        shop_id=case.shop_id,
        case=case,
        treatment=treatment,
        position=position,
        playbook_code=code,
        key=step.key,
        kind=step.kind,
        actor=step.actor,
        title={"id": step.title_id, "en": step.title_en},
        help={"id": step.help_id, "en": step.help_en},
        subject={"id": step.subject_id, "en": step.subject_en},
        body={"id": step.body_id, "en": step.body_en},
        purpose=step.purpose,
        offset=step.offset,
        unit=step.unit,
        anchor=step.anchor,
        gate=step.gate,
        action=step.action,
        is_automatic=step.is_automatic,
        is_optional=step.is_optional,
        expires_h=step.expires_h,
    )


def carry_over(old: Treatment | None, new: Treatment) -> None:
    """What was said once is not said again: a purpose that was done in the old treatment is skipped in the new one."""
    if old is None:
        return
    said = set(
        old.steps.filter(state=StepState.DONE, purpose__in=["acknowledgement", "first_reply"]).values_list(
            "purpose", flat=True
        )
    )
    if said:
        new.steps.filter(purpose__in=said).update(
            state=StepState.SKIPPED, skip_reason="already done in the earlier treatment", done_at=new.started_at
        )


# --- due times --------------------------------------------------------------------------------------------------------


def settle_due(treatment: Treatment, calendar: Calendar, now: datetime) -> None:
    """Open what may be open and set due times, after any change; then tell the case what falls due next."""
    steps = list(treatment.steps.order_by("position"))
    changed = [step for step in steps if step.is_live and reckon(step, steps, treatment, calendar)]
    TreatmentStep.objects.bulk_update(changed, ["state", "due_at"])
    next_due = min((step.due_at for step in steps if step.state == StepState.OPEN and step.due_at), default=None)
    Case.objects.filter(pk=treatment.case_id).update(next_due_at=next_due)
    if not any(step.is_live for step in steps):
        finish(treatment, now)


def reckon(step: TreatmentStep, steps: Sequence[TreatmentStep], treatment: Treatment, calendar: Calendar) -> bool:
    """Work out one live step's state and due time; True where they changed."""
    start = anchor_time(step, steps, treatment)
    due = step.due_at
    if due is None and start is not None:
        due = due_at(treatment.case, step.offset, step.unit, start, calendar)
    state = StepState.OPEN if due is not None and not locked_by(step, steps) else StepState.WAITING
    changed = (state, due) != (step.state, step.due_at)
    step.state, step.due_at = state, due
    return changed


def anchor_time(step: TreatmentStep, steps: Sequence[TreatmentStep], treatment: Treatment) -> datetime | None:
    """The moment a step counts from; None while it has not come."""
    if step.anchor == Anchor.START:
        return treatment.case.opened_at
    if step.anchor == Anchor.PREVIOUS:
        before = [
            other for other in steps if other.playbook_code == step.playbook_code and other.position < step.position
        ]
        if not before:
            return treatment.case.opened_at
        return None if before[-1].is_live else (before[-1].done_at or treatment.started_at)
    return None


def locked_by(step: TreatmentStep, steps: Sequence[TreatmentStep]) -> TreatmentStep | None:
    """The step that must be done before this one unlocks, None where nothing locks it."""
    if not step.gate:
        return None
    gates = [other for other in steps if other.playbook_code == step.playbook_code and other.key == step.gate]
    return next((gate for gate in gates if gate.is_live), None)


def anchor_event(case: Case, anchor: str, *, at: datetime | None = None) -> int:
    """Something happened (delivered, customer replied, choice, fixed): steps that wait for it get their due time."""
    at = at or timezone.now()
    with transaction.atomic():
        treatment = queries.live_treatment(case)
        if treatment is None:
            return 0
        calendar = calendar_of(case.shop)
        waiting = list(treatment.steps.filter(anchor=anchor, due_at=None, state=StepState.WAITING))
        for step in waiting:
            step.due_at = due_at(case, step.offset, step.unit, at, calendar)
        TreatmentStep.objects.bulk_update(waiting, ["due_at"])
        settle_due(treatment, calendar, at)
    return len(waiting)


# --- doing ------------------------------------------------------------------------------------------------------------


def move_step(step: TreatmentStep, new: str, allowed: Iterable[str], **changes: object) -> None:
    """Change a step's state if it is still in an allowed one; else Stale."""
    rows = TreatmentStep.objects.filter(pk=step.pk, state__in=list(allowed), treatment__state=TreatmentState.LIVE)
    if rows.update(state=new, **changes) != 1:
        raise Stale(_("This step has changed meanwhile. Look at the case again."))
    step.state = new
    for name, value in changes.items():
        setattr(step, name, value)


def complete(step: TreatmentStep, *, by: User | None, note: str = "", now: datetime | None = None) -> None:
    """Mark a step as done. Refused while another step locks it; Stale where somebody was first."""
    now = now or timezone.now()
    with transaction.atomic():
        actions.lock(step.case)  # always the case first: two writers never wait for each other
        steps = list(step.treatment.steps.select_for_update().order_by("position"))
        if gate := locked_by(step, steps):
            raise Refused(_("First: %(step)s") % {"step": gate.title_text})
        move_step(step, StepState.DONE, LIVE_STEP, done_at=now, done_by=by, note=note)
        events.add_event(
            step.case, events.STEP_DONE, by=by, at=now, step=step.key, playbook=step.playbook_code, note=note
        )
        settle_due(step.treatment, calendar_of(step.case.shop), now)


def skip(step: TreatmentStep, reason: str, *, by: User | None, now: datetime | None = None) -> None:
    """Leave a step out, with a reason; its message, if any has not gone, is cancelled."""
    if not reason.strip():
        raise Refused(_("Say why this step is skipped."))
    now = now or timezone.now()
    with transaction.atomic():
        actions.lock(step.case)
        move_step(step, StepState.SKIPPED, LIVE_STEP, done_at=now, done_by=by, skip_reason=reason[:300])
        if step.message and not outbox.has_gone_out(step.message):
            outbox.cancel(step.message, reason, by=by, now=now)
        events.add_event(
            step.case, events.STEP_SKIPPED, by=by, at=now, step=step.key, playbook=step.playbook_code, reason=reason
        )
        settle_due(step.treatment, calendar_of(step.case.shop), now)


def end(treatment: Treatment, state: str, *, by: User | None = None, now: datetime | None = None) -> None:
    """End a live treatment: open steps and their waiting messages are cancelled, done ones stay in the trail."""
    now = now or timezone.now()
    with transaction.atomic():
        if Treatment.objects.filter(pk=treatment.pk, state=TreatmentState.LIVE).update(state=state, ended_at=now) != 1:
            raise Stale(_("The treatment has changed meanwhile. Look at the case again."))
        treatment.state = state
        left = list(treatment.steps.filter(state__in=sorted(LIVE_STEP)).select_related("message"))
        for step in left:
            if step.message and not outbox.has_gone_out(step.message):
                outbox.cancel(step.message, state, by=by, now=now)
        treatment.steps.filter(pk__in=[step.pk for step in left]).update(state=StepState.CANCELLED, done_at=now)
        code = events.SUPERSEDED if state == TreatmentState.SUPERSEDED else events.FINISHED
        events.add_event(
            treatment.case, code, by=by, at=now, playbooks=treatment.codes, cancelled=len(left), state=state
        )


def finish(treatment: Treatment, now: datetime) -> None:
    """All steps are done: the treatment is finished."""
    if Treatment.objects.filter(pk=treatment.pk, state=TreatmentState.LIVE).update(
        state=TreatmentState.FINISHED, ended_at=now
    ):
        treatment.state = TreatmentState.FINISHED
        events.add_event(treatment.case, events.FINISHED, at=now, actor=Actor.SYSTEM, playbooks=treatment.codes)


def catch_up(*, case: Case | None = None, now: datetime | None = None) -> int:
    """Steps whose message has gone out are done; returns how many. Rung by the tick and after every send on a page."""
    now = now or timezone.now()
    steps = queries.steps_whose_message_went().select_related("treatment", "case__shop", "message")
    done = 0
    for step in steps.filter(case=case) if case else steps[:500]:
        try:
            complete(
                step,
                by=step.message.approved_by if step.message else None,
                now=step.message.sent_at if step.message else now,
            )
            done += 1
        except Refused:
            continue
    return done
