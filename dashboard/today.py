"""The Today board: lanes of cards, each with the customer's own words first and one main button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.models import Booking
from cases.clocks import Clock, clock
from cases.links import case_url
from cases.models import Case
from complaints.models import Complaint
from dashboard import queries
from messaging.enums import NEEDS_STAFF
from messaging.models import Message
from playbooks.models import Treatment
from playbooks.showing import why
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
    url = case_url(review.case) if review.case else reverse("reviews:list")
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
        clock=clock(booking.release_at, now),
        action=Action(_("Look"), case_url(booking.case)),
    )


def reasons_of(cases: Sequence[Case]) -> dict[int, str]:
    """Why this playbook, for the cases shown (one query)."""
    live = Treatment.objects.filter(case__in=[case.pk for case in cases], state="live").select_related("playbook")
    return {treatment.case_id: f"{treatment.playbook.code}: {why(treatment)}" for treatment in live}


def take(rows: Any) -> tuple[list[Any], str]:
    """The first cards of a lane and its count in words ("6", "100+"): one bounded query."""
    return first_of(list(rows[: queries.COUNT_TO + 1]))


def first_of(found: list[Any]) -> tuple[list[Any], str]:
    """The cards of a lane and its count, from rows already fetched."""
    count = f"{queries.COUNT_TO}+" if len(found) > queries.COUNT_TO else str(len(found))
    return found[: queries.CARDS], count


def board(member: Member, now: datetime) -> list[Lane]:
    """The lanes, most pressing first; a bounded number of queries whatever the number of cases."""
    public, public_count = take(queries.spreading(member))
    replies, reply_count = take(queries.reply_due(member))
    due, due_count = take(queries.steps_due(member, now))
    reasons = reasons_of([*public, *replies, *due])

    def cards(cases: list[Case], label: str) -> list[Card]:
        return [case_card(case, label, now, reasons) for case in cases]

    waiting = list(queries.needs_hand(member)[: 2 * queries.COUNT_TO + 2])
    failed, failed_count = first_of([message for message in waiting if message.state in NEEDS_STAFF])
    sending, sending_count = first_of([message for message in waiting if message.state not in NEEDS_STAFF])
    untagged, untagged_count = take(queries.untagged(member))
    reviews, review_count = take(queries.apologise_first(member))
    ending, ending_count = take(queries.bookings_ending(member, now))
    return [
        Lane(
            "failures",
            _("Did not go out"),
            "error",
            failed_count,
            True,
            [message_card(m, _("Look")) for m in failed],
            _("Everything went out"),
            _("Messages that failed show up here, never only in a log."),
        ),
        Lane(
            "public",
            _("Spreading in public"),
            "spread",
            public_count,
            True,
            cards(public, _("Answer calmly")),
            _("Nothing is spreading"),
            _("Complaints seen in public come here first."),
        ),
        Lane(
            "reply",
            _("Reply due"),
            "clock",
            reply_count,
            any(c.first_reply_due_at and c.first_reply_due_at < now for c in replies),
            cards(replies, _("Reply")),
            _("Nobody is waiting"),
            _("Customers who wait for your first reply, the most urgent on top."),
        ),
        Lane(
            "blame",
            _("Who do they blame?"),
            "question",
            untagged_count,
            False,
            [complaint_card(c, now) for c in untagged],
            _("All tagged"),
            _("Messages where only a person can tell whom the customer blames."),
            reverse("complaints:list") + "?untagged=on",
        ),
        Lane(
            "reviews",
            _("Apologise first"),
            "review",
            review_count,
            False,
            [review_card(r) for r in reviews],
            _("No review waits"),
            _("Reviews with a reason behind the stars: say sorry before anything else."),
        ),
        Lane(
            "send",
            _("To send"),
            "outbox",
            sending_count,
            False,
            [message_card(m, _("Open and send")) for m in sending],
            _("Nothing to send by hand"),
            _("WhatsApp links and texts to copy wait here until you mark them as sent."),
        ),
        Lane(
            "bookings",
            _("Bookings ending"),
            "booking",
            ending_count,
            False,
            [booking_card(b, now) for b in ending],
            _("No hold ends soon"),
            _("Items kept for somebody, before they go back on sale."),
        ),
        Lane(
            "steps",
            _("Next steps"),
            "check",
            due_count,
            False,
            cards(due, _("Next step")),
            _("No step is due"),
            _("Cases you answered, when their next step falls due."),
        ),
    ]
