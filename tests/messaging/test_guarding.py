"""The one door into the outbox: a guard result and an approval, or nothing is queued (I1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.actions import Refused
from messaging import outbox
from messaging.enums import MessageState, Purpose
from messaging.guarding import GuardRefused, approve
from messaging.models import Message
from tests.factories import MONDAY

RUDE = "Kakak salah ketik sendiri, makanya baca dulu."


@pytest.fixture
def draft(write):
    return write(state="draft", guard={}, due_at=None, next_try_at=None)


def test_approved_message_can_be_taken_back_for_ten_seconds(draft, ayu):
    approve(draft, by=ayu, send_anyway=True, now=MONDAY)
    assert (draft.state, draft.next_try_at, draft.approved_by) == ("ready", MONDAY + timedelta(seconds=10), ayu.user)
    assert not outbox.deliver_due(MONDAY + timedelta(seconds=9))["sent"]
    assert outbox.deliver_due(MONDAY + timedelta(seconds=10))["sent"] == 1


def test_message_for_later_waits_for_its_time(draft, ayu):
    draft.due_at = MONDAY + timedelta(days=2)
    approve(draft, by=ayu, send_anyway=True, now=MONDAY)
    assert draft.next_try_at == MONDAY + timedelta(days=2)


def test_second_press_of_the_button_changes_nothing(draft, ayu, case):
    approve(draft, by=ayu, send_anyway=True, now=MONDAY)
    again = Message.objects.get(pk=draft.pk)
    approve(again, by=ayu, send_anyway=True, now=MONDAY + timedelta(seconds=3))
    draft.refresh_from_db()
    assert draft.next_try_at == MONDAY + timedelta(seconds=10)
    assert case.events.filter(code="message_ready", data__message=draft.pk).count() == 1


def test_nobody_approves_but_a_person(draft):
    with pytest.raises(Refused):
        approve(draft, by=None, now=MONDAY)


def test_acknowledgement_is_the_only_exception(write):
    message = write(state="draft", guard={}, is_automatic=True, purpose=Purpose.ACKNOWLEDGEMENT)
    assert approve(message, by=None, now=MONDAY).state == MessageState.READY


@pytest.mark.parametrize("body", ["", "  ", "Halo [[name]], terima kasih."])
def test_empty_and_unfinished_texts_are_refused(draft, ayu, body):
    draft.body = body
    with pytest.raises(Refused):
        approve(draft, by=ayu, send_anyway=True, now=MONDAY)


def test_blaming_text_is_held_back(draft, ayu):
    draft.body = RUDE
    with pytest.raises(GuardRefused):
        approve(draft, by=ayu, send_anyway=True, now=MONDAY)
    draft.refresh_from_db()
    assert draft.state == MessageState.DRAFT


def test_sent_message_is_not_approved_again(write, ayu):
    message = write(state="sent", sent_at=MONDAY)
    message.body = "Etwas anderes, terima kasih."
    with pytest.raises(Refused):
        approve(message, by=ayu, send_anyway=True, now=MONDAY)
