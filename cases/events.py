"""Codes of the timeline's events. Stored as codes, translated when shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import Actor
from cases.models import Case, CaseEvent
from shops.models import User

OPENED = "opened"
STATE = "state"
ASSIGNED = "assigned"
NOTE = "note"
MERGED = "merged"
REOPENED = "reopened"
SEVERITY = "severity"
SPREADING = "spreading"
THEME = "theme"
BLAME = "blame"
FINDING = "finding"
ROUTED = "routed"
SUPERSEDED = "superseded"
FINISHED = "finished"
STEP_OPEN = "step_open"
STEP_DONE = "step_done"
STEP_SKIPPED = "step_skipped"
STEP_CANCELLED = "step_cancelled"
MESSAGE_IN = "message_in"
MESSAGE_READY = "message_ready"
MESSAGE_SENT = "message_sent"
MESSAGE_FAILED = "message_failed"
MESSAGE_UNCONFIRMED = "message_unconfirmed"
MESSAGE_CANCELLED = "message_cancelled"
MESSAGE_EXPIRED = "message_expired"
MESSAGE_UNDONE = "message_undone"
REMEDY = "remedy"
BOOKING = "booking"
REVIEW = "review"
OPTED_OUT = "opted_out"
ATTACHED = "attached"

LABELS = {
    OPENED: _("Case opened"),
    STATE: _("State changed"),
    ASSIGNED: _("Assigned"),
    NOTE: _("Note"),
    MERGED: _("Merged"),
    REOPENED: _("Reopened"),
    SEVERITY: _("Severity changed"),
    SPREADING: _("Spread in public noted"),
    THEME: _("Theme and cause noted"),
    BLAME: _("Who they blame"),
    FINDING: _("Our finding"),
    ROUTED: _("Playbook chosen"),
    SUPERSEDED: _("Treatment replaced"),
    FINISHED: _("Treatment finished"),
    STEP_OPEN: _("Step due"),
    STEP_DONE: _("Step done"),
    STEP_SKIPPED: _("Step skipped"),
    STEP_CANCELLED: _("Step cancelled"),
    MESSAGE_IN: _("Message from the customer"),
    MESSAGE_READY: _("Message ready to go"),
    MESSAGE_SENT: _("Message sent"),
    MESSAGE_FAILED: _("Message failed"),
    MESSAGE_UNCONFIRMED: _("Not known whether the message went out"),
    MESSAGE_CANCELLED: _("Message cancelled"),
    MESSAGE_EXPIRED: _("Message expired"),
    MESSAGE_UNDONE: _("Message taken back"),
    REMEDY: _("Remedy"),
    BOOKING: _("Booking"),
    REVIEW: _("Review"),
    OPTED_OUT: _("Customer opted out"),
    ATTACHED: _("File added"),
}


def plain(value: object) -> object:
    """A value as JSON can keep it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def add_event(
    case: Case, code: str, *, by: User | None = None, actor: str = "", at: datetime | None = None, **data: Any
) -> CaseEvent:
    """Append one line to the case's timeline."""
    event = new_event(case, code, by=by, actor=actor, at=at, **data)
    event.save(force_insert=True)
    return event


def new_event(
    case: Case, code: str, *, by: User | None = None, actor: str = "", at: datetime | None = None, **data: Any
) -> CaseEvent:
    """A line for the case's timeline, not stored yet: for those who store many at once."""
    who = actor or (Actor.STAFF if by else Actor.SYSTEM)
    kept: Mapping[str, object] = {key: plain(value) for key, value in data.items()}
    return CaseEvent(shop_id=case.shop_id, case=case, code=code, by=by, actor=who, at=at or timezone.now(), data=kept)
