"""What people do to messages: take back, cancel, mark as sent, try again. Each is one conditional write."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import events
from cases.actions import Refused, Stale
from cases.models import Case
from messaging.channels import CHANNELS
from messaging.enums import NEEDS_STAFF, PENDING, QUEUED, MessageState, WaitingFor
from messaging.models import Message
from messaging.states import is_reply, keep, lock_for_clock, move, note, went_out
from shops.models import ContactPoint, User

# Claimed by a worker that has not had its last look yet: it will see the change and walk away.
CLAIMED_ONLY = Q(state=MessageState.SENDING, passed_at=None)
AT_REST: dict[str, Any] = {"waiting_for": WaitingFor.NOTHING, "next_try_at": None, "claimed_at": None}


def undo(message: Message, *, by: User, now: datetime | None = None) -> None:
    """Take a queued message back to draft; Stale where it has left already."""
    changes = {**AT_REST, "state": MessageState.DRAFT}
    with transaction.atomic():
        queued = Q(state__in=sorted(QUEUED)) | CLAIMED_ONLY
        if Message.objects.filter(queued, pk=message.pk).update(**changes) != 1:
            raise Stale(_("Too late: it has left already."))
        keep(message, changes)
        note(message, events.MESSAGE_UNDONE, now or timezone.now(), by=by)


def cancel(message: Message, reason: str, *, by: User | None = None, now: datetime | None = None) -> bool:
    """Stop a message that has not passed its last look; False where it was too late."""
    changes = {**AT_REST, "state": MessageState.CANCELLED, "last_error": reason[:300]}
    with transaction.atomic():
        stoppable = Q(state__in=sorted(PENDING | NEEDS_STAFF)) | CLAIMED_ONLY
        if Message.objects.filter(stoppable, pk=message.pk).update(**changes) != 1:
            return False
        keep(message, changes)
        note(message, events.MESSAGE_CANCELLED, now or timezone.now(), by=by, reason=reason)
    return True


def mark_sent(message: Message, *, by: User, now: datetime | None = None) -> None:
    """A person says they sent it by hand, or that a doubtful one arrived: recorded as marked, never as delivered.

    An approved message for a hand can be marked before the tick has come by, too.
    """
    now = now or timezone.now()
    if not (is_for_a_hand(message) or message.state == MessageState.UNCONFIRMED):
        raise Refused(_("Only messages sent by hand can be marked as sent."))
    changes = {**AT_REST, "state": MessageState.MARKED_SENT, "sent_at": now}
    with transaction.atomic():
        lock_for_clock(message)
        move(message, {MessageState.UNCONFIRMED, *(QUEUED if is_for_a_hand(message) else ())}, changes)
        went_out(message, now)


def is_for_a_hand(message: Message) -> bool:
    """True for an approved message that a person sends."""
    return message.state in QUEUED and message.carrier in CHANNELS and CHANNELS[message.carrier].by_hand


def unmark_sent(message: Message, *, by: User, now: datetime | None = None) -> None:
    """Undo mark_sent: it waits for a hand again, or is doubtful again; the first-reply clock runs on.

    A message that a channel sends by itself never goes back into the queue here: nobody knows whether it arrived.
    """
    state = {"state": MessageState.WAITING, "waiting_for": WaitingFor.HAND, "next_try_at": message.expires_at}
    if not CHANNELS[message.carrier].by_hand:
        state = {"state": MessageState.UNCONFIRMED}
    sent_at = message.sent_at
    with transaction.atomic():
        lock_for_clock(message)
        move(message, {MessageState.MARKED_SENT}, {**state, "sent_at": None})
        if message.case_id and is_reply(message):
            Case.objects.filter(pk=message.case_id, first_replied_at=sent_at).update(first_replied_at=None)
        note(message, events.MESSAGE_UNDONE, now or timezone.now(), by=by)


def retry(message: Message, *, by: User, now: datetime | None = None) -> None:
    """Staff decide to send a failed or doubtful message again; their word also opens an address that had refused."""
    now = now or timezone.now()
    changes = {**AT_REST, "state": MessageState.READY, "next_try_at": now, "attempts": 0, "last_error": ""}
    with transaction.atomic():
        move(message, NEEDS_STAFF, {**changes, "passed_at": None})
        if message.contact_point_id:
            ContactPoint.objects.filter(pk=message.contact_point_id).update(bounced_at=None)
        note(message, events.MESSAGE_READY, now, by=by)


def came_back(message: Message, *, by: User, now: datetime | None = None) -> None:
    """A mail the server took came back as undeliverable: it failed, and the address gets no more until staff retry."""
    now, reason = now or timezone.now(), _("It came back: the address does not take mail.")
    with transaction.atomic():
        move(message, {MessageState.SENT}, {"state": MessageState.FAILED, "last_error": reason})
        if message.contact_point_id:
            ContactPoint.objects.filter(pk=message.contact_point_id).update(bounced_at=now)
        note(message, events.MESSAGE_FAILED, now, by=by, reason=reason)
