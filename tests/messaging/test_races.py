"""Two at once, one winner: real threads on PostgreSQL, each with a connection of its own."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.actions import Refused, Stale, lock
from cases.enums import State
from cases.models import Case
from messaging import digest, notices, outbox, packs
from messaging.channels import CHANNELS, Channel, Outcome, Promise
from messaging.compose import reply_for
from messaging.enums import Carrier, MessageState
from messaging.guarding import approve
from messaging.models import Message, StaffNotice
from messaging.packs import Pace, deliver_pack, stopped
from shops.models import Member
from tests.factories import MONDAY, make_message

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
KEY = "6a1e1f9e-3c0f-4a53-9a64-0f1f6d7a3b11"


def at_once(*acts):
    """Run the acts at the same moment; what each gave back, or the error it raised."""
    gate = threading.Barrier(len(acts))

    def run(act):
        gate.wait(10)
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(30) for future in [pool.submit(run, act) for act in acts]]


@pytest.fixture
def sent(monkeypatch):
    """What the email channel was given."""
    taken = []

    def send(message):
        taken.append(message.pk)
        return Outcome("<id>")

    monkeypatch.setitem(CHANNELS, Carrier.EMAIL, Channel(Promise.HANDED_OVER, send))
    monkeypatch.setattr(packs, "PACK_TIME", 20.0)  # a machine that is busy with other work is no stalling server
    return taken


def test_two_workers_never_claim_the_same_row(write):
    rows = {write().pk for _ in range(20)}
    one, other = at_once(lambda: outbox.claim(MONDAY, 20), lambda: outbox.claim(MONDAY, 20))
    first, second = {m.pk for m in one}, {m.pk for m in other}
    assert first | second <= rows
    assert not first & second


def test_four_workers_send_each_message_once(write, sent):
    rows = sorted(write().pk for _ in range(40))
    at_once(*[lambda: outbox.deliver_due(MONDAY)] * 4)
    outbox.deliver_due(MONDAY)
    assert sorted(sent) == rows


def test_the_lanes_of_one_worker_send_each_message_once(letters, sent, settings, monkeypatch):
    """A mail server that takes its time brings more lanes."""
    quick = CHANNELS[Carrier.EMAIL].send
    slow = Channel(Promise.HANDED_OVER, lambda message: time.sleep(0.05) or quick(message))
    monkeypatch.setitem(CHANNELS, Carrier.EMAIL, slow)
    settings.OUTBOX_LANES = 4
    past = timezone.now() - timedelta(hours=1)
    rows = [message.pk for message in letters(50, due_at=past, next_try_at=past)]
    with patch("messaging.outbox.own_lane", side_effect=outbox.own_lane) as lanes:
        report = outbox.deliver_due()
    assert (sorted(sent), report["sent"]) == (rows, 50)
    assert lanes.call_count > 1


def test_packs_of_the_same_messages_send_each_once(letters, sent):
    """Two workers with one claim, in opposite orders: nobody waits in a circle, nothing is sent twice."""
    rows = [message.pk for message in letters(6)]
    claimed = outbox.claim(MONDAY, 6)
    one, other = at_once(*[lambda o=order: in_packs(o) for order in (claimed, claimed[::-1])])
    assert (sorted(sent), one + other) == (rows, {"sent": 6, "lost": 6})


def test_pack_passes_by_a_locked_case_and_comes_back_for_it(letters, sent):
    rows = letters(3)
    claimed = outbox.claim(MONDAY, 3)
    held, looked = threading.Event(), threading.Event()

    def work():
        with transaction.atomic():
            lock(rows[1].case)
            held.set()
            looked.wait(10)

    def deliver():
        held.wait(10)
        report, alone = deliver_pack(claimed, stopped(MONDAY), Pace(size=3))
        looked.set()
        return report["sent"], [message.pk for message in alone]

    assert at_once(work, deliver)[1] == (2, [rows[1].pk])
    assert outbox.deliver(claimed[1], MONDAY) == "sent"
    assert sent == [rows[0].pk, rows[2].pk, rows[1].pk]


def test_pack_is_settled_one_by_one_where_a_case_is_locked(letters, sent, monkeypatch):
    rows = letters(3)
    quick, helpers = CHANNELS[Carrier.EMAIL].send, []

    def hold(case, held):
        with transaction.atomic():
            lock(case)
            held.set()
            time.sleep(0.2)
        connection.close()

    def send(message):
        if message.pk == rows[2].pk:
            held = threading.Event()
            helpers.append(threading.Thread(target=hold, args=(rows[0].case, held)))
            helpers[0].start()
            held.wait(10)
        return quick(message)

    monkeypatch.setitem(CHANNELS, Carrier.EMAIL, Channel(Promise.HANDED_OVER, send))
    report = in_packs(outbox.claim(MONDAY, 3))
    helpers[0].join(10)
    assert report == {"sent": 3}
    assert Case.objects.filter(pk__in=[row.case_id for row in rows], first_replied_at=MONDAY).count() == 3


def in_packs(claimed):
    """Deliver claimed messages in packs as large as may be."""
    return +outbox.deliver_batch(claimed, stopped(MONDAY), time.monotonic() + 20, Pace(size=20))


def test_one_claim_held_by_two_workers_is_sent_by_one(write, sent):
    write()
    [claimed] = outbox.claim(MONDAY, 1)
    results = at_once(lambda: outbox.deliver(claimed, MONDAY), lambda: outbox.deliver(claimed, MONDAY))
    assert sorted(results) == ["lost", "sent"]
    assert len(sent) == 1


def test_the_case_is_locked_before_its_message(write, letters, sent, ayu):
    """Whoever took them the other way round could wait in a circle with a worker at its last look."""
    by_hand = write(state="waiting", waiting_for="hand", carrier=Carrier.COPY)
    write()
    [claimed] = outbox.claim(MONDAY, 1)
    letters(3, is_shop_initiated=True)
    pack = outbox.claim(MONDAY, 3)
    acts = [
        lambda: outbox.deliver(claimed, MONDAY),
        lambda: in_packs(pack),
        lambda: outbox.mark_sent(by_hand, by=ayu.user),
        lambda: outbox.unmark_sent(by_hand, by=ayu.user),
    ]
    for act in acts:
        with CaptureQueriesContext(connection) as seen:
            act()
        for locked in transactions(seen.captured_queries):
            assert "messaging_message" not in locked or locked[0] == "cases_case"


def test_pack_locks_cases_then_customers_by_key_and_waits_for_nobody(letters, sent):
    letters(3, is_shop_initiated=True)
    claimed = outbox.claim(MONDAY, 3)
    with CaptureQueriesContext(connection) as seen:
        assert in_packs(claimed) == {"sent": 3}
    locks = [query["sql"] for query in seen.captured_queries if "FOR NO KEY UPDATE" in query["sql"]]
    tables = [re.search(r'FROM "(\w+)"', sql)[1] for sql in locks]
    assert tables == ["cases_case", "shops_customer", "messaging_message", "cases_case", "messaging_message"]
    assert all(sql.endswith("SKIP LOCKED") for sql in locks)
    assert all("ORDER BY" in sql for sql, table in zip(locks, tables, strict=True) if table != "messaging_message")


def transactions(queries):
    """For each transaction the tables whose rows it locked or wrote, in this order."""
    locked = [[]]
    for sql in (query["sql"] for query in queries):
        if sql == "BEGIN":
            locked.append([])
        elif sql.startswith("UPDATE") or "FOR NO KEY UPDATE" in sql:
            locked[-1].append(re.search(r'(?:UPDATE|FROM) "(\w+)"', sql)[1])
    return locked


def test_two_sweepers_and_a_worker(write, sent):
    write()
    [claimed] = outbox.claim(MONDAY, 1)
    later = MONDAY + timedelta(hours=1)
    at_once(lambda: outbox.sweep(later), lambda: outbox.sweep(later), lambda: outbox.deliver(claimed, later))
    outbox.deliver_due(later)
    assert len(sent) == 1


def test_undo_or_the_worker(write, sent, ayu):
    message = write()
    [claimed] = outbox.claim(MONDAY, 1)
    undone, _ = at_once(lambda: outbox.undo(message, by=ayu.user), lambda: outbox.deliver(claimed, MONDAY))
    message.refresh_from_db()
    assert (message.state, len(sent)) == (("sent", 1) if isinstance(undone, Stale) else ("draft", 0))


def test_cancel_or_the_worker(write, sent, ayu):
    message = write()
    [claimed] = outbox.claim(MONDAY, 1)
    cancelled, _ = at_once(lambda: outbox.cancel(message, "no", by=ayu.user), lambda: outbox.deliver(claimed, MONDAY))
    message.refresh_from_db()
    assert (message.state, len(sent)) == (("cancelled", 0) if cancelled else ("sent", 1))


def test_closing_that_holds_the_case_stops_the_message(write, case, sent):
    """The worker waits for the lock of the case, and then sees that it has ended."""
    write(needs_open_case=True)
    [claimed] = outbox.claim(MONDAY, 1)
    held = threading.Event()

    def close():
        with transaction.atomic():
            lock(case)
            held.set()
            threading.Event().wait(0.3)
            Case.objects.filter(pk=case.pk).update(state=State.WITHDRAWN)

    def deliver():
        held.wait(5)
        return outbox.deliver(claimed, MONDAY)

    assert at_once(close, deliver)[1] == "cancelled"
    assert sent == []


def test_caps_hold_between_two_cases_of_one_customer(shop, rina, point, sent):
    """Two have left this week, two more are looked at by two workers at once: one goes, one waits."""
    from tests.factories import make_complaint

    cases = [
        make_complaint(shop, f"sobek {n}", customer=rina, received_at=MONDAY - timedelta(days=7)).case for n in "ab"
    ]
    base = {"customer": rina, "contact_point": point, "is_shop_initiated": True, "purpose": "follow_up"}
    for days in (3, 4):
        make_message(shop, **base, state="sent", sent_at=MONDAY - timedelta(days=days))
    Message.objects.filter(direction="out", state__in=["ready", "waiting"]).delete()
    for case in cases:
        make_message(shop, **base, case=case)
    claims = outbox.claim(MONDAY, 2)
    results = at_once(*[lambda c=c: outbox.deliver(c, MONDAY) for c in claims])
    assert sorted(results) == ["sent", "waiting_cap"]


def test_marking_as_sent_twice(write, ayu):
    message = write(state="waiting", waiting_for="hand", carrier=Carrier.COPY)
    twins = [Message.objects.get(pk=message.pk) for _ in range(2)]
    results = at_once(*[lambda twin=twin: outbox.mark_sent(twin, by=ayu.user) for twin in twins])
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Stale"]


def test_two_retries_queue_once(write, ayu):
    message = write(state="failed")
    twins = [Message.objects.get(pk=message.pk) for _ in range(2)]
    results = at_once(*[lambda twin=twin: outbox.retry(twin, by=ayu.user, now=MONDAY) for twin in twins])
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Stale"]


def test_approving_twice_queues_once(write, ayu, case):
    message = write(state="draft", guard={})
    twins = [Message.objects.select_related("shop", "case").get(pk=message.pk) for _ in range(2)]
    at_once(*[lambda twin=twin: approve(twin, by=ayu, send_anyway=True, now=MONDAY) for twin in twins])
    message.refresh_from_db()
    assert message.state == MessageState.READY
    assert case.events.filter(code="message_ready", data__message=message.pk).count() == 1


def test_double_submit_stores_one_answer(case):
    shown = [Case.objects.select_related("shop", "customer").get(pk=case.pk) for _ in range(2)]
    one, other = at_once(*[lambda c=c: reply_for(c, KEY, "Terima kasih, kak.", "") for c in shown])
    assert one.pk == other.pk


def test_two_ticks_raise_one_notice(write):
    write(state="failed", last_error="550")
    at_once(lambda: notices.run(MONDAY), lambda: notices.run(MONDAY))
    assert StaffNotice.objects.filter(code=notices.OUTBOX).count() == 1


def test_two_ticks_queue_one_digest(write, ayu):
    write(state="failed", last_error="550")
    notices.run(MONDAY)
    Member.objects.filter(pk=ayu.pk).update(next_digest_at=MONDAY)
    at_once(lambda: digest.run(MONDAY), lambda: digest.run(MONDAY))
    assert Message.objects.filter(direction="internal").count() == 1
