"""Packs: several messages looked at, sent and settled together, each of them as safe as alone."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import DataError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from cases.enums import State
from cases.models import Case, CaseEvent
from messaging import outbox, packs, settling
from messaging.channels import CHANNELS, Channel, Outcome, Promise, Rejected, TryAgain
from messaging.enums import Carrier
from messaging.models import Message
from messaging.packs import PACK_TIME, Pace, next_pack
from tests.factories import MONDAY, make_message

HOUR = timedelta(hours=1)
CLOCK = packs.stopped(MONDAY)


@pytest.fixture
def post(monkeypatch):
    """The email channel: `post[pk] = act` does something, or raises it, when this message is sent; `post.sent`."""

    class Post(dict):
        sent = []

    post = Post()
    post.sent = []

    def send(message):
        act = post.get(message.pk)
        if isinstance(act, Exception):
            raise act
        if act:
            act()
        post.sent.append(message.pk)
        return Outcome(f"<{message.pk}>")

    monkeypatch.setitem(CHANNELS, Carrier.EMAIL, Channel(Promise.HANDED_OVER, send))
    monkeypatch.setattr(packs, "PACK_TIME", 20.0)  # a machine that is busy with other work is no stalling server
    return post


def deliver(size=20):
    """Deliver everything that is due in packs of this size."""
    batch = outbox.claim(MONDAY, 20)
    return +outbox.deliver_batch(batch, CLOCK, time.monotonic() + 20, Pace(size=size))


def states():
    return list(Message.objects.filter(direction="out").order_by("pk").values_list("state", flat=True))


def told(code="message_sent"):
    """Which messages the timelines speak of, with this code."""
    return sorted(CaseEvent.objects.filter(code=code).values_list("data__message", flat=True))


# --- how many ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "look", "each", "then"),
    [
        (1, 0.005, 0.001, 2),
        (4, 0.010, 0.001, 8),
        (16, 0.010, 0.001, 20),
        (20, 0.010, 0.010, 4),
        (1, 0.010, 0.025, 1),
        (1, 0.010, 0.050, 1),
        (20, 0.010, 4.0, 1),
        (20, 3.0, 0.001, 1),
    ],
)
def test_next_pack_holds_what_leaves_in_its_time(size, look, each, then):
    pace = Pace(size=size)
    pace.took(size, look, each * size, each * size, 0.002 * size)
    assert pace.size == then


def test_room_for_lanes_is_the_waiting_for_the_mail_server():
    quick, slow = Pace(), Pace()
    for _ in range(4):
        quick.took(20, 0.010, 0.025, waited=0.009, worked=0.028)
        slow.took(1, 0.010, 0.055, waited=0.053, worked=0.009)
    assert (int(quick.lanes), int(slow.lanes)) == (1, 6)


def test_two_of_one_case_or_customer_never_share_a_pack(shop, letters):
    first, second, third = letters(3)
    again = make_message(shop, case=first.case, customer=None)
    other_case = make_message(shop, case=None, customer=second.customer)
    pack, rest = next_pack([first, again, second, other_case, third], 20)
    assert (pack, rest) == ([first, second, third], [again, other_case])


def test_notices_of_no_case_share_a_pack_up_to_its_size(shop):
    notices = [make_message(shop, direction="internal") for _ in range(4)]
    assert next_pack(notices, 3) == (notices[:3], notices[3:])


def test_longer_pack_asks_the_database_no_more_often(letters, post):
    asked = []
    for count in (2, 10):
        letters(count, is_shop_initiated=True)
        with CaptureQueriesContext(connection) as seen:
            assert deliver() == {"sent": count}
        asked.append(len(seen))
    assert asked[0] == asked[1]


# --- each as safe as alone --------------------------------------------------------------------------------------------


def test_pack_is_sent_once_and_told_once(letters, post):
    rows = letters(5)
    assert deliver()["sent"] == 5
    assert not deliver()
    keys = [row.pk for row in rows]
    assert (post.sent, told(), states()) == (keys, keys, ["sent"] * 5)
    assert [m.external_id for m in Message.objects.order_by("pk")] == [f"<{key}>" for key in keys]
    assert {m.attempts for m in Message.objects.all()} == {1}
    assert {case.first_replied_at for case in Case.objects.all()} == {MONDAY}


def test_caps_hold_inside_a_claim(shop, letters, post):
    [first] = letters(1, is_shop_initiated=True)
    make_message(shop, case=first.case, customer=first.customer, is_shop_initiated=True)
    assert deliver() == {"sent": 1, "waiting_cap": 1}


def test_what_was_closed_before_the_look_does_not_leave(letters, post):
    first, second, third = letters(3, needs_open_case=True)
    batch = outbox.claim(MONDAY, 20)
    Case.objects.filter(pk=second.case_id).update(state=State.WITHDRAWN)
    outbox.deliver_batch(batch, CLOCK, time.monotonic() + 20, Pace(size=20))
    assert (post.sent, states()) == ([first.pk, third.pk], ["sent", "cancelled", "sent"])


def test_stall_in_the_middle_gives_the_others_back(letters, post, monkeypatch):
    rows = letters(4)
    monkeypatch.setattr(packs, "PACK_TIME", 0.5)
    post[rows[1].pk] = lambda: time.sleep(0.6)
    assert deliver() == {"sent": 2, "put_back": 2}
    assert states() == ["sent", "sent", "ready", "ready"]
    assert set(Message.objects.filter(state="ready").values_list("attempts", "claimed_at", "passed_at")) == {
        (0, None, None)
    }
    assert deliver()["sent"] == 2
    assert post.sent == [row.pk for row in rows]


def test_worker_that_slept_in_the_middle_sends_nothing_on_its_old_look(letters, post, monkeypatch):
    """The sweeper calls its messages doubtful meanwhile; it settles what it sent and gives back what it did not."""
    rows = letters(3)
    monkeypatch.setattr(packs, "PACK_TIME", 0.01)

    def sleep():
        time.sleep(0.02)
        assert outbox.sweep(MONDAY + HOUR)["unconfirmed"] == 3

    post[rows[0].pk] = sleep
    deliver()
    assert (post.sent, states()) == ([rows[0].pk], ["sent", "ready", "ready"])


def test_what_staff_took_in_hand_is_not_given_back(letters, post, ayu, monkeypatch):
    rows = letters(2)
    monkeypatch.setattr(packs, "PACK_TIME", 0.01)

    def sleep():
        time.sleep(0.02)
        outbox.sweep(MONDAY + HOUR)
        outbox.mark_sent(Message.objects.get(pk=rows[1].pk), by=ayu.user)

    post[rows[0].pk] = sleep
    deliver()
    assert states() == ["sent", "marked_sent"]


def test_lost_claim_in_the_middle_tells_nothing(letters, post, ayu):
    rows = letters(3)

    def lose():
        outbox.sweep(MONDAY + HOUR)
        outbox.retry(Message.objects.get(pk=rows[1].pk), by=ayu.user, now=MONDAY + HOUR)

    post[rows[2].pk] = lose
    assert deliver() == {"sent": 2, "lost": 1}
    assert states() == ["sent", "ready", "sent"]
    assert told() == [rows[0].pk, rows[2].pk]
    assert Case.objects.get(pk=rows[1].case_id).first_replied_at is None


def test_lost_before_the_look_is_left_alone(letters, post, ayu):
    rows = letters(3)
    batch = outbox.claim(MONDAY, 20)
    outbox.undo(rows[1], by=ayu.user)
    report = +outbox.deliver_batch(batch, CLOCK, time.monotonic() + 20, Pace(size=20))
    assert (report, states()) == ({"sent": 2, "lost": 1}, ["sent", "draft", "sent"])


def test_bad_row_at_the_look_fails_alone(letters, post):
    rows = letters(3)
    Message.objects.filter(pk=rows[1].pk).update(carrier="pigeon")
    assert deliver() == {"sent": 2, "failed": 1}
    assert states() == ["sent", "failed", "sent"]


def test_every_answer_of_the_channel_is_kept_apart(letters, post):
    rows = letters(5)
    faults = (TryAgain("450"), Rejected("550"), ConnectionResetError("gone"))
    post.update(zip([row.pk for row in rows[1:4]], faults, strict=True))
    assert deliver() == {"sent": 2, "retry": 1, "failed": 1, "unconfirmed": 1}
    assert states() == ["sent", "waiting", "failed", "unconfirmed", "sent"]


def test_fault_in_settling_together_settles_each_alone(letters, post, monkeypatch):
    def broken(sent, now):
        raise DataError("too long")

    monkeypatch.setattr(packs, "settle_all_sent", broken)
    letters(3)
    assert deliver()["sent"] == 3
    assert states() == ["sent"] * 3


def test_fault_in_settling_one_leaves_the_others_settled(letters, post, monkeypatch):
    rows = letters(3)
    alone = settling.settle_sent

    def broken(message, outcome, now):
        if message.pk == rows[1].pk:
            raise DataError("too long")
        return alone(message, outcome, now)

    monkeypatch.setattr(packs, "settle_all_sent", lambda sent, now: False)
    monkeypatch.setattr(packs, "settle_sent", broken)
    assert deliver() == {"sent": 2, "errors": 1}
    assert states() == ["sent", "sending", "sent"]


def test_database_that_stays_away_leaves_the_pack_to_the_sweeper(letters, post, monkeypatch):
    def gone(sent, now):
        raise OperationalError("gone")

    monkeypatch.setattr(packs, "settle_all_sent", gone)
    monkeypatch.setattr(packs, "written_down", lambda act: act())
    letters(3)
    assert deliver()["errors"] == 3
    assert outbox.sweep(MONDAY + HOUR)["unconfirmed"] == 3


def test_worker_that_dies_after_the_look_leaves_doubts_and_sends_nothing(letters, post):
    letters(3)
    packs.look(outbox.claim(MONDAY, 20), MONDAY)
    assert outbox.sweep(MONDAY + HOUR)["unconfirmed"] == 3
    assert not deliver()


def test_pack_time_is_short():
    assert PACK_TIME <= 0.05
