"""The Today board: lanes of cards, each with the customer's own words first and one main button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking
from cases.clocks import Clock, clock
from cases.links import case_url
from cases.models import Case
from complaints.models import Complaint
from dashboard import queries
from dashboard.alerts import Alert, alerts
from messaging.enums import NEEDS_STAFF
from messaging.models import Message
from playbooks.models import Treatment
from playbooks.reasons import why
from reviews.models import Review
from shops.models import Customer, Member


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


def name_of(customer: Customer | None) -> str:
    """The customer's name, or that nobody knows it."""
    return customer.name if customer else _("Unknown customer")


def case_card(case: Case, label: str, now: datetime, reasons: dict[int, str]) -> Card:
    """A case's card."""
    complaint = getattr(case, "complaint", None)
    return Card(
        url=case_url(case),
        name=name_of(case.customer),
        words=case.headline,
        order=case.order.number if case.order else "",
        problem=str(complaint.get_failure_display()) if complaint else "",
        why=reasons.get(case.pk, ""),
        clock=clock(case.next_due_at or case.first_reply_due_at, now),
        action=Action(label, case_url(case)),
    )


def complaint_card(complaint: Complaint, now: datetime) -> Card:
    """A complaint that waits for its tag."""
    case = complaint.case
    return Card(
        url=case_url(case),
        name=name_of(case.customer),
        words=case.headline,
        order=case.order.number if case.order else "",
        clock=clock(case.first_reply_due_at, now, case.first_replied_at),
        action=Action(_("Who do they blame?"), case_url(case), "question"),
    )


def review_card(review: Review) -> Card:
    """A review that waits for its apology."""
    url = case_url(review.case) if review.case else reverse("reviews:show", args=[review.pk])
    return Card(
        url=url,
        name=name_of(review.customer) if review.customer else review.author or _("Unknown customer"),
        words=review.text,
        problem=str(review.get_urgency_display()),
        action=Action(_("Say sorry first"), url, "chat"),
    )


def message_card(message: Message, label: str) -> Card:
    """A message that needs a hand."""
    url = reverse("messaging:show", args=[message.pk])
    return Card(
        url=url,
        name=name_of(message.customer),
        words=message.body,
        problem=message.last_error,
        action=Action(label, url, "outbox"),
    )


def booking_card(booking: Booking, now: datetime) -> Card:
    """A hold that ends soon."""
    return Card(
        url=case_url(booking.case),
        name=name_of(booking.customer),
        words=booking.item,
        problem=_("They answered; a person decides") if booking.replied_at else _("Goes back on sale by itself"),
        clock=clock(booking.release_at, now),
        action=Action(_("Look"), case_url(booking.case)),
    )


def reasons_of(cases: Sequence[Case]) -> dict[int, str]:
    """Why this playbook, for the cases shown (one query)."""
    live = Treatment.objects.filter(case__in=[case.pk for case in cases], state="live").select_related("playbook")
    live = live.only(
        "case_id",
        "facts",
        "why",
        "entry_code",
        "overlay_codes",
        "playbook__code",
        "playbook__name_id",
        "playbook__name_en",
    )
    return {treatment.case_id: why(treatment) for treatment in live}


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


def lane(key: str, rows: list[Any], card: Callable[[Any], Card], *, late: bool = False) -> Lane:
    """A lane from its first rows (queries.counted), or from all of them: its cards, and a count that stops at 100."""
    plan = PLANS[key]
    total = max(len(rows), *(getattr(row, "in_lane", 0) for row in rows[:1]), 0)
    name, query = plan.more
    return Lane(
        key=key,
        title=str(plan.title),
        icon=plan.icon,
        count=f"{queries.COUNT_TO}+" if total > queries.COUNT_TO else str(total),
        late=bool(rows) and (late or plan.is_alarm),
        cards=[card(row) for row in rows[: queries.CARDS]],
        empty_title=str(plan.empty_title),
        empty_text=str(plan.empty_text),
        more_url=reverse(name) + query,
    )


@dataclass(frozen=True)
class Board:
    """Today: the lanes, most pressing first, and what may ring on the member's device."""

    lanes: list[Lane]
    alerts: list[Alert]

    @property
    def is_clear(self) -> bool:
        return not any(lane.cards for lane in self.lanes)


def board(member: Member, now: datetime) -> Board:
    """Everything Today shows; a bounded number of queries whatever the number of cases."""
    public = queries.counted(queries.spreading(member), queries.RINGING)
    replies = queries.counted(queries.reply_due(member))
    due = queries.counted(queries.steps_due(member, now))
    shown = [case for rows in (public, replies, due) for case in rows[: queries.CARDS]]
    reasons = reasons_of(shown)
    hand = list(queries.needs_hand(member)[: 2 * (queries.COUNT_TO + 1)])

    def case_lane(key: str, rows: list[Case], label: str, *, late: bool = False) -> Lane:
        return lane(key, rows, lambda case: case_card(case, label, now, reasons), late=late)

    failed = [message for message in hand if message.state in NEEDS_STAFF]
    waiting = [message for message in hand if message.state not in NEEDS_STAFF]
    any_late = any(case.first_reply_due_at and case.first_reply_due_at < now for case in replies)
    lanes = [
        lane("failures", failed, lambda message: message_card(message, _("Look"))),
        case_lane("public", public, _("Answer calmly")),
        case_lane("reply", replies, _("Reply"), late=any_late),
        lane("blame", queries.counted(queries.untagged(member)), lambda complaint: complaint_card(complaint, now)),
        lane("reviews", queries.counted(queries.apologise_first(member)), review_card),
        lane("send", waiting, lambda message: message_card(message, _("Open and send"))),
        lane("bookings", queries.counted(queries.bookings_ending(member, now)), lambda row: booking_card(row, now)),
        case_lane("steps", due, _("Next step")),
    ]
    return Board(lanes, alerts(public, failed))
