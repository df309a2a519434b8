"""The outbox: claim, commit, look again, send, settle. Nothing is lost and nothing is sent twice.

Customer messages go out at most once: a worker that dies after the last look leaves an `unconfirmed` row for staff.
Internal notices go out at least once; a unique key stops doubles. Any number of workers may run; losers walk away.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import events
from cases.actions import Refused, Stale, first_reply_sent
from cases.models import Case
from messaging.channels import CHANNELS, Outcome, Rejected, TryAgain
from messaging.enums import NEEDS_STAFF, PENDING, QUEUED, WENT_OUT, Direction, MessageState, Purpose, WaitingFor
from messaging.models import Message
from messaging.recheck import Hold, Stop, look_again
from shops.models import ContactPoint, User

log = logging.getLogger(__name__)

BATCH = 20
STUCK_AFTER = timedelta(minutes=5)
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180)]
NOT_A_REPLY = {Purpose.ACKNOWLEDGEMENT, Purpose.STAFF_NOTICE, Purpose.SURVEY}


def move(message: Message, allowed: Collection[str], changes: Mapping[str, Any]) -> None:
    """Change a message if it is still in an allowed state; else Stale: somebody or some worker was first."""
    if Message.objects.filter(pk=message.pk, state__in=list(allowed)).update(**changes) != 1:
        raise Stale(_("This message has changed meanwhile. Look at it again."))
    for name, value in changes.items():
        setattr(message, name, value)


# --- the tick ---------------------------------------------------------------------------------------------------------


def deliver_due(now: datetime | None = None, *, limit: int = 2000) -> Counter[str]:
    """Deliver every message whose time has come, at most `limit`; returns counts by what became of them."""
    clock = fixed(now) if now else timezone.now
    report: Counter[str] = Counter(sweep(clock()))
    for message in claimed(clock, limit):
        try:
            report[deliver(message, clock())] += 1
        except Exception:  # one bad row must not stop the rest
            log.exception("message %s", message.pk)
            report["errors"] += 1
    return report


def fixed(now: datetime) -> Callable[[], datetime]:
    """A clock that stands still, for tests and for ticks by hand."""
    return lambda: now


def claimed(clock: Callable[[], datetime], limit: int) -> Iterator[Message]:
    """Due messages, each claimed for this worker alone, in small batches."""
    left = limit
    while left > 0:
        batch = claim(clock(), min(BATCH, left))
        if not batch:
            return
        left -= len(batch)
        yield from batch


def claim(now: datetime, size: int) -> list[Message]:
    """Take up to `size` due rows: READY or WAITING -> SENDING, committed before anything else happens."""
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        due = Message.objects.filter(state__in=sorted(QUEUED), next_try_at__lte=now).order_by("next_try_at", "id")
        ids = list(due.select_for_update(skip_locked=skip).values_list("pk", flat=True)[:size])
        Message.objects.filter(pk__in=ids).update(state=MessageState.SENDING, claimed_at=now, passed_at=None)
    rows = Message.objects.filter(pk__in=ids, state=MessageState.SENDING).order_by("next_try_at", "id")
    return list(rows.select_related("shop", "case", "customer", "contact_point"))


def deliver(message: Message, now: datetime) -> str:
    """Look again, send, settle one claimed message; returns what became of it."""
    channel = CHANNELS[message.carrier]
    verdict = pass_gate(message, now)
    if verdict:
        return verdict
    if channel.send is None:
        raise TypeError("by-hand messages never pass the gate")
    try:
        outcome = channel.send(message)
    except TryAgain as fault:
        return retry_later(message, str(fault), now)
    except Rejected as fault:
        return fail(message, str(fault), now, address_is_bad=fault.address_is_bad)
    except Exception as fault:
        log.exception("message %s: doubtful", message.pk)
        return doubt(message, f"{type(fault).__name__}: {fault}", now)
    return settle_sent(message, outcome, now)


def pass_gate(message: Message, now: datetime) -> str:
    """The last look, under the lock of the case: "" lets the message through, else what became of it.

    A payment, an answer or a closing that committed before this moment stops the message; a later one finds it sent.
    """
    with transaction.atomic():
        if message.case_id:
            locked = Case.objects.select_for_update(of=("self",), no_key=True)
            message.case = locked.select_related("shop", "customer").get(pk=message.case_id)
        fresh = Message.objects.select_for_update().get(pk=message.pk)
        if fresh.state != MessageState.SENDING:
            return fresh.state  # taken back meanwhile
        verdict = look_again(message, now)
        if isinstance(verdict, Stop):
            return stop(message, verdict, now)
        if isinstance(verdict, Hold):
            return hold(message, verdict)
        if CHANNELS[message.carrier].by_hand:
            return hold(message, Hold(WaitingFor.HAND, None))
        move(message, {MessageState.SENDING}, {"passed_at": now, "attempts": message.attempts + 1})
    return ""


def stop(message: Message, verdict: Stop, now: datetime) -> str:
    """End a message that makes no sense any more, with the reason on the row and the timeline."""
    changes = {"state": verdict.state, "last_error": verdict.reason, "waiting_for": WaitingFor.NOTHING}
    move(message, {MessageState.SENDING}, changes)
    note(message, STOP_EVENTS[verdict.state], now, reason=verdict.reason)
    return verdict.state


STOP_EVENTS: dict[str, str] = {
    MessageState.CANCELLED: events.MESSAGE_CANCELLED,
    MessageState.EXPIRED: events.MESSAGE_EXPIRED,
    MessageState.FAILED: events.MESSAGE_FAILED,
    MessageState.DRAFT: events.MESSAGE_UNDONE,
}


def hold(message: Message, verdict: Hold) -> str:
    """Put a message back until a later time (None: until somebody acts)."""
    changes = {"state": MessageState.WAITING, "waiting_for": verdict.waiting_for, "next_try_at": verdict.until}
    move(message, {MessageState.SENDING}, {**changes, "claimed_at": None})
    return f"waiting_{verdict.waiting_for}"


def settle_sent(message: Message, outcome: Outcome, now: datetime) -> str:
    """Record that the channel took the message."""
    changes = {"state": MessageState.SENT, "sent_at": now, "external_id": outcome.external_id, "last_error": ""}
    move(message, {MessageState.SENDING}, {**changes, "waiting_for": WaitingFor.NOTHING})
    went_out(message, now)
    return MessageState.SENT


def went_out(message: Message, now: datetime) -> None:
    """What follows from a message that left: the timeline, and the first-reply clock stops."""
    note(message, events.MESSAGE_SENT, now)
    if message.case and message.direction == Direction.OUT and message.purpose not in NOT_A_REPLY:
        first_reply_sent(message.case, now)


def retry_later(message: Message, reason: str, now: datetime) -> str:
    """A passing fault: try again later, five times, unless it makes no sense by then."""
    if message.attempts > len(BACK_OFF):
        return fail(message, reason, now)
    at = now + BACK_OFF[message.attempts - 1]
    changes = {
        "state": MessageState.WAITING,
        "waiting_for": WaitingFor.RETRY,
        "next_try_at": at,
        "last_error": reason[:300],
    }
    move(message, {MessageState.SENDING}, {**changes, "claimed_at": None, "passed_at": None})
    return "retry"


def fail(message: Message, reason: str, now: datetime, *, address_is_bad: bool = False) -> str:
    """Final: staff see it on Today."""
    move(message, {MessageState.SENDING}, {"state": MessageState.FAILED, "last_error": reason[:300]})
    if address_is_bad and message.contact_point_id:
        ContactPoint.objects.filter(pk=message.contact_point_id).update(bounced_at=now)
    note(message, events.MESSAGE_FAILED, now, reason=reason[:300])
    return MessageState.FAILED


def doubt(message: Message, reason: str, now: datetime) -> str:
    """Nobody knows whether it went out: internal notices are retried, customer messages wait for staff."""
    if message.direction == Direction.INTERNAL:
        return retry_later(message, reason, now)
    move(message, {MessageState.SENDING}, {"state": MessageState.UNCONFIRMED, "last_error": reason[:300]})
    note(message, events.MESSAGE_UNCONFIRMED, now, reason=reason[:300])
    return MessageState.UNCONFIRMED


def sweep(now: datetime) -> Counter[str]:
    """Rows a dead worker left in `sending`: not passed the last look -> back in the queue; passed -> doubtful."""
    report: Counter[str] = Counter()
    stuck = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=now - STUCK_AFTER)
    back = {"state": MessageState.READY, "claimed_at": None}
    report["swept"] = stuck.filter(passed_at=None).update(**back)
    for message in stuck.exclude(passed_at=None).select_related("shop", "case"):
        try:
            report[doubt(message, "the worker stopped while sending", now)] += 1
        except Stale:
            continue
    return report


def note(message: Message, code: str, now: datetime, *, by: User | None = None, **data: Any) -> None:
    """One line on the case's timeline, where there is a case."""
    if message.case:
        events.add_event(message.case, code, by=by, at=now, message=message.pk, **data)


# --- what people do ---------------------------------------------------------------------------------------------------


def undo(message: Message, *, by: User) -> None:
    """Take a queued message back to draft; Stale where it has left already."""
    changes = {"state": MessageState.DRAFT, "waiting_for": WaitingFor.NOTHING, "next_try_at": None}
    with transaction.atomic():
        move(message, QUEUED, changes)
        note(message, events.MESSAGE_UNDONE, timezone.now(), by=by)


def cancel(message: Message, reason: str, *, by: User | None = None, now: datetime | None = None) -> bool:
    """Stop a message that has not passed its last look; False where it was too late."""
    now = now or timezone.now()
    changes = {
        "state": MessageState.CANCELLED,
        "last_error": reason[:300],
        "waiting_for": WaitingFor.NOTHING,
        "next_try_at": None,
    }
    with transaction.atomic():
        waiting = Message.objects.filter(pk=message.pk, state__in=sorted(PENDING | NEEDS_STAFF))
        claimed_only = Message.objects.filter(pk=message.pk, state=MessageState.SENDING, passed_at=None)
        if waiting.update(**changes) + claimed_only.update(**changes) != 1:
            return False
        message.state = MessageState.CANCELLED
        note(message, events.MESSAGE_CANCELLED, now, by=by, reason=reason)
    return True


def mark_sent(message: Message, *, by: User, now: datetime | None = None) -> None:
    """A person says they sent it by hand: recorded as marked, never as delivered."""
    now = now or timezone.now()
    with transaction.atomic():
        if message.waiting_for != WaitingFor.HAND and message.state != MessageState.UNCONFIRMED:
            raise Refused(_("Only messages sent by hand can be marked as sent."))
        changes = {"state": MessageState.MARKED_SENT, "sent_at": now, "waiting_for": WaitingFor.NOTHING}
        move(message, {MessageState.WAITING, MessageState.UNCONFIRMED}, changes)
        message.case = Case.objects.get(pk=message.case_id) if message.case_id else None
        went_out(message, now)


def unmark_sent(message: Message, *, by: User) -> None:
    """Undo mark_sent: the message waits for a hand again."""
    changes = {"state": MessageState.WAITING, "waiting_for": WaitingFor.HAND, "sent_at": None}
    with transaction.atomic():
        move(message, {MessageState.MARKED_SENT}, changes)
        note(message, events.MESSAGE_UNDONE, timezone.now(), by=by)


def retry(message: Message, *, by: User, now: datetime | None = None) -> None:
    """Staff decide to send a failed or doubtful message again."""
    now = now or timezone.now()
    changes = {
        "state": MessageState.READY,
        "waiting_for": WaitingFor.NOTHING,
        "next_try_at": now,
        "attempts": 0,
        "last_error": "",
    }
    with transaction.atomic():
        move(message, NEEDS_STAFF, changes)
        note(message, events.MESSAGE_READY, now, by=by)


def has_gone_out(message: Message) -> bool:
    """Sent, or marked as sent by hand."""
    return message.state in WENT_OUT
