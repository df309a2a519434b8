"""Carrying out a playbook on a case: start, do, skip, supersede. One door for every change of a step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions, events
from cases.actions import Refused, Stale
from cases.enums import Actor, Kind, State
from cases.limits import limits
from cases.models import Case
from messaging import outbox
from messaging.enums import PUBLIC, Purpose
from playbooks import queries, trials
from playbooks.apology import refuse_skip, refuse_unsaid
from playbooks.due import due_at
from playbooks.enums import LIVE_STEP, StepState, TreatmentState
from playbooks.freezing import frozen_steps, next_turn
from playbooks.models import Treatment, TreatmentStep
from playbooks.routing import Facts, Routing, route
from playbooks.timing import locked_by, next_due, reckon_all
from shops.calendar import Calendar, calendar_of
from shops.models import User

__all__ = ["anchor_event", "catch_up", "choose", "complete", "end", "locked_by", "settle_due", "skip", "start"]

SAID_ONCE = {Purpose.ACKNOWLEDGEMENT, Purpose.FIRST_REPLY}
ANSWERS = SAID_ONCE | PUBLIC | {Purpose.OUTREACH, Purpose.SECOND_TIME, Purpose.SAFETY}


def choose(case: Case, facts: Facts) -> Routing:
    """Route a case by its shop's routes."""
    return route(facts, queries.routes_of(case.shop))


def start(
    case: Case, facts: Facts, *, by: User | None = None, now: datetime | None = None, routing: Routing | None = None
) -> Treatment:
    """Choose the playbooks, freeze their steps and set the first due times: eight queries.

    A live treatment with the same playbooks goes on; one with others is superseded: open steps are cancelled, done ones
    stay. All or nothing together with the caller's transaction.
    """
    now = now or timezone.now()
    routing = routing or choose(case, facts)
    books, arm = trials.books_for(case.shop_id, routing.codes, case.pk)
    if routing.root not in books:
        raise Refused(
            _("Playbook %(code)s does not exist in this shop. Load the default playbooks.") % {"code": routing.root}
        )
    calendar = calendar_of(case.shop)
    root = books[routing.root][0]
    treatment = Treatment(
        shop_id=case.shop_id,
        case=case,
        playbook=root,
        title=root.names,
        version=root.version,
        silence_days=root.silence_days,
        entry_code=routing.entry,
        overlay_codes=list(routing.overlays),
        facts=kept_facts(facts, routing),
        why=kept_reasons(routing),
        started_at=now,
        arm=arm,
    )
    steps = frozen_steps(treatment, routing, books)
    reckon_all(steps, treatment, calendar)
    with transaction.atomic(savepoint=False):
        set_next_due(case, steps)  # also the lock on the case: two starts never wait for each other
        old = queries.live_treatment(case)
        if old and old.codes == routing.codes:
            return go_on(old, facts, routing, calendar, now)
        if old:
            end(old, TreatmentState.SUPERSEDED, by=by, now=now)
        carried = carry_over(treatment, steps, calendar) if old or case.reopened_count else []
        treatment.save(force_insert=True)
        TreatmentStep.objects.bulk_create(steps)
        codes, version = treatment.codes, treatment.version
        events.add_event(case, events.ROUTED, by=by, at=now, playbooks=codes, version=version, carried=carried)
        if not any(step.is_live for step in steps):
            finish(treatment, now)
    return treatment


def go_on(old: Treatment, facts: Facts, routing: Routing, calendar: Calendar, now: datetime) -> Treatment:
    """The same playbooks treat the case: only what is known of it changes."""
    old.facts, old.why = kept_facts(facts, routing), kept_reasons(routing)
    old.save(update_fields=["facts", "why"])
    settle_due(old, calendar, now)
    return old


def kept_facts(facts: Facts, routing: Routing) -> dict[str, object]:
    """Facts as they are kept with a treatment, for the reason shown and for dry runs."""
    return {**facts.to_json(), "root": routing.root}


def kept_reasons(routing: Routing) -> list[dict[str, object]]:
    """Every route that was tried, as JSON."""
    return [asdict(tried) for tried in routing.tried]


def carry_over(treatment: Treatment, steps: Sequence[TreatmentStep], calendar: Calendar) -> list[str]:
    """What was said once is not said again: it is skipped in the new treatment. Returns the purposes."""
    earlier = TreatmentStep.objects.filter(case=treatment.case, state=StepState.DONE, purpose__in=sorted(SAID_ONCE))
    said = sorted(set(earlier.values_list("purpose", flat=True)))
    for step in steps:
        if step.purpose in said:
            step.state, step.done_at = StepState.SKIPPED, treatment.started_at
            step.skip_reason = _("Already said in the earlier treatment.")
    if said:
        for step in steps:
            step.due_at = None if step.is_live else step.due_at
        reckon_all(steps, treatment, calendar)
        set_next_due(treatment.case, steps)
    return said


# --- due times --------------------------------------------------------------------------------------------------------


def settle_due(treatment: Treatment, calendar: Calendar, now: datetime) -> None:
    """Open what may be open and set due times, after any change; then tell the case what falls due next."""
    steps = list(treatment.steps.order_by("position", "pk"))
    TreatmentStep.objects.bulk_update(reckon_all(steps, treatment, calendar), ["state", "due_at"])
    set_next_due(treatment.case, steps)
    if not any(step.is_live for step in steps):
        finish(treatment, now)


def set_next_due(case: Case, steps: Sequence[TreatmentStep]) -> None:
    """Tell the case what falls due next; its row stays locked until the transaction ends."""
    due = next_due(steps)
    Case.objects.filter(pk=case.pk).update(next_due_at=due)
    case.next_due_at = due


def anchor_event(case: Case, anchor: str, *, at: datetime | None = None) -> int:
    """Something happened (delivered, customer replied, choice, fixed): steps that wait for it get their due time.

    Steps that came again and again until then are left out from now on. Returns how many got their time.
    """
    at = at or timezone.now()
    with transaction.atomic():
        actions.lock(case)
        treatment = queries.live_treatment(case)
        if treatment is None:
            return 0
        calendar = calendar_of(case.shop)
        for step in treatment.steps.filter(until=anchor, state__in=sorted(LIVE_STEP)).select_related("message"):
            leave_out(step, _("No longer needed."), by=None, now=at)
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


def refuse_locked(step: TreatmentStep) -> None:
    """Raise Refused while another step must be done first."""
    if gate := locked_by(step, list(step.treatment.steps.order_by("position", "pk"))):
        raise Refused(_("First: %(step)s") % {"step": gate.title_text})


def complete(step: TreatmentStep, *, by: User | None, note: str = "", now: datetime | None = None) -> None:
    """Mark a step as done. Refused while another step locks it; Stale where somebody was first."""
    now = now or timezone.now()
    with transaction.atomic():
        fresh = actions.lock(step.case)  # always the case first: two writers never wait for each other
        refuse_locked(step)
        refuse_unsaid(step)
        move_step(step, StepState.DONE, LIVE_STEP, done_at=now, done_by=by, note=note)
        events.add_event(
            step.case, events.STEP_DONE, by=by, at=now, step=step.key, playbook=step.playbook_code, note=note
        )
        calendar = calendar_of(step.case.shop)
        again(step, calendar, now)
        settle_due(step.treatment, calendar, now)
        note_answered(step, fresh, by, now)


def note_answered(step: TreatmentStep, fresh: Case, by: User | None, now: datetime) -> None:
    """The first answer takes an open case to "acknowledged" (domain.md 0.3); bookings have no such state."""
    if step.purpose in ANSWERS and fresh.state == State.OPEN and fresh.kind != Kind.BOOKING:
        actions.set_state(fresh, State.ACKNOWLEDGED, actor=Actor.STAFF if by else Actor.SYSTEM, by=by, at=now)
        step.case.state = fresh.state


def again(step: TreatmentStep, calendar: Calendar, now: datetime) -> None:
    """A step that repeats gets its next turn, in opening time, until its event comes or the treatment ends.

    News while waiting comes at least as often as the severity asks (domain.md 2.4).
    """
    if not step.repeat_h:
        return
    every = timedelta(hours=step.repeat_h)
    if step.purpose == Purpose.STATUS:
        every = min(every, limits(step.case.severity, spreading=step.case.is_spreading).update_every)
    next_turn(step, calendar.next_open(now + every)).save(force_insert=True)


def skip(
    step: TreatmentStep, reason: str, *, by: User | None, now: datetime | None = None, come_again: bool = False
) -> None:
    """Leave a step out, with a reason; its message, if any has not gone, is cancelled.

    come_again: only this turn of a repeated step is left out.
    """
    if not reason.strip():
        raise Refused(_("Say why this step is skipped."))
    refuse_skip(step)
    now = now or timezone.now()
    with transaction.atomic():
        actions.lock(step.case)
        leave_out(step, reason, by=by, now=now)
        calendar = calendar_of(step.case.shop)
        if come_again:
            again(step, calendar, now)
        settle_due(step.treatment, calendar, now)


def leave_out(step: TreatmentStep, reason: str, *, by: User | None, now: datetime) -> None:
    """Skip one step without settling the others."""
    move_step(step, StepState.SKIPPED, LIVE_STEP, done_at=now, done_by=by, skip_reason=reason[:300])
    if step.message and not outbox.has_gone_out(step.message):
        outbox.cancel(step.message, reason, by=by, now=now)
    events.add_event(
        step.case, events.STEP_SKIPPED, by=by, at=now, step=step.key, playbook=step.playbook_code, reason=reason
    )


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
