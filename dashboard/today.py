"""The Today board: lanes of cards, each with the customer's own words first and one main button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.clocks import Clock, clock
from cases.links import url_of
from dashboard import queries
from dashboard.alerts import Alert, alerts
from dashboard.queries import Found, Row, first
from messaging.enums import NEEDS_STAFF
from playbooks.enums import Failure
from playbooks.reasons import why
from reviews.enums import Urgency
from shops.models import Member


@dataclass(frozen=True)
class Action:
    """A card's main button."""

    label: str
    url: str
    icon: str = "right"
    method: str = "get"


@dataclass(frozen=True)
class Card:
    """One piece of work, as components/card.html wants it."""

    url: str
    name: str
    words: str
    action: Action
    order: str = ""
    problem: str = ""
    why: str = ""
    clock: Clock | None = None
    badges: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class Lane:
    """One column, as components/lane.html wants it."""

    key: str
    title: str
    icon: str
    count: str
    late: bool
    cards: list[Card]
    empty_title: str
    empty_text: str
    more_url: str = ""


def name_of(name: str | None) -> str:
    """The customer's name, or that nobody knows it."""
    return name or _("Unknown customer")


def case_card(row: Row, label: str, now: datetime) -> Card:
    """A case's card."""
    treatment, url = queries.joined_treatment(row), url_of(row.kind, row.code)
    return Card(
        url=url,
        name=name_of(row.customer__name),
        words=row.headline,
        order=row.order__number or "",
        problem=str(Failure(row.complaint__failure).label) if row.complaint__failure else "",
        why=why(treatment) if treatment else "",
        clock=clock(row.next_due_at or row.first_reply_due_at, now),
        action=Action(label, url),
    )


def untagged_card(row: Row, now: datetime) -> Card:
    """A complaint that waits for its tag."""
    url = url_of(row.kind, row.code)
    return Card(
        url=url,
        name=name_of(row.customer__name),
        words=row.headline,
        order=row.order__number or "",
        clock=clock(row.first_reply_due_at, now, row.first_replied_at),
        action=Action(_("Who do they blame?"), url, "question"),
    )


def review_card(row: Row) -> Card:
    """A review that waits for its apology."""
    url = url_of(row.case__kind, row.case__code) if row.case__code else reverse("reviews:show", args=[row.pk])
    return Card(
        url=url,
        name=name_of(row.customer__name or row.author),
        words=row.text,
        problem=str(Urgency(row.urgency).label),
        action=Action(_("Say sorry first"), url, "chat"),
    )


def message_card(row: Row, label: str) -> Card:
    """A message that needs a hand."""
    url = reverse("messaging:show", args=[row.pk])
    return Card(
        url=url,
        name=name_of(row.customer__name),
        words=row.body,
        problem=row.last_error,
        action=Action(label, url, "outbox"),
    )


def booking_card(row: Row, now: datetime) -> Card:
    """A hold that ends soon."""
    url = url_of(row.case__kind, row.case__code)
    return Card(
        url=url,
        name=name_of(row.customer__name),
        words=row.item,
        problem=_("They answered; a person decides") if row.replied_at else _("Goes back on sale by itself"),
        clock=clock(row.release_at, now),
        action=Action(_("Look"), url),
    )


@dataclass(frozen=True)
class Plan:
    """What a lane is for, whatever is in it. `more`: the list behind it, as a URL name and a query."""

    title: Any
    icon: str
    empty_title: Any
    empty_text: Any
    more: tuple[str, str] = ("", "")
    is_alarm: bool = False


PLANS = {
    "failures": Plan(
        gettext_lazy("Did not go out"),
        "error",
        gettext_lazy("Everything went out"),
        gettext_lazy("Messages that failed show up here, never only in a log."),
        ("messaging:outbox", "?state=failed"),
        is_alarm=True,
    ),
    "public": Plan(
        gettext_lazy("Spreading in public"),
        "spread",
        gettext_lazy("Nothing is spreading"),
        gettext_lazy("Complaints seen in public come here first."),
        ("complaints:list", "?state=open"),
        is_alarm=True,
    ),
    "reply": Plan(
        gettext_lazy("Reply due"),
        "clock",
        gettext_lazy("Nobody is waiting"),
        gettext_lazy("Customers who wait for your first reply, the most urgent on top."),
        ("complaints:list", "?state=open"),
    ),
    "blame": Plan(
        gettext_lazy("Who do they blame?"),
        "question",
        gettext_lazy("All tagged"),
        gettext_lazy("Messages where only a person can tell whom the customer blames."),
        ("complaints:list", "?untagged=on"),
    ),
    "reviews": Plan(
        gettext_lazy("Apologise first"),
        "star",
        gettext_lazy("No review waits"),
        gettext_lazy("Reviews with a reason behind the stars: say sorry before anything else."),
        ("reviews:list", ""),
    ),
    "send": Plan(
        gettext_lazy("To send"),
        "outbox",
        gettext_lazy("Nothing to send by hand"),
        gettext_lazy("WhatsApp links and texts to copy wait here until you mark them as sent."),
        ("messaging:outbox", "?state=waiting"),
    ),
    "bookings": Plan(
        gettext_lazy("Bookings ending"),
        "booking",
        gettext_lazy("No hold ends soon"),
        gettext_lazy("Items kept for somebody, before they go back on sale."),
        ("bookings:list", ""),
    ),
    "steps": Plan(
        gettext_lazy("Next steps"),
        "check",
        gettext_lazy("No step is due"),
        gettext_lazy("Cases you answered, when their next step falls due."),
        ("complaints:list", "?state=open"),
    ),
}


def lane(key: str, found: Found, card: Callable[[Any], Card], *, late: bool = False) -> Lane:
    """A lane from its first rows: their cards, and a count that stops at 100."""
    plan = PLANS[key]
    name, query = plan.more
    return Lane(
        key=key,
        title=str(plan.title),
        icon=plan.icon,
        count=f"{queries.COUNT_TO}+" if found.total > queries.COUNT_TO else str(found.total),
        late=bool(found.rows) and (late or plan.is_alarm),
        cards=[card(row) for row in found.rows[: queries.CARDS]],
        empty_title=str(plan.empty_title),
        empty_text=str(plan.empty_text),
        more_url=reverse(name) + query,
    )


@dataclass(frozen=True)
class Board:
    """Today: lanes with work, most pressing first, then the empty ones; and what may ring on the device."""

    lanes: list[Lane]
    alerts: list[Alert]

    @property
    def is_clear(self) -> bool:
        return not any(lane.cards for lane in self.lanes)


def board(member: Member, now: datetime) -> Board:
    """Everything Today shows; a bounded number of queries whatever the number of cases."""
    wanted = {
        "public": first(queries.spreading(member), shown=queries.RINGING),
        "reply": first(queries.reply_due(member)),
        "blame": first(queries.untagged(member)),
        "steps": first(queries.steps_due(member, now)),
    }
    known = queries.for_cards(member, (pk for found in wanted.values() for pk in found.rows))
    cases = {key: Found([known[pk] for pk in rows if pk in known], total) for key, (rows, total) in wanted.items()}
    hand = list(queries.needs_hand(member)[: 2 * (queries.COUNT_TO + 1)])
    failed = [message for message in hand if message.state in NEEDS_STAFF]
    waiting = [message for message in hand if message.state not in NEEDS_STAFF]

    def case_lane(key: str, label: str, *, late: bool = False) -> Lane:
        return lane(key, cases[key], lambda case: case_card(case, label, now), late=late)

    def message_lane(key: str, rows: list[Row], label: str) -> Lane:
        return lane(key, Found(rows, len(rows)), lambda message: message_card(message, label))

    any_late = any(case.first_reply_due_at and case.first_reply_due_at < now for case in cases["reply"].rows)
    lanes = [
        message_lane("failures", failed, _("Look")),
        case_lane("public", _("Answer calmly")),
        case_lane("reply", _("Reply"), late=any_late),
        lane("blame", cases["blame"], lambda case: untagged_card(case, now)),
        lane("reviews", first(queries.apologise_first(member)), review_card),
        message_lane("send", waiting, _("Open and send")),
        lane("bookings", first(queries.bookings_ending(member, now)), lambda row: booking_card(row, now)),
        case_lane("steps", _("Next step")),
    ]
    return Board(sorted(lanes, key=lambda lane: not lane.cards), alerts(cases["public"].rows, failed))
