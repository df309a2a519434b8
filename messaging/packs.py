"""Packs: some claimed messages get their last look together, leave one after the other, and are settled together.

One commit serves a pack in place of one message. TIME says how many go into it: what has not begun to leave within
PACK_TIME of the look is given back and looked at anew, and the next pack holds what would have fitted. So with a mail
server that takes its time a pack is one message, and a worker that dies leaves in doubt what it did in its last moment.

A pack of several never waits for a lock: what is locked is delivered alone afterwards, and waits there. So packs cannot
be part of a circle of waiting, whatever else locks rows.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F

from cases.models import Case
from messaging.channels import CHANNELS, Outcome, Rejected, TryAgain
from messaging.enums import Carrier, MessageState, WaitingFor
from messaging.models import Message
from messaging.recheck import Contacts, Hold, Stop, contacts_of, look_again
from messaging.settling import (
    DATABASE_LOST,
    LOST,
    doubt,
    drop_broken_connection,
    fail,
    give_back,
    hold,
    retry_later,
    settle_all_sent,
    settle_sent,
    stop,
    written_down,
)
from messaging.states import keep, locked
from shops.models import Customer

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Result = Outcome | Exception
Made = TypeVar("Made")

PACK_TIME = 0.05  # seconds from the look to the last message that may leave on it
LARGEST = 20
RELATED = ("shop", "case", "customer", "contact_point")
ERRORS = "errors"


def stopped(now: datetime) -> Clock:
    """A clock that stands still, for tests and for ticks by hand."""
    return lambda: now


@dataclass
class Pace:
    """What a lane learns from its packs.

    size   messages for the next one: as many as can leave within PACK_TIME, at most twice as many as before
    lanes  for how many lanes there is room: how often a lane's own work fits into its waiting for the mail server
    """

    size: int = 1
    lanes: float = 1.0

    def took(self, sent: int, look: float, sending: float, waited: float, worked: float) -> None:
        """The last pack: how many it sent, and seconds."""
        fits = int((PACK_TIME - look) * max(sent, 1) / max(sending, 1e-6))
        self.size = max(1, min(fits, 2 * self.size, LARGEST))
        self.lanes = (self.lanes + 1 + waited / max(worked, 1e-6)) / 2


def next_pack(waiting: Sequence[Message], size: int) -> tuple[list[Message], list[Message]]:
    """The first `size` messages that may share a pack, and the others, in their order.

    No two of one case or one customer: the contact limits count what has passed its look before, not beside.
    """
    pack: list[Message] = []
    rest: list[Message] = []
    seen: set[tuple[str, int | None]] = set()
    for message in waiting:
        theirs = {pair for pair in (("case", message.case_id), ("customer", message.customer_id)) if pair[1]}
        (pack if len(pack) < size and not theirs & seen else rest).append(message)
        seen |= theirs
    return pack, rest


# --- one pack ---------------------------------------------------------------------------------------------------------


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
    return verdict or settle_result(message, hand_over(message), clock)


def deliver_alone(claimed: Message, clock: Clock) -> str:
    """Deliver one message whose fault, if any, is its own."""
    return guarded(lambda: deliver(claimed, clock), ERRORS, f"message {claimed.pk}")


def deliver_pack(pack: Sequence[Message], clock: Clock, pace: Pace) -> tuple[Counter[str], list[Message]]:
    """Look at claimed messages together, send them, settle them together; a count of what became of them.

    And those that must be delivered alone: locked by somebody just now, or one of them brought the look down.
    """
    began, began_work = time.monotonic(), time.thread_time()
    try:
        looked = look(pack, clock())
    except Exception:
        log.exception("pack of %s: each is delivered alone", len(pack))
        drop_broken_connection()
        return Counter(), list(pack)
    passed = [message for message, verdict in looked.values() if not verdict]
    ready, ready_work = time.monotonic(), time.thread_time()
    results = in_time(passed, began + PACK_TIME)
    sending, working = time.monotonic() - ready, time.thread_time() - ready_work
    report = Counter([verdict for _message, verdict in looked.values() if verdict] + settle_results(results, clock))
    report["put_back"] += guarded(lambda: give_back(passed[len(results) :]), 0, f"pack of {len(pack)}: not put back")
    pace.took(len(results), ready - began, sending, sending - working, time.thread_time() - began_work)
    return report, [claimed for claimed in pack if claimed.pk not in looked]


def in_time(passed: Sequence[Message], until: float) -> list[tuple[Message, Result]]:
    """Send one after the other, no transaction open; after `until` nothing more is begun (but the first always is)."""
    results: list[tuple[Message, Result]] = []
    for message in passed:
        if results and time.monotonic() >= until:
            break
        results.append((message, hand_over(message)))
    return results


def hand_over(message: Message) -> Result:
    """Give a message that passed its last look to its channel: what it answered, or the error it raised."""
    try:
        send = CHANNELS[message.carrier].send
        if send is None:
            raise TypeError("by-hand messages never pass the last look")
        return send(message)
    except Exception as fault:
        return fault


# --- the last look ----------------------------------------------------------------------------------------------------


def last_look(claimed: Message, now: datetime) -> tuple[Message, str]:
    """The last look at one message; waits for whoever holds its case."""
    return look([claimed], now)[claimed.pk]


def look(pack: Sequence[Message], now: datetime) -> dict[int, tuple[Message, str]]:
    """The last look, under the locks of the cases, on fresh rows: "" lets a message through, else what became of it.

    A payment, an answer or a closing that committed before this moment stops the message; a later one finds it sent.
    Of several messages only those nobody else has locked are looked at.
    """
    waits = len(pack) == 1
    with transaction.atomic():
        ours = lock_cases_and_customers(pack, waits=waits)
        rows = Message.objects.select_for_update(of=("self",), no_key=True, skip_locked=not waits)
        fresh = rows.select_related(*RELATED).in_bulk([claimed.pk for claimed in ours])
        contacts = contacts_of(fresh.values(), now)
        looked = {c.pk: (fresh[c.pk], verdict_on(fresh[c.pk], c, contacts, now)) for c in ours if c.pk in fresh}
        let_through([message for message, verdict in looked.values() if not verdict], now)
    return looked


def lock_cases_and_customers(pack: Sequence[Message], *, waits: bool) -> list[Message]:
    """One at a time per case; where the shop writes first also per customer: two workers cannot pass one cap.

    Returns the messages for which that holds now.
    """
    cases = {message.case_id for message in pack if message.case_id}
    customers = {message.customer_id for message in pack if message.customer_id and message.is_shop_initiated}
    busy_cases = cases - locked(Case.objects.filter(pk__in=cases), waits=waits)
    busy_customers = customers - locked(Customer.objects.filter(pk__in=customers), waits=waits)
    return [m for m in pack if waits or not (m.case_id in busy_cases or m.customer_id in busy_customers)]


def verdict_on(message: Message, claimed: Message, contacts: Contacts, now: datetime) -> str:
    """The last look at one locked message, and what follows from an objection."""
    is_ours = message.state == MessageState.SENDING and message.claimed_at == claimed.claimed_at
    if not is_ours or message.passed_at:
        return LOST
    if message.case_id != claimed.case_id:
        return hold(message, Hold(WaitingFor.TIME, now))  # merged meanwhile: the other case must be locked
    verdict = look_again(message, now, contacts)
    if isinstance(verdict, Stop):
        return stop(message, verdict, now)
    if isinstance(verdict, Hold):
        return hold(message, verdict)
    if CHANNELS[message.carrier].by_hand:
        return hold(message, Hold(WaitingFor.HAND, message.expires_at))
    return ""


def let_through(messages: Sequence[Message], now: datetime) -> None:
    """Note that these may leave: whoever looks at one of them from now on walks away."""
    if not messages:
        return
    changes: dict[str, Any] = {"passed_at": now}
    if settings.OUTBOX_DRY_RUN:
        changes["carrier"] = Carrier.FILE
    ours = Message.objects.filter(pk__in=[message.pk for message in messages], state=MessageState.SENDING)
    passed = ours.filter(claimed_at=messages[0].claimed_at).update(**changes, attempts=F("attempts") + 1)
    if passed != len(messages):
        raise RuntimeError("a claim changed under its lock")
    for message in messages:
        keep(message, {**changes, "attempts": message.attempts + 1})


def whole(claimed: Message) -> Message:
    """A claimed message with everything that settling needs."""
    message = Message.objects.select_related(*RELATED).get(pk=claimed.pk)
    message.claimed_at = claimed.claimed_at
    return message


# --- writing it down --------------------------------------------------------------------------------------------------


def settle_results(results: Sequence[tuple[Message, Result]], clock: Clock) -> list[str]:
    """Write down what the channels answered: together what was taken, then one by one what is left to settle."""
    sent = [(message, result) for message, result in results if isinstance(result, Outcome)]
    try:
        together = len(sent) > 1 and written_down(lambda: settle_all_sent(sent, clock()))
    except DATABASE_LOST:  # waited for long enough: the sweeper calls them doubtful
        log.exception("pack of %s: not settled", len(results))
        return [ERRORS] * len(results)
    except Exception:
        log.exception("pack of %s: each is settled alone", len(sent))
        together = False
    left = [(message, result) for message, result in results if not (together and isinstance(result, Outcome))]
    alone = [guarded(partial(settle_result, m, result, clock), ERRORS, f"message {m.pk}") for m, result in left]
    return alone + [str(MessageState.SENT)] * (len(results) - len(left))


def settle_result(message: Message, result: Result, clock: Clock) -> str:
    """Write down what a channel answered about one message."""
    if isinstance(result, Outcome):
        return written_down(lambda: settle_sent(message, result, clock()))
    if isinstance(result, TryAgain):
        return retry_later(message, str(result), clock())
    if isinstance(result, Rejected):
        return fail(message, str(result), clock(), address_is_bad=result.address_is_bad)
    log.error("message %s: doubtful", message.pk, exc_info=result)
    return doubt(message, f"{type(result).__name__}: {result}", clock())


def guarded(act: Callable[[], Made], otherwise: Made, what: str) -> Made:
    """What the act gives; a fault in one row must not stop the rest, and the sweeper takes care of this one."""
    try:
        return act()
    except Exception:
        log.exception("%s", what)
        drop_broken_connection()
        return otherwise
