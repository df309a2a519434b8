"""Reads of the Today board: each lane is one bounded query, its count another that stops at 100."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import CharField, Exists, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from bookings import queries as bookings
from bookings.models import Booking
from cases.access import of_visible_cases, visible_cases
from cases.enums import UNENDED, Kind
from cases.models import Case, Presence
from complaints.enums import TaggedBy
from complaints.models import Complaint
from messaging import notices
from messaging.enums import NEEDS_STAFF, Direction, WaitingFor
from messaging.models import Message, StaffNotice
from reviews.models import Review
from shops.models import Member

T = TypeVar("T", bound=Model)
CARDS = 4
COUNT_TO = 100
RINGING = 20  # rows looked at for what rings on a device


def counted(rows: QuerySet[T], shown: int = CARDS) -> list[T]:
    """The first rows of a lane, each with `in_lane`: how many there are, counted to COUNT_TO + 1 on the way."""
    bounded = rows.order_by().values("pk")[: COUNT_TO + 1]
    count = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    in_lane = Subquery(bounded, output_field=IntegerField(), template=count)
    return list(rows.annotate(in_lane=in_lane)[:shown])


# What a card shows of a case: a lane's query is mostly the work of its columns.
CARD = [
    *("kind", "code", "headline", "next_due_at", "first_reply_due_at", "first_replied_at", "reopened_count"),
    *("customer__name", "order__number"),
]


def for_cards(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with what their cards show, and nothing else."""
    return rows.select_related("customer", "order", "complaint").only(*CARD, "complaint__failure")


def untagged(member: Member) -> QuerySet[Complaint]:
    """Complaints whose blame nobody has said and the suggestion did not decide."""
    rows = Complaint.objects.filter(shop=member.shop, tagged_by=TaggedBy.NOBODY)
    return (
        of_visible_cases(rows, member)
        .filter(case__state__in=sorted(UNENDED))
        .select_related("case__customer", "case__order")
        .only("pk", *(f"case__{name}" for name in CARD))
        .order_by("-pk")
    )


def reply_due(member: Member) -> QuerySet[Case]:
    """Complaints nobody has answered yet, the most urgent first."""
    rows = visible_cases(member).filter(kind=Kind.COMPLAINT, state__in=sorted(UNENDED), first_replied_at=None)
    return for_cards(rows).order_by("first_reply_due_at", "pk")


def apologise_first(member: Member) -> QuerySet[Review]:
    """Reviews that wait for the apology."""
    rows = Review.objects.filter(shop=member.shop, needs_followup=True, replied_at=None, no_follow_up="")
    shown = ("text", "author", "urgency", "case__code", "case__kind", "customer__name")
    return rows.select_related("case", "customer").only(*shown).order_by("-urgency", "-posted_at")


def needs_hand(member: Member) -> QuerySet[Message]:
    """Messages that wait for somebody: failed and doubtful ones, WhatsApp links and copies. One query for two lanes.

    `is_seen`: the notice about it was read.
    """
    key = Concat(Value(f"{notices.OUTBOX}:"), Cast(OuterRef("pk"), CharField()))
    read = StaffNotice.objects.filter(shop=member.shop, key=key, cancelled_at=None, read_at__isnull=False)
    wanted = Q(state__in=sorted(NEEDS_STAFF)) | Q(waiting_for=WaitingFor.HAND)
    rows = Message.objects.filter(wanted, shop=member.shop, direction=Direction.OUT)
    rows = rows.annotate(is_seen=Exists(read)).select_related("customer")
    return rows.only("state", "body", "last_error", "attempts", "customer__name").order_by("due_at", "pk")


def bookings_ending(member: Member, now: datetime) -> QuerySet[Booking]:
    """Holds that end before tomorrow 09:00, seen before they are released, and those that wait for a person."""
    ending = Q(release_at__lt=bookings.next_morning(now, member.shop)) | Q(replied_at__isnull=False)
    rows = bookings.still_open(member).filter(ending).select_related("case", "customer")
    shown = ("item", "release_at", "replied_at", "case__code", "case__kind", "customer__name")
    return rows.only(*shown).order_by("release_at", "pk")


def spreading(member: Member) -> QuerySet[Case]:
    """Public complaints and everything that spreads. `is_seen`: the member has had the case open."""
    opened = Presence.objects.filter(case=OuterRef("pk"), member=member)
    rows = visible_cases(member).filter(is_public=True, state__in=sorted(UNENDED)).annotate(is_seen=Exists(opened))
    return for_cards(rows).order_by("-opened_at")


def steps_due(member: Member, now: datetime) -> QuerySet[Case]:
    """Answered cases whose next step has fallen due."""
    rows = visible_cases(member).filter(state__in=sorted(UNENDED), next_due_at__lte=now).exclude(first_replied_at=None)
    return for_cards(rows).order_by("next_due_at", "pk")
