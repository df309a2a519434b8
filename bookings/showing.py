"""Bookings as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bookings import contacts, queries, words
from bookings.enums import Outcome
from bookings.forms import ReplyForm
from bookings.models import Booking, WaitingEntry
from bookings.queries import Funnel
from cases import events, lists
from cases.clocks import Clock, clock
from cases.forms import NoteForm
from figures.shares import Share
from messaging.enums import MessageState
from messaging.models import Message
from messaging.remarks import Remarks, remarks
from messaging.timeline import Event, timeline
from messaging.tone import Report
from playbooks import reasons
from playbooks import showing as treating
from playbooks.queries import live_treatment
from shops.models import Member
from shops.templatetags.money import rupiah


@dataclass(frozen=True)
class Row:
    """One line of the board."""

    booking: Booking
    url: str
    price: str
    stage: str
    clock: Clock | None


def moment(at: datetime, zone: str) -> str:
    """A moment with zone letters, in the reader's language."""
    return words.moment(at, zone, (get_language() or "id")[:2])


def stage(booking: Booking, now: datetime, *, has_drafts: bool) -> str:
    """Where the booking stands, in words."""
    if not booking.is_open:
        return str(booking.get_outcome_display())
    if has_drafts:
        return _("Read and schedule the messages")
    if booking.terms_sent_at is None:
        return _("Send the terms first")
    if booking.replied_at:
        return _("They answered: you decide")
    if booking.release_at <= now:
        return _("The hold has ended: you decide")
    if booking.checked_in_at:
        return _("Asked how they are; released when the time is up")
    return _("Reminded; next we ask how they are") if booking.reminded_at else _("Kept; the reminder comes next")


def rows(bookings: Iterable[Booking], now: datetime) -> list[Row]:
    """The board's lines; relations and has_drafts must be loaded already."""
    return [
        Row(
            booking=booking,
            url=reverse("bookings:detail", args=[booking.case.code]),
            price=rupiah(booking.total),
            stage=stage(booking, now, has_drafts=getattr(booking, "has_drafts", False)),
            clock=clock(booking.release_at, now) if booking.is_open else None,
        )
        for booking in bookings
    ]


def chips(params: Mapping[str, str]) -> list[dict[str, Any]]:
    """The list's filter chips: of open bookings what they wait for, of ended ones how they ended."""
    if params.get("ended"):
        ends = [choice for choice in Outcome.choices if choice[0] != Outcome.OPEN]
        return lists.chips(params, [("outcome", value, label) for value, label in ends])
    return lists.chips(params, [("answered", "on", _("They answered")), ("drafts", "on", _("Not scheduled yet"))])


def tabs(current: str) -> list[dict[str, Any]]:
    """The pages of bookings."""
    pages = [
        ("list", reverse("bookings:list"), _("Open")),
        ("ended", reverse("bookings:list") + "?ended=1", _("Ended")),
        ("waiting", reverse("bookings:waiting"), _("Waiting list")),
        ("funnel", reverse("bookings:funnel"), _("What became of them")),
    ]
    return [{"url": url, "label": label, "on": name == current} for name, url, label in pages]


# --- one booking ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Planned:
    """A message of the plan: what, when, its words and what the guard says."""

    message: Message
    title: str
    when: str
    state: str
    body: str
    report: Report | None = None

    @property
    def guard(self) -> Remarks | None:
        """The tone guard's remarks in the reader's language."""
        return remarks(self.report, self.body) if self.report else None


def planned(booking: Booking) -> list[Planned]:
    """Everything that was or will be said in this booking, in order."""
    rows = booking.case.messages.filter(purpose__in=contacts.PLANNED).order_by("pk")
    order = {purpose: place for place, purpose in enumerate(contacts.PLANNED)}
    return [as_planned(message, booking) for message in sorted(rows, key=lambda m: (order[m.purpose], m.pk))]  # type: ignore[index]


def as_planned(message: Message, booking: Booking, body: str | None = None, report: Report | None = None) -> Planned:
    """One message of the plan."""
    at = message.sent_at or message.due_at
    return Planned(
        message=message,
        title=str(message.get_purpose_display()),
        when=moment(at, booking.zone) if at else _("now"),
        state=str(message.get_state_display()),
        body=message.body if body is None else body,
        report=report,
    )


def plan_page(booking: Booking, bodies: Mapping[int, str] | None = None, *, asked: bool = False) -> dict[str, Any]:
    """The agreement: the limit, and each drafted text with its time and the guard's remarks."""
    bodies = bodies or {}
    drafts = contacts.drafts(booking)
    shown = [(message, bodies.get(message.pk, message.body)) for message in drafts]
    return {
        "booking": booking,
        "case": booking.case,
        "limit": moment(booking.release_at, booking.zone),
        "drafts": [as_planned(message, booking, body, contacts.check(message, body)) for message, body in shown],
        "asked": asked,
    }


def event_title(event: Event) -> str:
    """What a booking's own events are called; "" for all others."""
    if event.code != events.BOOKING:
        return ""
    names = {
        "paid": _("Paid"),
        "cancelled": _("Cancelled"),
        "released": _("Back on sale"),
        "extended": _("Kept for one more window"),
        "decide": _("Waits for a person to decide"),
        "offered": _("Offered to the next in line"),
        "resold": _("Sold to somebody else"),
    }
    return names.get(event.data.get("what", ""), "")


def booking_page(booking: Booking, member: Member, *, whole: bool = False) -> dict[str, Any]:
    """Everything the booking's page shows; `whole`: its timeline from the beginning."""
    now, case = timezone.now(), booking.case
    treatment = live_treatment(case)
    steps = list(treatment.steps.select_related("message").order_by("position")) if treatment else []
    messages = planned(booking)
    has_drafts = any(row.message.state == MessageState.DRAFT for row in messages)
    counted = queries.releases_of(booking.customer, now) if member.can_write else 0
    return {
        "booking": booking,
        "case": case,
        "price": rupiah(booking.total),
        "limit": moment(booking.release_at, booking.zone),
        "stage": stage(booking, now, has_drafts=has_drafts),
        "clock": clock(booking.release_at, now) if booking.is_open else None,
        "planned": messages,
        "has_drafts": has_drafts,
        "treatment": treatment,
        "why": reasons.reason(treatment) if treatment else "",
        "tried": treating.tried_lines(treatment) if treatment else [],
        "ladder": treating.ladder(treating.rungs_of(steps, now)),
        "timeline": timeline(case, whole=whole, title=event_title),
        "counted": counted,
        "pay_first": counted >= queries.PAY_FIRST,
        "can_write": member.can_write,
        "can_extend": booking.is_open and booking.extended_at is None,
        "reply_form": ReplyForm(),
        "note_form": NoteForm(),
    }


# --- waiting list and funnel ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """One place in a waiting line."""

    entry: WaitingEntry
    number: int
    told: str
    clock: Clock | None


def places(entries: Iterable[WaitingEntry], now: datetime) -> list[Place]:
    """Everybody who waits, numbered per item; entries come by item and in order."""
    found: list[Place] = []
    for entry in entries:
        first = not found or found[-1].entry.item.lower() != entry.item.lower()
        found.append(Place(entry, 1 if first else found[-1].number + 1, told(entry), clock(entry.offer_until, now)))
    return found


def told(entry: WaitingEntry) -> str:
    """Whether they were told that it is here again."""
    if entry.offered_at is None:
        return _("waits")
    if entry.offer_until:
        return _("told; kept for them")
    return _("to be told now")


@dataclass(frozen=True)
class Stat:
    """One figure for components/stat.html; percentages 0..100."""

    label: str
    text: str
    few: bool
    low: float
    point: float
    high: float
    range_text: str
    note: str = ""


def stat(label: str, share: Share, note: str = "") -> Stat:
    """A share with its numerator, denominator and 95 % interval; below 15 only the counts (I10)."""
    low, point, high = (round(100 * part, 1) for part in (share.interval.low, share.value, share.interval.high))
    return Stat(
        label=label,
        text=_("%(k)d of %(n)d") % {"k": share.k, "n": share.n},
        few=not share.enough,
        low=low,
        point=point,
        high=high,
        range_text=_("%(point).0f %%, 95 %% interval %(low).0f to %(high).0f %%")
        % {"point": point, "low": low, "high": high},
        note=note,
    )


def funnel_page(found: Funnel) -> dict[str, Any]:
    """The funnel's figures in order."""
    watched = _("For %(n)d of them the 180 days are still running.") % {"n": found.still_watched}
    note = watched if found.still_watched else ""
    return {
        "found": found,
        "stats": [
            stat(_("Paid before the reminder"), found.before_reminder),
            stat(_("Paid after the reminder"), found.after_reminder),
            stat(_("Paid after we asked how they are"), found.after_check_in),
            stat(_("Cancelled"), found.cancelled),
            stat(_("Released"), found.released),
            stat(_("Released and sold again within 7 days"), found.resold),
            stat(_("Released customers who bought later, within 180 days"), found.returned, note),
        ],
    }
