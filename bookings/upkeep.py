"""The tick's round of all bookings: note what left, skip what came too late, give the next message its turn."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import actions, contacts, waiting
from bookings.enums import Outcome
from bookings.models import Booking, WaitingEntry
from cases.enums import UNENDED, Actor, Kind, State
from messaging.enums import NEVER_SENT, PENDING, WENT_OUT, Purpose
from messaging.models import Message
from playbooks import closing, treatments
from playbooks.enums import LIVE_STEP
from playbooks.models import TreatmentStep

log = logging.getLogger(__name__)

LIMIT = 500
M = TypeVar("M", bound=Model)


def upkeep(now: datetime | None = None) -> Counter[str]:
    """One round; a bad row is logged and does not stop the rest. Safe to run twice at once."""
    now = now or timezone.now()
    report: Counter[str] = Counter()
    go_round("bookings", waiting_for_us(now), look_after, now, report)
    go_round("bookings_closed", ready_to_close(), close, now, report)
    go_round("offers", offers_to_move(now), move_on, now, report)
    return report


def go_round(
    name: str, rows: QuerySet[M], act: Callable[[M, datetime], None], now: datetime, report: Counter[str]
) -> None:
    """Do this to each row, counted under this name."""
    for row in rows[:LIMIT]:
        try:
            act(row, now)
            report[name] += 1
        except Exception:  # one bad row must not stop the rest
            log.exception("%s %s", name, row.pk)
            report["errors"] += 1


def waiting_for_us(now: datetime) -> QuerySet[Booking]:
    """Bookings where something left, came too late, or waits for its turn.

    Five small queries instead of one with OR: each starts from the few open bookings, never from all messages.
    """
    reasons = (unnoted(), reminder_s_turn(), check_in_s_turn(), limit_passed(now), spent(now))
    found = {pk for rows in reasons for pk in rows.values_list("pk", flat=True)[:LIMIT]}
    return Booking.objects.filter(pk__in=found).select_related("case").order_by("release_at", "pk")


def opened() -> QuerySet[Booking]:
    """Open bookings (index bookings_open)."""
    return Booking.objects.filter(outcome=Outcome.OPEN)


def unnoted() -> QuerySet[Booking]:
    """A message left that the booking does not know of."""
    missing = Q(case__messages__purpose=Purpose.BOOKING_TERMS, terms_sent_at=None)
    missing |= Q(case__messages__purpose=Purpose.BOOKING_REMINDER, reminded_at=None)
    missing |= Q(case__messages__purpose=Purpose.CHECK_IN, checked_in_at=None)
    return opened().filter(missing, case__messages__state__in=sorted(WENT_OUT))


def held(purpose: str) -> Q:
    """This message is approved and waits for its turn."""
    waits = Message.objects.filter(contacts.HELD, case=OuterRef("case"), purpose=purpose)
    return Q(Exists(waits), terms_sent_at__isnull=False)


def reminder_s_turn() -> QuerySet[Booking]:
    return opened().filter(held(Purpose.BOOKING_REMINDER))


def check_in_s_turn() -> QuerySet[Booking]:
    reminder = TreatmentStep.objects.filter(case=OuterRef("case"), state__in=sorted(LIVE_STEP))
    ahead = reminder.filter(purpose=Purpose.BOOKING_REMINDER)
    return opened().filter(held(Purpose.CHECK_IN)).exclude(Exists(ahead))


def limit_passed(now: datetime) -> QuerySet[Booking]:
    """The limit has passed and the check-in has not left: P12 locks the release step meanwhile."""
    live = {"case__steps__state__in": sorted(LIVE_STEP), "case__steps__purpose": Purpose.CHECK_IN}
    return opened().filter(release_at__lte=now, **live)


def spent(now: datetime) -> QuerySet[Booking]:
    """A live step whose message can no more go, or came too late."""
    late = Q(case__steps__message__state__in=sorted(PENDING), case__steps__message__expires_at__lte=now)
    gone = late | Q(case__steps__message__state__in=sorted(NEVER_SENT))
    live = {"case__steps__state__in": sorted(LIVE_STEP), "case__steps__purpose__in": contacts.PLANNED}
    return Booking.objects.filter(gone, case__state__in=sorted(UNENDED), case__kind=Kind.BOOKING, **live)


def look_after(booking: Booking, now: datetime) -> None:
    """Bring one booking up to date, under the lock of its case."""
    with transaction.atomic():
        booking = contacts.locked(booking)
        treatments.catch_up(case=booking.case, now=now)
        contacts.skip_spent(booking, now)
        if not booking.is_open:
            return
        contacts.note(booking)
        contacts.give_turn(booking, now)
        if booking.release_at <= now and contacts.live_step(booking, Purpose.CHECK_IN):
            actions.hindered(booking, now)  # P12 locks the release step while the check-in waits


def ready_to_close() -> QuerySet[Booking]:
    """Released bookings whose soft note has left or was skipped."""
    note = TreatmentStep.objects.filter(case=OuterRef("case"), purpose=Purpose.RELEASE, state__in=sorted(LIVE_STEP))
    rows = Booking.objects.filter(outcome=Outcome.RELEASED, case__state=State.RESOLVED)
    return rows.exclude(Exists(note)).select_related("case").order_by("ended_at", "pk")


def close(booking: Booking, now: datetime) -> None:
    """Everything is said: the case ends as well."""
    with transaction.atomic():
        booking = contacts.locked(booking)
        if booking.case.state == State.RESOLVED:
            closing.close(booking.case, State.CLOSED_NO_REPLY, actor=Actor.SYSTEM, at=now)


def offers_to_move(now: datetime) -> QuerySet[WaitingEntry]:
    """Offers whose message left (their hold starts), could not be said, or whose hold ran out."""
    rows = WaitingEntry.objects.filter(offered_at__isnull=False, taken_at=None, gone_at=None)
    told = Q(offer_until=None, message__state__in=sorted(WENT_OUT))
    unsaid = Q(message__state__in=sorted(NEVER_SENT)) | Q(
        message__state__in=sorted(PENDING), message__expires_at__lte=now
    )
    rows = rows.filter(told | unsaid | Q(offer_until__lte=now))
    return rows.select_related("shop", "customer", "message", "freed_by__shop").order_by(F("offered_at"), "pk")


def move_on(entry: WaitingEntry, now: datetime) -> None:
    """Start the short hold, or tell the next in line."""
    message = entry.message
    if entry.offer_until is None and message and message.sent_at:
        waiting.start_hold(entry, message.sent_at)
    else:
        waiting.leave(entry, now=now, why=_("The hold of this place in the line is over."))
