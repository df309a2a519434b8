"""What became of a claimed message, written down: only by the holder of its claim, whatever happened meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Case as Choice
from django.db.models import F, Value, When

from cases import events
from cases.models import Case
from messaging.channels import Outcome
from messaging.enums import Direction, MessageState, WaitingFor
from messaging.models import Message
from messaging.recheck import Hold, Stop
from messaging.states import all_went_out, keep, lock_for_clock, locked, note, stops_the_clock, went_out
from shops.models import ContactPoint

Made = TypeVar("Made")
Sent = Sequence[tuple[Message, Outcome]]

BACK_OFF = [timedelta(seconds=int(seconds)) for seconds in settings.OUTBOX_RETRY_SECONDS]
DATABASE_LOST = (OperationalError, InterfaceError)
LOST = "lost"  # another worker or a person was first
# A row the sweeper called doubtful is still its claimer's, who knows better by now.
OURS = [MessageState.SENDING, MessageState.UNCONFIRMED]
GONE: dict[str, Any] = {"state": MessageState.SENT, "last_error": "", "waiting_for": WaitingFor.NOTHING}


def settle(message: Message, changes: Mapping[str, Any]) -> bool:
    """Write down what became of a claimed message; False where the claim was lost meanwhile."""
    ours = Message.objects.filter(pk=message.pk, claimed_at=message.claimed_at, state__in=OURS)
    if ours.update(**changes) != 1:
        return False
    keep(message, changes)
    return True


def written_down(act: Callable[[], Made]) -> Made:
    """The message has gone: a database that restarts just now gets seven seconds before the row is left as doubtful."""
    for pause in (0.5, 1.5, 5.0):
        try:
            return act()
        except DATABASE_LOST:
            connection.close()
            time.sleep(pause)
    return act()


def drop_broken_connection() -> None:
    """After a database that went away: the next query opens a new connection."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


# --- it did not leave -------------------------------------------------------------------------------------------------


def stop(message: Message, verdict: Stop, now: datetime) -> str:
    """End a message that makes no sense any more, with the reason on the row and the timeline."""
    changes = {"state": verdict.state, "last_error": verdict.reason, "waiting_for": WaitingFor.NOTHING}
    if settle(message, {**changes, "next_try_at": None}):
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
    held = {} if verdict.waiting_for == WaitingFor.HAND else {"held_until": verdict.until}
    settle(message, {**changes, **held, "claimed_at": None})
    return f"waiting_{verdict.waiting_for}"


def give_back(passed: Sequence[Message]) -> int:
    """Messages of one look for which the time did not suffice: nobody tried them, so they are as before their claim."""
    if not passed:
        return 0
    untried = Message.objects.filter(pk__in=[message.pk for message in passed], state__in=OURS)
    untried = untried.filter(claimed_at=passed[0].claimed_at, passed_at=passed[0].passed_at)
    return untried.update(state=MessageState.READY, claimed_at=None, passed_at=None, attempts=F("attempts") - 1)


def retry_later(message: Message, reason: str, now: datetime) -> str:
    """A passing fault: try again later, five times, unless it makes no sense by then."""
    if message.attempts > len(BACK_OFF):
        return fail(message, reason, now)
    at = now + BACK_OFF[message.attempts - 1]
    changes = {"state": MessageState.WAITING, "waiting_for": WaitingFor.RETRY, "next_try_at": at}
    settle(message, {**changes, "last_error": reason[:300], "claimed_at": None, "passed_at": None})
    return "retry"


def fail(message: Message, reason: str, now: datetime, *, address_is_bad: bool = False) -> str:
    """Final: staff see it on Today."""
    with transaction.atomic():
        changes = {"state": MessageState.FAILED, "last_error": reason[:300], "waiting_for": WaitingFor.NOTHING}
        if not settle(message, changes):
            return LOST
        if address_is_bad and message.contact_point_id:
            ContactPoint.objects.filter(pk=message.contact_point_id).update(bounced_at=now)
        note(message, events.MESSAGE_FAILED, now, reason=reason[:300])
    return MessageState.FAILED


def doubt(message: Message, reason: str, now: datetime) -> str:
    """Nobody knows whether it went out: internal notices are retried, customer messages wait for staff."""
    if message.direction == Direction.INTERNAL:
        return retry_later(message, reason, now)
    with transaction.atomic():
        changes = {"state": MessageState.UNCONFIRMED, "last_error": reason[:300], "waiting_for": WaitingFor.NOTHING}
        if not settle(message, changes):
            return LOST
        note(message, events.MESSAGE_UNCONFIRMED, now, reason=reason[:300])
    return MessageState.UNCONFIRMED


# --- it left ----------------------------------------------------------------------------------------------------------


def settle_sent(message: Message, outcome: Outcome, now: datetime) -> str:
    """Record that the channel took the message."""
    with transaction.atomic():
        if stops_the_clock(message):
            lock_for_clock(message)
        if not settle(message, {**GONE, "sent_at": now, "external_id": outcome.external_id}):
            return LOST
        went_out(message, now)
    return MessageState.SENT


def settle_all_sent(sent: Sent, now: datetime) -> bool:
    """Record that the channel took all of these, in one transaction; False (nothing written) where that cannot be.

    A claim was lost or somebody holds a lock: the caller settles them one by one, and there each may wait.
    """
    messages = [message for message, _outcome in sent]
    ours = Message.objects.filter(pk__in=[m.pk for m in messages], claimed_at=messages[0].claimed_at, state__in=OURS)
    with transaction.atomic():
        cases = {message.case_id for message in messages if message.case_id and stops_the_clock(message)}
        if len(locked(Case.objects.filter(pk__in=cases), waits=False)) < len(cases):
            return False
        if len(locked(ours, waits=False)) < len(messages):
            return False
        ids = [When(pk=message.pk, then=Value(outcome.external_id)) for message, outcome in sent]
        ours.update(**GONE, sent_at=now, external_id=Choice(*ids))
        for message, outcome in sent:
            keep(message, {**GONE, "sent_at": now, "external_id": outcome.external_id})
        all_went_out(messages, now)
    return True
