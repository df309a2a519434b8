"""The outbox: claim, commit, look again, send, settle. Nothing is lost and nothing is sent twice.

Customer messages go out at most once: a worker that dies after the last look leaves an `unconfirmed` row for staff.
Internal notices go out at least once; a unique key stops doubles. Any number of workers may run; losers walk away:

* claim: READY or WAITING -> SENDING with a claim time, committed. Many rows at once, `SKIP LOCKED` on PostgreSQL.
* last look: under the lock of the case, on fresh rows; `passed_at` is set once per claim, so one worker wins.
* send: no transaction is open. TryAgain and Rejected are certain; any other fault is doubtful.
* settle: only the holder of the claim may, also where the sweeper has meanwhile called the row doubtful.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # kept in English, translated when shown

from cases import events
from cases.models import Case
from messaging.channels import CHANNELS, Outcome, Rejected, TryAgain
from messaging.enums import QUEUED, Carrier, Direction, MessageState, WaitingFor
from messaging.hands import came_back, cancel, mark_sent, retry, undo, unmark_sent
from messaging.models import Message
from messaging.recheck import Hold, Stop, look_again
from messaging.states import has_gone_out, keep, lock_for_clock, move, note, stops_the_clock, went_out
from shops.models import ContactPoint, Customer

__all__ = [
    "came_back",
    "cancel",
    "claim",
    "deliver",
    "deliver_due",
    "drop_broken_connection",
    "has_gone_out",
    "mark_sent",
    "move",
    "retry",
    "sweep",
    "undo",
    "unmark_sent",
    "went_out",
]

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

BATCH = 20
TICK_BUDGET = 40.0  # seconds of sending per tick: a mail server that hangs must not hold up the rest of the tick
STUCK_AFTER = timedelta(seconds=settings.OUTBOX_STUCK_SECONDS)
BACK_OFF = [timedelta(seconds=int(seconds)) for seconds in settings.OUTBOX_RETRY_SECONDS]
DATABASE_LOST = (OperationalError, InterfaceError)
LOST = "lost"  # another worker or a person was first


# --- the tick ---------------------------------------------------------------------------------------------------------


def deliver_due(now: datetime | None = None, *, limit: int = 2000) -> Counter[str]:
    """Deliver every message whose time has come, at most `limit`; returns counts by what became of them.

    On PostgreSQL several lanes work side by side: while one waits for the mail server, another looks and settles.
    """
    clock = stopped(now) if now else timezone.now
    until = time.monotonic() + TICK_BUDGET
    report: Counter[str] = Counter(sweep(clock()))
    lanes = lanes_for(now, limit)
    if lanes == 1:
        return report + drain(clock, until, limit)
    with ThreadPoolExecutor(lanes, thread_name_prefix="outbox") as pool:
        shares = [pool.submit(own_lane, clock, until, -(-limit // lanes)) for _ in range(lanes)]
        return sum((share.result() for share in shares), report)


def lanes_for(now: datetime | None, limit: int) -> int:
    """How many lanes: one where the clock stands still, where rows cannot be skipped, or inside a transaction."""
    alone = now is not None or connection.in_atomic_block or limit <= BATCH
    return 1 if alone or not connection.features.has_select_for_update_skip_locked else settings.OUTBOX_LANES


def own_lane(clock: Clock, until: float, limit: int) -> Counter[str]:
    """A lane in a thread of its own, with a database connection and a line to the mail server of its own."""
    try:
        return drain(clock, until, limit)
    finally:
        connection.close()


def drain(clock: Clock, until: float, limit: int) -> Counter[str]:
    """Claim and deliver batch after batch until nothing is due, the time is over or `limit` is reached."""
    report: Counter[str] = Counter()
    left = limit
    try:
        while left > 0 and time.monotonic() < until and (batch := claim(clock(), min(BATCH, left))):
            left -= len(batch)
            report += deliver_batch(batch, clock, until)
    finally:
        hang_up()
    return report


def stopped(now: datetime) -> Clock:
    """A clock that stands still, for tests and for ticks by hand."""
    return lambda: now


def deliver_batch(batch: Sequence[Message], clock: Clock, until: float) -> Counter[str]:
    """Deliver claimed messages one after the other; what the time does not suffice for goes back untouched."""
    report: Counter[str] = Counter()
    for place, message in enumerate(batch):
        if time.monotonic() >= until:
            report["put_back"] += put_back(batch[place:])
            break
        try:
            report[deliver(message, clock)] += 1
        except Exception:  # one bad row must not stop the rest; the sweeper takes care of this one
            log.exception("message %s", message.pk)
            report["errors"] += 1
            drop_broken_connection()
    return report


def drop_broken_connection() -> None:
    """After a database that went away: the next query opens a new connection."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def hang_up() -> None:
    """Channels that keep a line open over a batch close it."""
    for channel in CHANNELS.values():
        if channel.hang_up:
            channel.hang_up()


# --- claim ------------------------------------------------------------------------------------------------------------


def claim(now: datetime, size: int) -> list[Message]:
    """Take up to `size` due rows: READY or WAITING -> SENDING, committed before anything else happens."""
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        due = Message.objects.filter(state__in=sorted(QUEUED), next_try_at__lte=now).order_by("next_try_at", "id")
        ids = list(due.select_for_update(skip_locked=skip).values_list("pk", flat=True)[:size])
        Message.objects.filter(pk__in=ids).update(state=MessageState.SENDING, claimed_at=now, passed_at=None)
    rows = Message.objects.filter(pk__in=ids, state=MessageState.SENDING, claimed_at=now)
    return list(rows.only(*CLAIM).order_by("next_try_at", "id"))


CLAIM = ("pk", "case_id", "customer_id", "claimed_at", "is_shop_initiated")


def put_back(batch: Sequence[Message]) -> int:
    """Give up claims that were not used; returns how many."""
    ids = [message.pk for message in batch]
    unused = Message.objects.filter(pk__in=ids, state=MessageState.SENDING, passed_at=None)
    return unused.filter(claimed_at=batch[0].claimed_at).update(state=MessageState.READY, claimed_at=None)


def settle(message: Message, changes: Mapping[str, Any]) -> bool:
    """Write down what became of a claimed message; False where the claim was lost meanwhile.

    A row the sweeper called doubtful is still ours: we know better by now.
    """
    ours = Message.objects.filter(pk=message.pk, claimed_at=message.claimed_at)
    if ours.filter(state__in=[MessageState.SENDING, MessageState.UNCONFIRMED]).update(**changes) != 1:
        return False
    keep(message, changes)
    return True


# --- the last look ----------------------------------------------------------------------------------------------------


def deliver(claimed: Message, now: datetime | Clock) -> str:
    """Look again, send, settle one claimed message; returns what became of it. `now`: a moment, or a running clock."""
    clock = stopped(now) if isinstance(now, datetime) else now
    try:
        message, verdict = last_look(claimed, clock())
    except DATABASE_LOST:
        raise
    except Exception as fault:
        log.exception("message %s: not sent", claimed.pk)
        return fail(whole(claimed), f"{type(fault).__name__}: {fault}", clock())
    return verdict or send(message, clock)


def last_look(claimed: Message, now: datetime) -> tuple[Message, str]:
    """The last look, under the lock of the case, on fresh rows: "" lets the message through, else what became of it.

    A payment, an answer or a closing that committed before this moment stops the message; a later one finds it sent.
    """
    with transaction.atomic():
        lock_case_and_customer(claimed)
        message = (
            Message.objects.select_for_update(of=("self",), no_key=True).select_related(*RELATED).get(pk=claimed.pk)
        )
        is_ours = message.state == MessageState.SENDING and message.claimed_at == claimed.claimed_at
        if not is_ours or message.passed_at:
            return message, LOST
        if message.case_id != claimed.case_id:
            return message, hold(message, Hold(WaitingFor.TIME, now))  # merged meanwhile: the other case must be locked
        verdict = look_again(message, now)
        if isinstance(verdict, Stop):
            return message, stop(message, verdict, now)
        if isinstance(verdict, Hold):
            return message, hold(message, verdict)
        if CHANNELS[message.carrier].by_hand:
            return message, hold(message, Hold(WaitingFor.HAND, message.expires_at))
        carrier = Carrier.FILE if settings.OUTBOX_DRY_RUN else message.carrier
        settle(message, {"passed_at": now, "attempts": message.attempts + 1, "carrier": carrier})
    return message, ""


RELATED = ("shop", "case", "customer", "contact_point")


def whole(claimed: Message) -> Message:
    """A claimed message with everything that settling needs."""
    message = Message.objects.select_related(*RELATED).get(pk=claimed.pk)
    message.claimed_at = claimed.claimed_at
    return message


def lock_case_and_customer(message: Message) -> None:
    """One at a time per case; where the shop writes first also per customer: two workers cannot pass one cap."""
    if message.case_id:
        list(Case.objects.select_for_update(no_key=True).filter(pk=message.case_id).values_list("pk"))
    if message.is_shop_initiated and message.customer_id:
        list(Customer.objects.select_for_update(no_key=True).filter(pk=message.customer_id).values_list("pk"))


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


# --- send and settle --------------------------------------------------------------------------------------------------


def send(message: Message, clock: Clock) -> str:
    """Hand a message that passed its last look to its channel, no transaction open, and write down the outcome."""
    channel = CHANNELS[message.carrier]
    if channel.send is None:
        raise TypeError("by-hand messages never pass the last look")
    try:
        outcome = channel.send(message)
    except TryAgain as fault:
        return retry_later(message, str(fault), clock())
    except Rejected as fault:
        return fail(message, str(fault), clock(), address_is_bad=fault.address_is_bad)
    except Exception as fault:
        log.exception("message %s: doubtful", message.pk)
        return doubt(message, f"{type(fault).__name__}: {fault}", clock())
    return written_down(lambda: settle_sent(message, outcome, clock()))


def written_down(act: Callable[[], str]) -> str:
    """The message has gone: a database that restarts just now gets seven seconds before the row is left as doubtful."""
    for pause in (0.5, 1.5, 5.0):
        try:
            return act()
        except DATABASE_LOST:
            connection.close()
            time.sleep(pause)
    return act()


def settle_sent(message: Message, outcome: Outcome, now: datetime) -> str:
    """Record that the channel took the message."""
    changes = {"state": MessageState.SENT, "sent_at": now, "external_id": outcome.external_id, "last_error": ""}
    with transaction.atomic():
        if stops_the_clock(message):
            lock_for_clock(message)
        if not settle(message, {**changes, "waiting_for": WaitingFor.NOTHING}):
            return LOST
        went_out(message, now)
    return MessageState.SENT


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


# --- the sweeper ------------------------------------------------------------------------------------------------------


def sweep(now: datetime) -> Counter[str]:
    """Rows a dead worker left in `sending`: not passed the last look -> back in the queue; passed -> doubtful."""
    report: Counter[str] = Counter()
    edge = now - STUCK_AFTER
    stuck = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=edge)
    report["swept"] = stuck.filter(passed_at=None).update(state=MessageState.READY, claimed_at=None)
    for message in stuck.filter(passed_at__lt=edge).select_related(*RELATED):
        report[doubt(message, _("The worker stopped while sending."), now)] += 1
    return report
