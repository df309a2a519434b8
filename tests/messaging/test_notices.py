"""Staff reminders: raised once, cancelled with their cause, raised again when it is back; the digest at its hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions import add_note
from cases.links import case_url
from cases.models import Case
from messaging import digest, notices, outbox
from messaging.models import Message, StaffNotice
from shops.models import Member
from tests.factories import MONDAY

MINUTE = timedelta(minutes=1)


def open_keys(code):
    return list(StaffNotice.objects.filter(code=code, cancelled_at=None).values_list("key", flat=True))


@pytest.fixture
def due(case):
    """The case, its first reply due on Monday at ten."""
    Case.objects.filter(pk=case.pk).update(first_reply_due_at=MONDAY, first_replied_at=None)
    return case


def test_reply_soon_then_late(due):
    notices.run(MONDAY - 20 * MINUTE)
    assert (len(open_keys(notices.REPLY_SOON)), len(open_keys(notices.REPLY_LATE))) == (1, 0)
    notices.run(MONDAY + MINUTE)
    assert (len(open_keys(notices.REPLY_SOON)), len(open_keys(notices.REPLY_LATE))) == (0, 1)


def test_two_ticks_raise_one_notice(due):
    notices.run(MONDAY + MINUTE)
    notices.run(MONDAY + 2 * MINUTE)
    assert StaffNotice.objects.filter(code=notices.REPLY_LATE).count() == 1


def test_answered_case_cancels_its_notice(due):
    notices.run(MONDAY + MINUTE)
    Case.objects.filter(pk=due.pk).update(first_replied_at=MONDAY + MINUTE)
    notices.run(MONDAY + 2 * MINUTE)
    assert open_keys(notices.REPLY_LATE) == []


def test_second_due_time_on_the_same_day_is_a_second_notice(due):
    notices.run(MONDAY + MINUTE)
    Case.objects.filter(pk=due.pk).update(first_reply_due_at=MONDAY + timedelta(hours=3))
    notices.run(MONDAY + timedelta(hours=4))
    assert StaffNotice.objects.filter(code=notices.REPLY_LATE).count() == 2


def test_message_that_fails_again_is_news_again(write, ayu):
    message = write(state="failed", last_error="550", attempts=1)
    notices.run(MONDAY)
    notices.mark_read(ayu, MONDAY)
    outbox.retry(message, by=ayu.user, now=MONDAY)
    notices.run(MONDAY + MINUTE)
    assert open_keys(notices.OUTBOX) == []
    Message.objects.filter(pk=message.pk).update(state="failed", attempts=1)
    notices.run(MONDAY + 2 * MINUTE)
    assert notices.mine(ayu).count() == 1


def test_owner_sees_everything_staff_their_own_and_nobodys(due, ayu, budi):
    Case.objects.filter(pk=due.pk).update(assignee=ayu)
    notices.run(MONDAY + MINUTE)
    assert [notices.open_notices(member).count() for member in (ayu, budi)] == [1, 0]


def test_reading_does_not_take_away_what_waits_for_somebody_else(due, ayu, budi):
    Case.objects.filter(pk=due.pk).update(assignee=budi)
    notices.run(MONDAY + MINUTE)
    notices.mark_read(ayu)
    assert [notices.mine(member).count() for member in (ayu, budi)] == [0, 1]


# --- mentions ---------------------------------------------------------------------------------------------------------


def test_mention_is_told_at_once_and_once(case, ayu, budi, as_):
    as_(ayu).post(reverse("messaging:note", args=[case.code]), {"text": "@budi bisa cek stok biru? cc @ayu"})
    notices.run()
    assert [notices.mine(member).filter(code=notices.MENTION).count() for member in (budi, ayu)] == [1, 0]
    assert b"bisa cek stok biru" in as_(budi).get(reverse("messaging:notices")).content


def test_tick_tells_a_mention_that_slipped_through(case, ayu, budi):
    add_note(case, "tolong @budi", by=ayu.user)
    notices.run()
    notices.run()
    assert notices.mine(budi).filter(code=notices.MENTION).count() == 1


def test_mention_goes_once_the_case_was_opened(case, ayu, budi, as_):
    """Also where the case is somebody else's: who was asked may look."""
    Case.objects.filter(pk=case.pk).update(assignee=ayu)
    notices.tell_mentioned(add_note(case, "@budi, menurutmu?", by=ayu.user))
    assert as_(budi).get(case_url(case)).status_code == 200
    notices.run()
    assert not notices.mine(budi).filter(code=notices.MENTION).exists()


def test_owner_is_not_bothered_with_what_staff_are_asked(case, ayu, budi, vera):
    notices.tell_mentioned(add_note(case, "@budi, menurutmu?", by=vera.user))
    assert not notices.open_notices(ayu).filter(code=notices.MENTION).exists()


# --- the digest -------------------------------------------------------------------------------------------------------


@pytest.fixture
def news(due, ayu):
    """Something to say, and Ayu's digest due on Monday at ten."""
    notices.run(MONDAY + MINUTE)
    Member.objects.filter(pk=ayu.pk).update(next_digest_at=MONDAY)
    return MONDAY + 2 * MINUTE


def test_digest_goes_once_at_its_hour(news, ayu):
    digest.run(MONDAY - MINUTE)
    assert not Message.objects.filter(direction="internal").exists()
    digest.run(news)
    digest.run(news + MINUTE)
    message = Message.objects.get(direction="internal")
    assert (message.address, message.subject) == ("ayu@example.com", "Toko Contoh: 1 thing waits for you")
    assert outbox.deliver_due(news)["sent"] == 1


def test_next_digest_is_tomorrow_at_the_persons_hour(news, ayu):
    digest.run(news)
    ayu.refresh_from_db()
    assert ayu.next_digest_at == MONDAY.replace(hour=1) + timedelta(days=1)  # 08:00 WIB


def test_digest_reaches_an_owner_whose_address_is_the_shops(news, ayu, shop):
    type(ayu.user).objects.filter(pk=ayu.user_id).update(email=shop.email)
    digest.run(news)
    assert outbox.deliver_due(news)["sent"] == 1


def test_nothing_to_say_is_no_mail(shop, ayu):
    Member.objects.filter(pk=ayu.pk).update(next_digest_at=MONDAY)
    digest.run(MONDAY)
    assert not Message.objects.filter(direction="internal").exists()


def test_people_who_left_and_viewers_get_none(news, ayu, vera):
    Member.objects.filter(pk=vera.pk).update(next_digest_at=MONDAY)
    type(ayu.user).objects.filter(pk=ayu.user_id).update(is_active=False)
    digest.run(news)
    assert not Message.objects.filter(direction="internal").exists()


def test_digest_that_cannot_be_queued_is_tried_again(news, ayu, monkeypatch):
    monkeypatch.setattr(digest, "queue", lambda member, now: 1 / 0)
    assert digest.run(news)["errors"] == 1
    ayu.refresh_from_db()
    assert ayu.next_digest_at == MONDAY


def test_digest_names_a_mention(case, ayu, budi):
    notices.tell_mentioned(add_note(case, "@budi, menurutmu?", by=ayu.user))
    Member.objects.filter(pk=budi.pk).update(next_digest_at=MONDAY)
    digest.run(MONDAY + MINUTE)
    assert "A colleague asks you" in Message.objects.get(member=budi).body
