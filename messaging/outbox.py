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
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # kept in English, translated when shown

from messaging.channels import CHANNELS
from messaging.enums import QUEUED, MessageState
from messaging.hands import came_back, cancel, mark_sent, retry, undo, unmark_sent
from messaging.models import Message
from messaging.packs import RELATED, Clock, Pace, deliver, deliver_alone, deliver_pack, next_pack, stopped
from messaging.settling import doubt, drop_broken_connection
from messaging.states import has_gone_out, move, went_out

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

BATCH = 20
TICK_BUDGET = 40.0  # seconds of sending per tick: a mail server that hangs must not hold up the rest of the tick
STUCK_AFTER = timedelta(seconds=settings.OUTBOX_STUCK_SECONDS)


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
    left, pace = limit, Pace()
    try:
        while left > 0 and time.monotonic() < until and (batch := claim(clock(), min(BATCH, left))):
            left -= len(batch)
            report += deliver_batch(batch, clock, until, pace)
    finally:
        hang_up()
    return report


def deliver_batch(batch: Sequence[Message], clock: Clock, until: float, pace: Pace | None = None) -> Counter[str]:
    """Deliver claimed messages pack by pack; what the time does not suffice for goes back untouched."""
    report, pace, waiting = Counter[str](), pace or Pace(), list(batch)
    while waiting and time.monotonic() < until:
        pack, waiting = next_pack(waiting, pace.size)
        started = time.monotonic()
        alone = pack
        if len(pack) > 1:
            became, alone = deliver_pack(pack, clock)
            report += became
        report += one_by_one(alone, clock, until)
        pace.took(len(pack), time.monotonic() - started)
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
    with transaction.atomic():
        due = Message.objects.filter(state__in=sorted(QUEUED), next_try_at__lte=now).order_by("next_try_at", "id")
        ids = list(due.select_for_update(skip_locked=skip).values_list("pk", flat=True)[:size])
        Message.objects.filter(pk__in=ids).update(state=MessageState.SENDING, claimed_at=now, passed_at=None)
    rows = Message.objects.filter(pk__in=ids, state=MessageState.SENDING, claimed_at=now)
    return list(rows.only(*CLAIM).order_by("next_try_at", "id"))


CLAIM = ("pk", "case_id", "customer_id", "claimed_at", "is_shop_initiated")


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
