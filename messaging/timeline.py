"""The timeline of any case: its events with the words of their messages and notes (components/timeline_item.html)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from cases import events
from cases.models import Case, CaseEvent
from messaging.models import Message
from messaging.showing import show_deliveries

LONGEST = 200
ICONS = {events.MESSAGE_IN: "chat", events.NOTE: "note", events.MESSAGE_SENT: "check", events.MESSAGE_FAILED: "error"}
REASONED = {events.STEP_SKIPPED, events.MESSAGE_CANCELLED, events.MESSAGE_FAILED, events.MESSAGE_EXPIRED}


def timeline(case: Case, title: Callable[[CaseEvent], str] | None = None) -> list[dict[str, Any]]:
    """The case's events in order (three queries). `title`: what a room's own events are called."""
    said = {message.pk: message for message in case.messages.all()}
    notes = {note.pk: note.text for note in case.notes.all()}
    rows = list(case.events.select_related("by").order_by("at", "id")[:LONGEST])
    messages = [said.get(event.data.get("message", 0)) for event in rows]
    lines = [line(event, message, notes, title) for event, message in zip(rows, messages, strict=True)]
    show_deliveries(lines, messages, case.shop)
    return lines


def line(
    event: CaseEvent, message: Message | None, notes: dict[int, str], title: Callable[[CaseEvent], str] | None
) -> dict[str, Any]:
    """One event."""
    kind = {events.MESSAGE_IN: "in", events.NOTE: "note"}.get(event.code, "out" if message else "event")
    return {
        "at": event.at,
        "title": (title(event) if title else "") or events.LABELS.get(event.code, event.code),
        "actor": str(event.by) if event.by else "",
        "text": notes.get(event.data.get("note", 0)) or words(event, message),
        "icon": ICONS.get(event.code, "dot"),
        "kind": kind,
    }


def words(event: CaseEvent, message: Message | None) -> str:
    """A message's words when it came or left, not when it was queued. Else the reason, where there is one."""
    if message is None or event.code in REASONED:
        return reason_of(event) if event.code in REASONED else str(event.data.get("why", ""))
    return "" if event.code == events.MESSAGE_READY else message.body


def reason_of(event: CaseEvent) -> str:
    """Why something was stopped: our own reasons in the reader's language, other words as they came."""
    reason = str(event.data.get("reason", ""))
    return _(reason) if reason else ""
