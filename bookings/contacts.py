"""The few messages of a booking: drafted and approved at agreement, then given their turn one after the other.

Terms, one reminder, one check-in, one release note. A message gets its turn only when the one before it has left or has
been skipped, so that a worker that slept sends nothing out of order and nothing in a burst.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bookings import clock, words
from bookings.models import Booking
from cases import actions, events
from messaging import tone
from messaging.enums import (
    BOOKING_CONTACTS,
    NEVER_SENT,
    PENDING,
    QUEUED,
    WENT_OUT,
    MessageState,
    Purpose,
    WaitingFor,
)
from messaging.guarding import approve
from messaging.models import Message
from messaging.outbox import move
from messaging.quiet import Quiet, quiet_of
from messaging.words import render, values_for
from playbooks import compose, treatments
from playbooks.drafts import SHOP_INITIATED, language_of, message_for
from playbooks.enums import LIVE_STEP, SystemAction
from playbooks.models import Treatment, TreatmentStep, in_language
from playbooks.queries import live_treatment
from shops.calendar import calendar_of
from shops.models import Member

NOTE_EXPIRES = timedelta(hours=48)
# Approved, but no worker looks at a row without next_try_at: it waits for its turn.
HELD = Q(state=MessageState.WAITING, waiting_for=WaitingFor.TIME, next_try_at=None)
PLANNED = (Purpose.BOOKING_TERMS, Purpose.BOOKING_REMINDER, Purpose.CHECK_IN, Purpose.RELEASE)


def locked(booking: Booking) -> Booking:
    """The booking as it is now, its case locked until the transaction ends: every change of a booking starts here."""
    actions.lock(booking.case)
    return Booking.objects.select_related("case__shop", "case__customer", "case__order", "customer", "shop").get(
        pk=booking.pk
    )


def hours_of(booking: Booking) -> Quiet:
    """The quiet hours that hold for this customer."""
    return quiet_of(booking.shop, booking.customer)


def steps_of(treatment: Treatment) -> QuerySet[TreatmentStep]:
    """The treatment's steps with everything a draft needs."""
    related = ("treatment", "case__shop", "case__customer", "case__order", "message")
    return treatment.steps.select_related(*related).order_by("position")


def live_steps(booking: Booking) -> list[TreatmentStep]:
    """Steps of the booking's treatment that are still to be done."""
    treatment = live_treatment(booking.case)
    return [step for step in steps_of(treatment) if step.is_live] if treatment else []


def live_step(booking: Booking, purpose: str) -> TreatmentStep | None:
    """The step that is to say this, None where it is done, skipped or missing."""
    return next((step for step in live_steps(booking) if step.purpose == purpose), None)


# --- at agreement -----------------------------------------------------------------------------------------------------


def moments(booking: Booking) -> dict[str, datetime]:
    """When each message is due."""
    return {
        Purpose.BOOKING_TERMS: booking.agreed_at,
        Purpose.BOOKING_REMINDER: booking.reminder_at,
        Purpose.CHECK_IN: booking.check_in_at,
        Purpose.RELEASE: clock.shifted(booking.release_at, hours_of(booking)),
    }


def expiries(booking: Booking) -> dict[str, datetime]:
    """After which moment a message makes no sense: a reminder at the time of the check-in, a note two days late."""
    return {
        Purpose.BOOKING_REMINDER: booking.check_in_at,
        Purpose.RELEASE: moments(booking)[Purpose.RELEASE] + NOTE_EXPIRES,
    }


def leave_out_the_rest(treatment: Treatment, now: datetime) -> None:
    """Skip what an edited playbook adds beyond the planned messages: never a third contact, by no rule (S3-08)."""
    seen: set[str] = set()
    for step in steps_of(treatment):
        if not step.is_live or step.purpose not in {*SHOP_INITIATED, *PLANNED}:
            continue
        if step.purpose in seen or step.purpose not in PLANNED:
            treatments.skip(step, _("A booking gets one reminder and one check-in, no more."), by=None, now=now)
        seen.add(step.purpose)


def set_times(booking: Booking, now: datetime) -> None:
    """Give the live steps the plan's times."""
    treatment = live_treatment(booking.case)
    if treatment is None:
        return
    due = moments(booking)
    steps = [step for step in steps_of(treatment) if step.is_live]
    for step in steps:
        step.due_at = (
            booking.release_at if step.action == SystemAction.RELEASE_BOOKING else due.get(step.purpose, step.due_at)
        )
    TreatmentStep.objects.bulk_update(steps, ["due_at"])
    treatments.settle_due(treatment, calendar_of(booking.shop), now)


def draft_all(booking: Booking, now: datetime) -> None:
    """Draft every planned message that has not gone, with the booking's values and times as they are now."""
    for step in live_steps(booking):
        if step.purpose not in PLANNED:
            continue
        language = language_of(booking.case)
        message = message_for(step, words.values(booking, language), now)
        filled = values_for(booking.case, language, words.values(booking, language), now)
        take_back(message, render(in_language(step.body, language), filled).text, booking)


def take_back(message: Message, body: str, booking: Booking) -> bool:
    """Make a draft of a message again, with new words and times; False where it has left (or is just leaving)."""
    due = moments(booking)[message.purpose] if message.purpose in SHOP_INITIATED else None
    changes = {
        "state": MessageState.DRAFT,
        "waiting_for": WaitingFor.NOTHING,
        "next_try_at": None,
        "claimed_at": None,
        "body": body,
        "due_at": due,
        "expires_at": expiries(booking).get(message.purpose),
    }
    free = Q(state__in=sorted(PENDING)) | Q(state=MessageState.SENDING, passed_at=None)
    return Message.objects.filter(free, pk=message.pk).update(**changes) == 1


def drafts(booking: Booking) -> list[Message]:
    """What waits for approval, in the order it will be said."""
    rows = list(booking.case.messages.filter(purpose__in=PLANNED, state=MessageState.DRAFT).prefetch_related("steps"))
    return sorted(rows, key=lambda message: (PLANNED.index(Purpose(message.purpose)), message.pk))


def check(message: Message, body: str) -> tone.Report:
    """The tone guard's report on a planned message."""
    needs, context = guard_facts(message)
    return tone.check(body, needs=needs, context=context)


def guard_facts(message: Message) -> tuple[tuple[str, ...], Mapping[str, object]]:
    """Required elements and context for the guard."""
    step = next(iter(message.steps.all()), None)
    if step is None:
        return (), {"purpose": message.purpose}
    return compose.needs_of(step), compose.context_of(step)


def schedule(
    booking: Booking, bodies: Mapping[int, str], *, by: Member, send_anyway: bool = False, now: datetime | None = None
) -> None:
    """Approve the drafts with these words (by message pk) for their times. Refused, GuardRefused: see approve."""
    for message in drafts(booking):
        needs, context = guard_facts(message)
        body = bodies.get(message.pk, message.body)
        move(message, {MessageState.DRAFT}, {"body": body})
        approve(message, by=by, needs=needs, context=context, send_anyway=send_anyway, now=now)
        if message.purpose in BOOKING_CONTACTS:
            hold_back(message)


def hold_back(message: Message) -> None:
    """Keep an approved message until its turn (HELD)."""
    changes = {"state": MessageState.WAITING, "waiting_for": WaitingFor.TIME, "next_try_at": None}
    move(message, QUEUED, changes)


# --- as time goes by --------------------------------------------------------------------------------------------------


def note(booking: Booking) -> None:
    """Write down what has left; a check-in that left late moves the release, so that a gap lies between them."""
    rows = booking.case.messages.filter(purpose__in=PLANNED, state__in=sorted(WENT_OUT)).order_by("-sent_at")
    sent = dict(rows.values_list("purpose", "sent_at"))  # the earliest of each purpose wins
    booking.terms_sent_at = booking.terms_sent_at or sent.get(Purpose.BOOKING_TERMS)
    booking.reminded_at = sent.get(Purpose.BOOKING_REMINDER)
    booking.checked_in_at = sent.get(Purpose.CHECK_IN)
    booking.save(update_fields=["terms_sent_at", "reminded_at", "checked_in_at"])
    if booking.checked_in_at and booking.is_open:
        gap = clock.gap_of(booking.hold)
        move_release(booking, clock.add_waking(booking.checked_in_at, gap, hours_of(booking)))


def move_release(booking: Booking, at: datetime) -> None:
    """Release not before `at`; never earlier than planned. The step and the note follow."""
    if at <= booking.release_at:
        return
    booking.release_at = at
    booking.save(update_fields=["release_at"])
    set_due(booking, Q(action=SystemAction.RELEASE_BOOKING), at)
    note_at = moments(booking)[Purpose.RELEASE]
    set_due(booking, Q(purpose=Purpose.RELEASE), note_at)
    waiting = booking.case.messages.filter(purpose=Purpose.RELEASE, state__in=sorted(PENDING))
    waiting.update(due_at=note_at, expires_at=note_at + NOTE_EXPIRES)


def set_due(booking: Booking, which: Q, at: datetime) -> None:
    """A new due time for live steps of the booking's treatment."""
    TreatmentStep.objects.filter(which, case=booking.case, state__in=sorted(LIVE_STEP)).update(due_at=at)


def skip_spent(booking: Booking, now: datetime) -> None:
    """Skip steps whose message can no more go, or came too late to make sense, with the reason."""
    for step in live_steps(booking):
        message = step.message
        if message is None or step.purpose not in PLANNED:
            continue
        if message.state in NEVER_SENT:
            treatments.skip(step, message.last_error or str(message.get_state_display()), by=None, now=now)
        elif message.state in PENDING and message.expires_at and message.expires_at <= now:
            treatments.skip(step, _("It would have come too late to make sense."), by=None, now=now)


def give_turn(booking: Booking, now: datetime) -> None:
    """Let the next contact go: the reminder once the terms were said, the check-in once the reminder is settled.

    A gap lies between any two, however late the one before was.
    """
    if booking.terms_sent_at is None or live_terms(booking):
        return
    quiet, gap, before = hours_of(booking), clock.gap_of(booking.hold), booking.terms_sent_at
    for purpose, planned in ((Purpose.BOOKING_REMINDER, booking.reminder_at), (Purpose.CHECK_IN, booking.check_in_at)):
        message = booking.case.messages.filter(HELD, purpose=purpose).first()
        if message:
            due = max(planned, clock.shifted(clock.add_waking(before, gap, quiet), quiet))
            let_go(message, due)
            set_due(booking, Q(purpose=purpose), due)
            return
        if live_step(booking, purpose):
            return  # on its way, or not approved yet: the next one waits
        before = booking.reminded_at or before


def live_terms(booking: Booking) -> bool:
    """True while words about the limit still wait to be said."""
    return booking.case.messages.filter(purpose=Purpose.BOOKING_TERMS, state__in=sorted(PENDING)).exists()


def let_go(message: Message, due: datetime, expires_at: datetime | None = None) -> bool:
    """Put an approved message that was held back into the queue, due at `due`; False where it was not held."""
    changes: dict[str, object] = {"next_try_at": due, "due_at": due}
    if expires_at:
        changes["expires_at"] = expires_at
    return Message.objects.filter(HELD, pk=message.pk).update(**changes) == 1


def say(booking: Booking, what: str, *, now: datetime, by: object = None, actor: str = "", **data: object) -> None:
    """One line on the timeline about the booking itself."""
    events.add_event(booking.case, events.BOOKING, by=by, actor=actor, at=now, what=what, **data)  # type: ignore[arg-type]
