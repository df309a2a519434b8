"""The one door through which a message changes its state, and what follows from one that left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases import events
from cases.actions import Stale, first_replies_sent
from cases.models import Case, CaseEvent
from messaging.enums import WENT_OUT, Direction, Purpose
from messaging.models import Message
from shops.models import User

NOT_A_REPLY = {Purpose.ACKNOWLEDGEMENT, Purpose.STAFF_NOTICE, Purpose.SURVEY}


def move(message: Message, allowed: Collection[str], changes: Mapping[str, Any]) -> None:
    """Change a message if it is still in an allowed state; else Stale: somebody or some worker was first."""
    if Message.objects.filter(pk=message.pk, state__in=list(allowed)).update(**changes) != 1:
        raise Stale(_("This message has changed meanwhile. Look at it again."))
    keep(message, changes)


def keep(message: Message, changes: Mapping[str, Any]) -> None:
    """Show what was written on the instance too."""
    for name, value in changes.items():
        setattr(message, name, value)


def note(message: Message, code: str, now: datetime, *, by: User | None = None, **data: Any) -> None:
    """One line on the case's timeline, where there is a case."""
    if message.case:
        events.add_event(message.case, code, by=by, at=now, message=message.pk, **data)


def lock_for_clock(message: Message) -> None:
    """Where leaving or coming back touches the first-reply clock: the case is locked before its message.

    Everybody takes these locks in this order (case, customer, message), so that nobody waits in a circle.
    """
    if message.case_id and is_reply(message):
        locked(Case.objects.filter(pk=message.case_id), waits=True)


def locked(rows: QuerySet[Any], *, waits: bool) -> set[int]:
    """Lock rows in the order of their keys: all of them, or those nobody else holds. Returns the keys of the locked."""
    taken = rows.select_for_update(no_key=True, skip_locked=not waits).order_by("pk")
    return set(taken.values_list("pk", flat=True))


def went_out(message: Message, now: datetime) -> None:
    """What follows from a message that left: the timeline, and the first-reply clock stops (see `lock_for_clock`)."""
    all_went_out([message], now)


def all_went_out(messages: Sequence[Message], now: datetime) -> None:
    """The same for some messages together."""
    of_cases = [(message, message.case) for message in messages if message.case]
    lines = [events.new_event(case, events.MESSAGE_SENT, at=now, message=message.pk) for message, case in of_cases]
    CaseEvent.objects.bulk_create(lines)
    first_replies_sent([case for message, case in of_cases if stops_the_clock(message)], now)


def stops_the_clock(message: Message) -> bool:
    """True where this would be the first reply of its case."""
    return is_reply(message) and message.case is not None and message.case.first_replied_at is None


def is_reply(message: Message) -> bool:
    """True for words of a person to the customer: they stop the first-reply clock."""
    return message.direction == Direction.OUT and message.purpose not in NOT_A_REPLY


def has_gone_out(message: Message) -> bool:
    """Sent, or marked as sent by hand."""
    return message.state in WENT_OUT
