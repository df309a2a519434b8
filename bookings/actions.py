"""What may happen to a booking: agreed, scheduled, answered, extended once, paid, cancelled, released.

Every change locks the case first, as the outbox does in its last look: a payment, a reminder and a release at the same
moment have one outcome, and nothing leaves after a payment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import clock, contacts, waiting, words
from bookings.contacts import locked, say
from bookings.enums import Outcome, PaidWhen
from bookings.models import Booking, WaitingEntry
from cases import actions, events
from cases.actions import Refused
from cases.enums import Actor, Kind, Severity, State
from cases.models import Case
from messaging import inbound
from messaging.channels import carrier_of
from messaging.enums import Direction, Purpose
from messaging.models import Message
from messaging.quiet import quiet_of
from messaging.words import render, values_for
from playbooks import closing, treatments
from playbooks.drafts import contact_for, language_of
from playbooks.enums import Failure, SystemAction
from playbooks.models import TreatmentStep
from playbooks.routing import Facts
from shops import queries as books
from shops.enums import Channel
from shops.models import Customer, Member, Order, Shop, User


@dataclass(frozen=True)
class Deal:
    """What was agreed. price in rupiah for one; words: what the customer wrote, if it was pasted."""

    customer: Customer
    item: str
    price: int
    quantity: int = 1
    hold: timedelta = timedelta(hours=24)
    channel: str = Channel.WHATSAPP
    words: str = ""
    agreed_at: datetime | None = None
    intake_key: str = ""
    entry: WaitingEntry | None = None


def agree(shop: Shop, deal: Deal, *, by: User | None, now: datetime | None = None) -> Booking:
    """Keep an item for a customer: case, booking, treatment with the plan's times, and every message drafted.

    The same intake_key again returns the booking stored the first time. Refused: P12 is not loaded.
    """
    now = now or timezone.now()
    try:
        with transaction.atomic():
            booking = store(shop, deal, by=by, now=now)
            treatment = treatments.start(booking.case, facts_of(booking), by=by, now=now)
            contacts.leave_out_the_rest(treatment, now)
            contacts.set_times(booking, now)
            contacts.draft_all(booking, now)
            if deal.entry:
                waiting.take(deal.entry, now=now)
    except IntegrityError:
        known = Booking.objects.filter(shop=shop, case__intake_key=deal.intake_key or None).first()
        if known is None:
            raise
        return known
    return booking


def store(shop: Shop, deal: Deal, *, by: User | None, now: datetime) -> Booking:
    """The case and the booking with its times."""
    agreed_at = deal.agreed_at or now
    case = Case.objects.create(
        shop=shop,
        kind=Kind.BOOKING,
        intake_key=deal.intake_key,
        customer=deal.customer,
        channel=deal.channel,
        headline=" ".join((deal.words or deal.item).split())[:280],
        severity=Severity.S1,
        standing=books.standing_of(deal.customer, now),
        opened_at=agreed_at,
        created_by=by,
    )
    events.add_event(case, events.OPENED, by=by, at=now, channel=deal.channel)
    quiet = quiet_of(shop, deal.customer)
    times = clock.plan_in(agreed_at, deal.hold, quiet)
    return Booking.objects.create(
        shop=shop,
        case=case,
        customer=deal.customer,
        item=deal.item,
        price=deal.price,
        quantity=deal.quantity,
        agreed_at=agreed_at,
        hold=deal.hold,
        zone=quiet.zone.key,
        reminder_at=times.reminder_at,
        check_in_at=times.check_in_at,
        release_at=times.release_at,
    )


def facts_of(booking: Booking) -> Facts:
    """What routing may know."""
    case = booking.case
    return Facts(
        kind=Kind.BOOKING,
        failure=Failure.UNPAID_BOOKING,
        severity=case.severity,
        standing=case.standing,
        channel=case.channel,
        order_value=booking.total,
    )


def schedule(
    booking: Booking,
    bodies: Mapping[int, str],
    *,
    by: Member,
    told: bool = False,
    send_anyway: bool = False,
    now: datetime | None = None,
) -> None:
    """Agree and schedule: approve the drafts for their times. told: the terms were said already, in the chat.

    Refused, GuardRefused: nothing is scheduled.
    """
    now = now or timezone.now()
    with transaction.atomic():
        booking = locked(booking)
        refuse_ended(booking)
        if told and (step := contacts.live_step(booking, Purpose.BOOKING_TERMS)):
            treatments.skip(step, _("Told in the chat already."), by=by.user, now=now)
            Booking.objects.filter(pk=booking.pk, terms_sent_at=None).update(terms_sent_at=now)
        contacts.schedule(booking, bodies, by=by, send_anyway=send_anyway, now=now)


def refuse_ended(booking: Booking) -> None:
    """Raise Refused for a booking that is over."""
    if not booking.is_open:
        outcome = booking.get_outcome_display()
        raise Refused(_("This booking has ended: %(outcome)s. Make a new one instead.") % {"outcome": outcome})


# --- what the customer does -------------------------------------------------------------------------------------------


def customer_replied(
    case: Case, text: str, channel: str, *, by: User | None = None, at: datetime | None = None, key: str = ""
) -> Message:
    """Log an answer. To a reminder or check-in it counts: nobody asks again, and only a person ends the booking.

    The same `key` again returns the answer stored the first time.
    """
    at = at or timezone.now()
    key = f"in:{case.code}:{key or at.timestamp()}"
    with transaction.atomic():
        booking = locked(case.booking)
        if known := Message.objects.filter(shop_id=case.shop_id, key=key).first():
            return known
        message = inbound.keep(booking.case, text, channel, at, key=key)
        events.add_event(booking.case, events.MESSAGE_IN, by=by, actor=Actor.CUSTOMER, at=at, message=message.pk)
        if booking.is_open:
            contacts.note(booking)
            answered(booking, at)
    return message


def answered(booking: Booking, at: datetime) -> None:
    """Words before the first contact answer nothing; after it the check-in is not needed any more."""
    if not (booking.reminded_at or booking.checked_in_at):
        return
    if booking.replied_at is None:
        booking.replied_at = at
        booking.save(update_fields=["replied_at"])
    if step := contacts.live_step(booking, Purpose.CHECK_IN):
        treatments.skip(step, _("They answered."), by=None, now=at)


def paid(booking: Booking, *, by: User | None, now: datetime | None = None) -> None:
    """The customer paid: whatever was still planned is cancelled at once, even in a worker's hands. Twice is once."""
    now = now or timezone.now()
    with transaction.atomic():
        booking = locked(booking)
        if booking.outcome == Outcome.PAID:
            return
        refuse_ended(booking)
        contacts.note(booking)
        booking.paid_when = when_paid(booking)
        booking.order = order_of(booking, now)
        Case.objects.filter(pk=booking.case_id).update(order=booking.order)
        booking.save(update_fields=["paid_when", "order"])
        end(booking, Outcome.PAID, State.CONFIRMED, actor=Actor.CUSTOMER, by=by, now=now)


def when_paid(booking: Booking) -> str:
    """At which point of the funnel (domain.md 6.10)."""
    if booking.checked_in_at:
        return PaidWhen.AFTER_CHECK_IN
    return PaidWhen.AFTER_REMINDER if booking.reminded_at else PaidWhen.BEFORE_REMINDER


def order_of(booking: Booking, now: datetime) -> Order:
    """The paid booking in the shop's books, so that whatever happens later has an order to speak of."""
    order, _made = Order.objects.get_or_create(
        shop_id=booking.shop_id,
        number=f"B-{booking.case.code}",
        defaults={
            "customer": booking.customer,
            "channel": booking.case.channel,
            "item": booking.item,
            "quantity": booking.quantity,
            "total": booking.total,
            "placed_at": booking.agreed_at,
            "paid_at": now,
            "wanted": booking.item[:120],
        },
    )
    return order


def cancelled(booking: Booking, *, by: User | None, why: str = "", now: datetime | None = None) -> None:
    """They changed their mind, or a person lets it go after talking: fine. The item is free for the next in line."""
    now = now or timezone.now()
    with transaction.atomic():
        booking = locked(booking)
        if booking.outcome == Outcome.CANCELLED:
            return
        refuse_ended(booking)
        contacts.note(booking)
        end(booking, Outcome.CANCELLED, State.WITHDRAWN, actor=Actor.CUSTOMER, by=by, now=now, why=why)
        waiting.offer(booking, now=now)


def end(
    booking: Booking, outcome: str, state: str, *, actor: str, by: User | None, now: datetime, why: str = ""
) -> None:
    """Write down the outcome, close the case, stop the treatment with every message that has not left."""
    booking.outcome, booking.ended_at = outcome, now
    booking.save(update_fields=["outcome", "ended_at"])
    say(booking, outcome, now=now, by=by, why=why)
    closing.close(booking.case, state, actor=actor, by=by, note=why, at=now)


def extend(booking: Booking, *, by: User, now: datetime | None = None) -> Booking:
    """ "Ada halangan": keep it for one more window, once, no proof asked. New words wait for approval (schedule)."""
    now = now or timezone.now()
    with transaction.atomic():
        booking = locked(booking)
        refuse_ended(booking)
        if booking.extended_at:
            raise Refused(_("This hold was extended once already. Talk to them, then choose Paid or Cancelled."))
        contacts.note(booking)
        new_times(booking, now)
        say(booking, "extended", now=now, by=by, until=booking.release_at)
        contacts.set_times(booking, now)
        contacts.draft_all(booking, now)
        draft_extended(booking)
    return booking


def new_times(booking: Booking, now: datetime) -> None:
    """One more window after the old limit; contacts that were made are not made again."""
    times = clock.plan_in(max(now, booking.release_at), booking.hold, contacts.hours_of(booking))
    booking.extended_at, booking.release_at = now, times.release_at
    if booking.reminded_at is None and booking.checked_in_at is None:
        booking.reminder_at = times.reminder_at
    if booking.checked_in_at is None:
        booking.check_in_at = times.check_in_at
    if booking.reminded_at or booking.checked_in_at:
        booking.replied_at = booking.replied_at or now
    booking.save(update_fields=["extended_at", "reminder_at", "check_in_at", "release_at", "replied_at"])


def draft_extended(booking: Booking) -> Message:
    """The answer to "ada halangan": kept until then. It tells the new limit."""
    case, language = booking.case, language_of(booking.case)
    point = contact_for(case)
    filled = values_for(case, language, words.values(booking, language))
    return Message.objects.create(
        shop_id=case.shop_id,
        key=f"extended:{booking.pk}",
        case=case,
        customer=booking.customer,
        contact_point=point,
        direction=Direction.OUT,
        channel=point.channel if point else case.channel,
        carrier=carrier_of(point.channel if point else ""),
        purpose=Purpose.BOOKING_TERMS,
        address=point.address if point else "",
        language=language,
        subject=booking.item[:160],
        body=render(words.EXTENDED["id" if language == "id" else "en"], filled).text,
    )


# --- what time does ---------------------------------------------------------------------------------------------------


def release(step: TreatmentStep, now: datetime) -> None:
    """The limit has passed: put the item back on sale, or say why this needs a person. Called with P12's release step.

    Released only where the limit was told and has passed, the check-in has left, nothing was paid and nobody answered.
    """
    with transaction.atomic():
        booking = locked(Booking.objects.select_related("case").get(case_id=step.case_id))
        step = TreatmentStep.objects.select_related("treatment", "case__shop", "message").get(pk=step.pk)
        if not (step.is_live and booking.is_open):
            return
        treatments.catch_up(case=booking.case, now=now)
        contacts.skip_spent(booking, now)
        contacts.note(booking)
        if booking.release_at <= now and not hindered(booking, now):
            release_now(booking, step, now)


def hindered(booking: Booking, now: datetime) -> bool:
    """True where the limit has passed, but a person must decide or the check-in comes first."""
    if reason := needs_a_person(booking):
        leave_to_a_person(booking, reason, now)
    elif booking.checked_in_at is None:
        postpone(booking, now)
    else:
        return False
    return True


def needs_a_person(booking: Booking) -> str:
    """Why the system may not release this by itself, "" where it may."""
    if booking.terms_sent_at is None:
        return _("The limit was never told, so nothing is released by itself.")
    if booking.replied_at:
        return _("They answered, so a person decides.")
    if booking.checked_in_at is None and contacts.live_step(booking, Purpose.CHECK_IN) is None:
        return _("The check-in did not go out, so nothing is released by itself.")
    return ""


def leave_to_a_person(booking: Booking, reason: str, now: datetime) -> None:
    """Skip what is left, with the reason; the booking stays open until somebody decides."""
    for step in contacts.live_steps(booking):
        if step.action == SystemAction.RELEASE_BOOKING or step.purpose in contacts.PLANNED:
            treatments.skip(step, reason, by=None, now=now)
    say(booking, "decide", now=now, why=reason)


def postpone(booking: Booking, now: datetime) -> None:
    """The check-in has not left yet: the release follows it, never the other way round."""
    quiet = contacts.hours_of(booking)
    contacts.move_release(booking, clock.add_waking(clock.shifted(now, quiet), clock.gap_of(booking.hold), quiet))


def release_now(booking: Booking, step: TreatmentStep, now: datetime) -> None:
    """Stock back, the waiting list first, then the soft note to the customer."""
    booking.outcome, booking.ended_at = Outcome.RELEASED, now
    booking.save(update_fields=["outcome", "ended_at"])
    say(booking, Outcome.RELEASED, now=now)
    actions.set_state(booking.case, State.RESOLVED, actor=Actor.SYSTEM, at=now)
    treatments.complete(step, by=None, now=now)
    waiting.offer(booking, now=now)
    note = booking.case.messages.filter(purpose=Purpose.RELEASE).first()
    if note:
        due = clock.shifted(now, contacts.hours_of(booking))
        contacts.let_go(note, due, due + contacts.NOTE_EXPIRES)


def resold(booking: Booking, *, by: User | None, now: datetime | None = None) -> None:
    """The item was sold to somebody else after all; noted once."""
    now = now or timezone.now()
    if booking.outcome not in (Outcome.RELEASED, Outcome.CANCELLED):
        raise Refused(_("Only an item that went back on sale can be sold again."))
    if Booking.objects.filter(pk=booking.pk, resold_at=None).update(resold_at=now):
        say(booking, "resold", now=now, by=by)
