"""The outbox: claim, look again, send, settle. One message at a time, on a clock that stands still."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import OperationalError

from cases.actions import Stale
from cases.models import CaseEvent
from messaging import outbox, packs, settling
from messaging.channels import CHANNELS, Channel, Outcome, Promise, Rejected, TryAgain
from messaging.enums import Carrier, Direction, MessageState, Purpose, WaitingFor
from messaging.models import Message
from tests.factories import MONDAY, make_message

MINUTE = timedelta(minutes=1)


@pytest.fixture
def channel(monkeypatch):
    """The email channel, doing what `channel.then` says: an error to raise, or None for a mail that goes."""
    fake = SimpleNamespace(then=None, sent=[])

    def send(message):
        if fake.then:
            raise fake.then
        fake.sent.append(message.pk)
        return Outcome("<id>")

    monkeypatch.setitem(CHANNELS, Carrier.EMAIL, Channel(Promise.HANDED_OVER, send))
    return fake


def codes(case):
    return list(CaseEvent.objects.filter(case=case, code__startswith="message").values_list("code", flat=True))


def test_due_message_is_sent_once(write, case):
    message = write()
    assert outbox.deliver_due(MONDAY)["sent"] == 1
    assert outbox.deliver_due(MONDAY + MINUTE)["sent"] == 0
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == ("sent", MONDAY, 1)
    assert [m.to for m in mail.outbox] == [["rina@example.com"]]
    assert codes(case)[-1] == "message_sent"


def test_first_reply_stops_the_clock_of_the_case(write, case):
    write(purpose=Purpose.FIRST_REPLY)
    outbox.deliver_due(MONDAY)
    case.refresh_from_db()
    assert case.first_replied_at == MONDAY


def test_acknowledgement_is_no_reply(write, case):
    write(purpose=Purpose.ACKNOWLEDGEMENT, is_automatic=True)
    outbox.deliver_due(MONDAY)
    case.refresh_from_db()
    assert case.first_replied_at is None


def test_message_of_the_future_stays(write):
    message = write(next_try_at=MONDAY + MINUTE)
    assert not outbox.deliver_due(MONDAY)["sent"]
    message.refresh_from_db()
    assert message.state == MessageState.READY


@pytest.mark.parametrize("state", ["draft", "sent", "failed", "unconfirmed", "cancelled", "expired", "marked_sent"])
def test_only_queued_messages_are_taken(write, state):
    write(state=state)
    assert outbox.claim(MONDAY, 10) == []


def test_passing_fault_is_tried_again_later_and_later(write, channel):
    message, now, waits = write(), MONDAY, []
    channel.then = TryAgain("450 busy")
    for _ in range(5):
        outbox.deliver_due(now)
        message.refresh_from_db()
        assert (message.state, message.waiting_for) == ("waiting", WaitingFor.RETRY)
        waits.append(message.next_try_at - now)
        now = message.next_try_at
    assert waits == [timedelta(minutes=m) for m in (1, 5, 15, 60, 180)]
    outbox.deliver_due(now)
    message.refresh_from_db()
    assert (message.state, message.last_error, message.attempts) == ("failed", "450 busy", 6)


def test_refusal_is_final_and_a_bad_address_is_stopped(write, channel, point, case):
    message = write()
    channel.then = Rejected("550 5.1.1 no such mailbox", address_is_bad=True)
    outbox.deliver_due(MONDAY)
    message.refresh_from_db()
    point.refresh_from_db()
    assert (message.state, point.bounced_at) == ("failed", MONDAY)
    assert codes(case)[-1] == "message_failed"


def test_broken_line_leaves_a_doubt_and_nothing_is_sent_again(write, channel):
    message = write()
    channel.then = smtplib.SMTPServerDisconnected("gone")
    assert outbox.deliver_due(MONDAY)["unconfirmed"] == 1
    channel.then = None
    outbox.deliver_due(MONDAY + timedelta(days=1))
    message.refresh_from_db()
    assert (message.state, channel.sent) == ("unconfirmed", [])


def test_doubtful_notice_for_staff_is_tried_again(shop, channel):
    message = make_message(shop, direction=Direction.INTERNAL, purpose=Purpose.STAFF_NOTICE, is_automatic=True)
    channel.then = smtplib.SMTPServerDisconnected("gone")
    outbox.deliver_due(MONDAY)
    channel.then = None
    outbox.deliver_due(MONDAY + MINUTE)
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_bad_row_fails_visibly_and_does_not_stop_the_rest(write):
    bad, good = write(carrier="pigeon"), write()
    report = outbox.deliver_due(MONDAY)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.last_error, good.state) == ("failed", "KeyError: 'pigeon'", "sent")
    assert (report["failed"], report["sent"]) == (1, 1)


def test_lost_database_leaves_the_row_for_the_sweeper(write, monkeypatch):
    message = write()
    monkeypatch.setattr(packs, "look", lambda pack, now: (_ for _ in ()).throw(OperationalError("gone")))
    assert outbox.deliver_due(MONDAY)["errors"] == 1
    message.refresh_from_db()
    assert (message.state, message.passed_at) == ("sending", None)


def test_settling_is_tried_again_while_the_database_restarts(monkeypatch):
    monkeypatch.setattr(settling.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(settling, "connection", SimpleNamespace(close=lambda: None))
    answers = iter([OperationalError("gone"), OperationalError("starting"), "sent"])

    def act():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert settling.written_down(act) == "sent"


def test_message_by_hand_waits_for_a_hand(write):
    message = write(carrier=Carrier.WHATSAPP_LINK)
    assert outbox.deliver_due(MONDAY)["waiting_hand"] == 1
    message.refresh_from_db()
    assert (message.state, message.waiting_for, message.next_try_at) == ("waiting", "hand", None)


def test_message_by_hand_expires_where_nobody_sends_it(write):
    message = write(carrier=Carrier.WHATSAPP_LINK, expires_at=MONDAY + timedelta(hours=2))
    outbox.deliver_due(MONDAY)
    assert outbox.deliver_due(MONDAY + timedelta(hours=3))["expired"] == 1
    message.refresh_from_db()
    assert message.state == MessageState.EXPIRED


def test_rehearsal_writes_a_file_and_says_so(write, settings, tmp_path):
    settings.OUTBOX_DRY_RUN, settings.DATA_DIR = True, tmp_path
    message = write()
    outbox.deliver_due(MONDAY)
    message.refresh_from_db()
    assert (message.state, message.carrier, mail.outbox) == ("sent", Carrier.FILE, [])
    assert "rina@example.com" in (tmp_path / "dry_run" / message.external_id).read_text()


def test_out_of_time_gives_claims_back(write, monkeypatch):
    messages = [write(), write()]
    batch = outbox.claim(MONDAY, 10)
    assert outbox.deliver_batch(batch, outbox.stopped(MONDAY), until=0.0)["put_back"] == 2
    assert {Message.objects.get(pk=m.pk).state for m in messages} == {"ready"}


def test_channels_hang_up_after_the_batch(write, monkeypatch):
    ended = []
    monkeypatch.setitem(
        CHANNELS, Carrier.EMAIL, Channel(Promise.HANDED_OVER, lambda m: Outcome(), hang_up=lambda: ended.append(1))
    )
    write()
    outbox.deliver_due(MONDAY)
    assert ended == [1]


# --- claims -----------------------------------------------------------------------------------------------------------


def test_second_look_at_the_same_claim_loses(write, channel):
    write()
    [first] = outbox.claim(MONDAY, 1)
    [again] = [Message.objects.get(pk=first.pk)]
    assert outbox.deliver(first, MONDAY) == "sent"
    assert outbox.deliver(again, MONDAY) == "lost"
    assert len(channel.sent) == 1


def test_worker_that_slept_over_its_claim_does_not_send(write, channel):
    """A claims and sleeps; the sweeper gives the row back; B claims. Whoever looks last finds the claim gone."""
    write()
    [of_a] = outbox.claim(MONDAY, 1)
    later = MONDAY + outbox.STUCK_AFTER + MINUTE
    assert outbox.sweep(later)["swept"] == 1
    [of_b] = outbox.claim(later, 1)
    assert outbox.deliver(of_a, later) == "lost"
    assert outbox.deliver(of_b, later) == "sent"
    assert len(channel.sent) == 1


def test_sweeper_calls_a_passed_row_doubtful_after_a_while(write):
    message = write()
    [claimed] = outbox.claim(MONDAY, 1)
    packs.last_look(claimed, MONDAY)
    assert outbox.sweep(MONDAY + MINUTE)["unconfirmed"] == 0
    assert outbox.sweep(MONDAY + outbox.STUCK_AFTER + MINUTE)["unconfirmed"] == 1
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("unconfirmed", "The worker stopped while sending.")


def test_slow_worker_settles_what_the_sweeper_doubted(write):
    message = write()
    [claimed] = outbox.claim(MONDAY, 1)
    passed, _ = packs.last_look(claimed, MONDAY)
    later = MONDAY + outbox.STUCK_AFTER + MINUTE
    outbox.sweep(later)
    assert settling.settle_sent(passed, Outcome("<id>"), later) == "sent"
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_slow_worker_leaves_a_retry_of_staff_alone(write, ayu):
    message = write()
    [claimed] = outbox.claim(MONDAY, 1)
    passed, _ = packs.last_look(claimed, MONDAY)
    later = MONDAY + outbox.STUCK_AFTER + MINUTE
    outbox.sweep(later)
    outbox.retry(Message.objects.get(pk=message.pk), by=ayu.user, now=later)
    assert settling.settle_sent(passed, Outcome("<id>"), later) == "lost"
    message.refresh_from_db()
    assert message.state == MessageState.READY


def test_last_look_reads_the_rows_again(write, rina, channel):
    """The opt-out came after the claim."""
    write(is_shop_initiated=True)
    [claimed] = outbox.claim(MONDAY, 1)
    rina.contact_points.update(opted_out_at=MONDAY)
    assert outbox.deliver(claimed, MONDAY) == "cancelled"
    assert channel.sent == []


def test_merged_case_is_looked_at_again_under_its_new_lock(write, shop, channel):
    from tests.factories import make_complaint

    message = write()
    [claimed] = outbox.claim(MONDAY, 1)
    Message.objects.filter(pk=message.pk).update(case=make_complaint(shop).case)
    assert outbox.deliver(claimed, MONDAY) == "waiting_time"
    assert outbox.deliver_due(MONDAY)["sent"] == 1


# --- what people do ---------------------------------------------------------------------------------------------------


def test_undo_takes_a_queued_message_back(write, ayu, channel):
    message = write()
    outbox.undo(message, by=ayu.user)
    outbox.deliver_due(MONDAY)
    message.refresh_from_db()
    assert (message.state, channel.sent) == ("draft", [])


def test_undo_also_wins_over_a_claim_that_has_not_looked(write, ayu, channel):
    message = write()
    [claimed] = outbox.claim(MONDAY, 1)
    outbox.undo(message, by=ayu.user)
    assert outbox.deliver(claimed, MONDAY) == "lost"
    assert channel.sent == []


def test_undo_comes_too_late_after_the_last_look(write, ayu):
    message = write()
    [claimed] = outbox.claim(MONDAY, 1)
    packs.last_look(claimed, MONDAY)
    with pytest.raises(Stale):
        outbox.undo(message, by=ayu.user)


@pytest.mark.parametrize("state", ["draft", "ready", "waiting", "failed", "unconfirmed"])
def test_cancel_stops_what_has_not_gone(write, ayu, state):
    message = write(state=state)
    assert outbox.cancel(message, "not needed", by=ayu.user)
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("cancelled", "not needed")


@pytest.mark.parametrize("state", ["sent", "marked_sent", "cancelled", "expired"])
def test_cancel_is_too_late(write, ayu, state):
    assert not outbox.cancel(write(state=state), "not needed", by=ayu.user)


def test_marking_and_unmarking_a_message_sent_by_hand(write, ayu, case):
    message = write(carrier=Carrier.COPY, purpose=Purpose.FIRST_REPLY)
    outbox.deliver_due(MONDAY)
    message.refresh_from_db()
    outbox.mark_sent(message, by=ayu.user, now=MONDAY)
    case.refresh_from_db()
    assert (message.state, case.first_replied_at) == ("marked_sent", MONDAY)
    outbox.unmark_sent(message, by=ayu.user)
    case.refresh_from_db()
    assert (message.state, message.waiting_for, case.first_replied_at) == ("waiting", "hand", None)


def test_unmarking_a_doubtful_mail_never_queues_it(write, ayu, channel):
    message = write(state="unconfirmed")
    outbox.mark_sent(message, by=ayu.user, now=MONDAY)
    outbox.unmark_sent(message, by=ayu.user)
    assert message.state == MessageState.UNCONFIRMED
    outbox.deliver_due(MONDAY + timedelta(days=1))
    assert channel.sent == []


def test_marking_twice_is_refused(write, ayu):
    message = write(state="waiting", waiting_for="hand", carrier=Carrier.COPY)
    twin = Message.objects.get(pk=message.pk)
    outbox.mark_sent(message, by=ayu.user)
    with pytest.raises(Stale):
        outbox.mark_sent(twin, by=ayu.user)


def test_retry_sends_again_with_fresh_tries_and_opens_the_address(write, ayu, point):
    point.bounced_at = MONDAY
    point.save(update_fields=["bounced_at"])
    message = write(state="failed", attempts=6, last_error="550")
    outbox.retry(message, by=ayu.user, now=MONDAY)
    assert outbox.deliver_due(MONDAY)["sent"] == 1
    message.refresh_from_db()
    assert (message.attempts, message.last_error) == (1, "")


def test_mail_that_came_back_stops_the_address(write, ayu, point):
    message = write(state="sent", sent_at=MONDAY)
    outbox.came_back(message, by=ayu.user, now=MONDAY)
    point.refresh_from_db()
    assert (message.state, point.bounced_at) == ("failed", MONDAY)
    write()
    assert outbox.deliver_due(MONDAY)["failed"] == 1
