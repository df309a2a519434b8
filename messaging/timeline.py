"""The timeline of any case: its events with the words of their messages and notes (components/timeline_item.html)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cases import events
from cases.enums import State
from cases.mentions import names_in
from cases.models import Case
from messaging.models import Message
from messaging.showing import show_deliveries

NEWEST, LONGEST = 10, 500  # events shown at once, and where all of them are asked for
ICONS = {events.MESSAGE_IN: "chat", events.NOTE: "note", events.MESSAGE_SENT: "check", events.MESSAGE_FAILED: "error"}
REASONED = {events.STEP_SKIPPED, events.MESSAGE_CANCELLED, events.MESSAGE_FAILED, events.MESSAGE_EXPIRED}


class Event(NamedTuple):
    """What the timeline reads of a CaseEvent; `who`: the user name of whoever did it."""

    at: datetime
    code: str
    data: dict[str, Any]
    who: str | None


@dataclass(frozen=True)
class Timeline:
    """The events in order, as components/timeline.html wants them; `is_cut` where older ones are left out.

    `mentioned`: whom the case's notes name, shown or not.
    """

    lines: list[dict[str, Any]]
    is_cut: bool
    mentioned: frozenset[str]


def timeline(
    case: Case,
    *,
    whole: bool = False,
    title: Callable[[Event], str] | None = None,
    detail: Callable[[Event], str] | None = None,
    said: Mapping[int, Message] | None = None,
) -> Timeline:
    """The case's newest events (`whole`: all of them) with the words of messages and notes they speak of.

    `title`, `detail`: what a room calls its own events, and what they say beyond it. `said`: the case's messages, where
    the caller has them (two queries then, else three).
    """
    known = {message.pk: message for message in case.messages.all()} if said is None else said
    notes = dict(case.notes.values_list("pk", "text"))
    limit = LONGEST if whole else NEWEST
    newest = case.events.order_by("-at", "-id").values_list("at", "code", "data", "by__username")
    found = [Event(*row) for row in newest[: limit + 1]]
    rows = found[:limit][::-1]
    messages = [known.get(event.data.get("message", 0)) for event in rows]
    lines = []
    for event, message in zip(rows, messages, strict=True):
        heading = (title(event) if title else "") or str(events.LABELS.get(event.code, event.code))
        text = notes.get(event.data.get("note", 0)) or words(event, message, detail or why)
        lines.append(line(event, message, heading, text))
    show_deliveries(lines, messages, case.shop)
    mentioned = frozenset(name for text in notes.values() for name in names_in(text))
    return Timeline(lines, is_cut=not whole and len(found) > limit, mentioned=mentioned)


def asks_for_whole(params: Mapping[str, str]) -> bool:
    """The page's address asks for the timeline from the beginning."""
    return params.get("timeline") == "all"


def line(event: Event, message: Message | None, heading: str, text: str) -> dict[str, Any]:
    """One event as components/timeline_item.html wants it."""
    return {
        "at": event.at,
        "title": heading,
        "actor": event.who or "",
        "text": text,
        "icon": ICONS.get(event.code, "dot"),
        "kind": {events.MESSAGE_IN: "in", events.NOTE: "note"}.get(event.code, "out" if message else "event"),
    }


def words(event: Event, message: Message | None, detail: Callable[[Event], str]) -> str:
    """The words of an event's message, told once: when it left, not also when it was queued. Else the event's own."""
    if event.code in REASONED:
        return reason_of(event)
    if event.code == events.STATE:
        return move_of(event)
    if message is None:
        return detail(event)
    return "" if event.code == events.MESSAGE_READY and message.sent_at else message.body


def move_of(event: Event) -> str:
    """From which state to which, and the note that was left with it."""
    states = [event.data.get(key) for key in ("old", "new")]
    move = " → ".join(str(State(state).label) if state in State.values else "–" for state in states)
    return " · ".join(part for part in (move, event.data.get("note", "")) if part)


def why(event: Event) -> str:
    """What most events say beyond their title."""
    return str(event.data.get("why", ""))


def reason_of(event: Event) -> str:
    """Why something was stopped: our own reasons in the reader's language, other words as they came."""
    reason = str(event.data.get("reason", ""))
    return _(reason) if reason else ""
