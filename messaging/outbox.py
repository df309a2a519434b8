"""The outbox: claim, commit, look again, send, settle. Nothing is lost and nothing is sent twice.

Customer messages go out at most once: a worker that dies after the last look leaves an `unconfirmed` row for staff.
Internal notices go out at least once; a unique key stops doubles. Any number of workers may run; losers walk away:

* claim: READY or WAITING -> SENDING with a claim time, committed. Many rows at once, `SKIP LOCKED` on PostgreSQL.
* last look: under the lock of the case, on fresh rows; `passed_at` is set once per claim, so one worker wins.
* send: no transaction is open. TryAgain and Rejected are certain; any other fault is doubtful.
* settle: only the holder of the claim may, also where the sweeper has meanwhile called the row doubtful.

The last three are taken a few messages at a time where the mail server is quick (messaging.packs).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # kept in English, translated when shown

from messaging.channels import CHANNELS
from messaging.enums import QUEUED, MessageState
from messaging.hands import came_back, cancel, mark_sent, retry, undo, unmark_sent
from messaging.lanes import Lanes, Stays
from messaging.models import Message
from messaging.packs import RELATED, Clock, Pace, deliver, deliver_alone, deliver_pack, next_pack, stopped
from messaging.settling import doubt, drop_broken_connection
from messaging.states import has_gone_out, keep, move, went_out

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

BATCH, PACKS_PER_CLAIM = 20, 4  # rows of a claim at most; packs that it should last for
TICK_BUDGET = 40.0  # seconds of sending per tick: a mail server that hangs must not hold up the rest of the tick
STUCK_AFTER = timedelta(seconds=settings.OUTBOX_STUCK_SECONDS)


# --- the tick ---------------------------------------------------------------------------------------------------------


def deliver_due(now: datetime | None = None, *, limit: int = 2000) -> Counter[str]:
    """Deliver every message whose time has come, at most `limit`; returns counts by what became of them."""
    clock = stopped(now) if now else timezone.now
    until = time.monotonic() + TICK_BUDGET
    report: Counter[str] = Counter(sweep(clock()))
    tickets, most = iter(range(limit)), most_lanes(now)
    if most == 1:
        return report + drain(clock, until, tickets)
    return report + Lanes(partial(own_lane, clock, until, tickets), most).run()


def most_lanes(now: datetime | None) -> int:
    """How many lanes at most: one where the clock stands still, where rows cannot be skipped, or in a transaction."""
    alone = now is not None or connection.in_atomic_block
    return 1 if alone or not connection.features.has_select_for_update_skip_locked else settings.OUTBOX_LANES


def own_lane(clock: Clock, until: float, tickets: Iterator[int], stays: Stays) -> Counter[str]:
    """A lane in a thread of its own, with a database connection and a line to the mail server of its own."""
    try:
        return drain(clock, until, tickets, stays)
    finally:
        connection.close()


def drain(clock: Clock, until: float, tickets: Iterator[int], stays: Stays = lambda room: True) -> Counter[str]:
    """Claim and deliver batch after batch until nothing is due, the time is over, or this lane is not needed any more.

    A claim is a few packs long, so that lanes end together; each row takes a ticket, and all lanes share the tickets.
    """
    report, pace = Counter[str](), Pace()
    try:
        while time.monotonic() < until and (batch := claim(clock(), claim_size(tickets, pace))):
            report += deliver_batch(batch, clock, until, pace)
            if not stays(pace.lanes):
                break
    finally:
        hang_up()
    return report


def claim_size(tickets: Iterator[int], pace: Pace) -> int:
    """How many rows to claim next; takes as many tickets."""
    return len(list(islice(tickets, min(BATCH, PACKS_PER_CLAIM * pace.size))))


def deliver_batch(batch: Sequence[Message], clock: Clock, until: float, pace: Pace | None = None) -> Counter[str]:
    """Deliver claimed messages pack by pack; what the time does not suffice for goes back untouched."""
    report, pace, waiting = Counter[str](), pace or Pace(), list(batch)
    while waiting and time.monotonic() < until:
        pack, waiting = next_pack(waiting, pace.size)
        became, alone = deliver_pack(pack, clock, pace)
        report += became + one_by_one(alone, clock, until)
    report["put_back"] += put_back(waiting)
    return report


def one_by_one(claimed: Sequence[Message], clock: Clock, until: float) -> Counter[str]:
    """Deliver messages each alone, while there is time."""
    report: Counter[str] = Counter()
    for place, message in enumerate(claimed):
        if time.monotonic() >= until:
            report["put_back"] += put_back(claimed[place:])
            break
        report[deliver_alone(message, clock)] += 1
    return report


def hang_up() -> None:
    """Channels that keep a line open over a batch close it."""
    for channel in CHANNELS.values():
        if channel.hang_up:
            channel.hang_up()


# --- claim ------------------------------------------------------------------------------------------------------------


def claim(now: datetime, size: int) -> list[Message]:
    """Take up to `size` due rows: READY or WAITING -> SENDING, committed before anything else happens."""
    skip = connection.features.has_select_for_update_skip_locked
    due = Message.objects.filter(state__in=sorted(QUEUED), next_try_at__lte=now).order_by("next_try_at", "id")
    changes = {"state": MessageState.SENDING, "claimed_at": now, "passed_at": None}
    with transaction.atomic():
        rows = list(due.select_for_update(skip_locked=skip).only(*CLAIM)[:size])
        Message.objects.filter(pk__in=[message.pk for message in rows]).update(**changes)
    for message in rows:
        keep(message, changes)
    return rows


CLAIM = ("pk", "case_id", "customer_id", "is_shop_initiated")


def put_back(batch: Sequence[Message]) -> int:
    """Give up claims that were not used; returns how many."""
    if not batch:
        return 0
    ids = [message.pk for message in batch]
    unused = Message.objects.filter(pk__in=ids, state=MessageState.SENDING, passed_at=None)
    return unused.filter(claimed_at=batch[0].claimed_at).update(state=MessageState.READY, claimed_at=None)


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
