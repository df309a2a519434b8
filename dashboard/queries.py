"""Reads of the Today board: each lane is one bounded query, counted to 100.

Rows are named tuples of what the cards show: objects are what costs time here. Lanes of cases ask for keys alone; what
their cards show comes for all of them together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, FilteredRelation, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from bookings import queries as bookings
from cases.access import of_visible_cases, visible_cases
from cases.enums import UNENDED, Kind
from cases.models import Case, Presence
from complaints.enums import TaggedBy
from complaints.models import Complaint
from messaging import notices
from messaging.enums import NEEDS_STAFF, Direction, WaitingFor
from messaging.models import Message, StaffNotice
from playbooks.enums import TreatmentState
from playbooks.models import Treatment
from reviews.models import Review
from shops.models import Member

CARDS = 4
COUNT_TO = 100
RINGING = 8  # rows looked at for what rings on a device

Row = Any  # a named tuple; its fields stand in the tuples of names below


class Found(NamedTuple):
    """A lane's first rows, and how many there are: counted to COUNT_TO + 1."""

    rows: list[Any]
    total: int


def first(rows: QuerySet[Any, Any], shown: int = CARDS) -> Found:
    """The first rows of a lane and their number (one query): all that are counted are read."""
    found = list(rows[: COUNT_TO + 1])
    return Found(found[:shown], len(found))


TREATED = ("title", "facts", "why", "entry_code", "overlay_codes")  # of the live treatment
OF_CASE = (
    *("pk", "kind", "code", "headline", "next_due_at", "first_reply_due_at", "first_replied_at", "reopened_count"),
    *("customer__name", "order__number", "complaint__failure", "is_seen", "live__pk"),
    *(f"live__{name}" for name in TREATED),
)
OF_REVIEW = ("pk", "text", "author", "urgency", "case__kind", "case__code", "customer__name")
OF_MESSAGE = ("pk", "state", "body", "last_error", "attempts", "customer__name", "is_seen")
OF_BOOKING = ("item", "release_at", "replied_at", "case__kind", "case__code", "customer__name")


def for_cards(member: Member, pks: Iterable[int]) -> dict[int, Row]:
    """Key -> what a case's card shows (OF_CASE), its live treatment among it (one query).

    `is_seen`: the member has had the case open.
    """
    opened = Presence.objects.filter(case=OuterRef("pk"), member=member)
    live = FilteredRelation("treatments", condition=Q(treatments__state=TreatmentState.LIVE))
    rows = Case.objects.filter(pk__in=set(pks)).annotate(live=live, is_seen=Exists(opened))
    return {row.pk: row for row in rows.values_list(*OF_CASE, named=True)}


def joined_treatment(row: Row) -> Treatment | None:
    """What for_cards has read of the case's live treatment."""
    if row.live__pk is None:
        return None
    return Treatment(**{name: getattr(row, f"live__{name}") for name in TREATED})


def untagged(member: Member) -> QuerySet[Any, int]:
    """Cases of complaints whose blame nobody has said and the suggestion did not decide."""
    rows = Complaint.objects.filter(shop=member.shop, tagged_by=TaggedBy.NOBODY)
    rows = of_visible_cases(rows, member).filter(case__state__in=sorted(UNENDED))
    return rows.order_by("-pk").values_list("case_id", flat=True)


def reply_due(member: Member) -> QuerySet[Any, int]:
    """Complaints nobody has answered yet, the most urgent first."""
    rows = visible_cases(member).filter(kind=Kind.COMPLAINT, state__in=sorted(UNENDED), first_replied_at=None)
    return rows.order_by("first_reply_due_at", "pk").values_list("pk", flat=True)


def apologise_first(member: Member) -> QuerySet[Any, Row]:
    """Reviews that wait for the apology."""
    rows = Review.objects.filter(shop=member.shop, needs_followup=True, replied_at=None, no_follow_up="")
    return rows.order_by("-urgency", "-posted_at").values_list(*OF_REVIEW, named=True)


def needs_hand(member: Member) -> QuerySet[Any, Row]:
    """Messages that wait for somebody: failed and doubtful ones, WhatsApp links and copies. One query for two lanes.

    `is_seen`: the notice about it was read.
    """
    key = Concat(Value(f"{notices.OUTBOX}:"), Cast(OuterRef("pk"), CharField()))
    read = StaffNotice.objects.filter(shop=member.shop, key=key, cancelled_at=None, read_at__isnull=False)
    wanted = Q(state__in=sorted(NEEDS_STAFF)) | Q(waiting_for=WaitingFor.HAND)
    rows = Message.objects.filter(wanted, shop=member.shop, direction=Direction.OUT)
    rows = rows.annotate(is_seen=Exists(read)).order_by("due_at", "pk")
    return rows.values_list(*OF_MESSAGE, named=True)


def bookings_ending(member: Member, now: datetime) -> QuerySet[Any, Row]:
    """Holds that end before tomorrow 09:00, seen before they are released, and those that wait for a person."""
    ending = Q(release_at__lt=bookings.next_morning(now, member.shop)) | Q(replied_at__isnull=False)
    rows = bookings.still_open(member).filter(ending).order_by("release_at", "pk")
    return rows.values_list(*OF_BOOKING, named=True)


def spreading(member: Member) -> QuerySet[Any, int]:
    """Public complaints and everything that spreads, the newest first."""
    rows = visible_cases(member).filter(is_public=True, state__in=sorted(UNENDED)).order_by("-opened_at")
    return rows.values_list("pk", flat=True)


def steps_due(member: Member, now: datetime) -> QuerySet[Any, int]:
    """Answered cases whose next step has fallen due."""
    rows = visible_cases(member).filter(state__in=sorted(UNENDED), next_due_at__lte=now).exclude(first_replied_at=None)
    return rows.order_by("next_due_at", "pk").values_list("pk", flat=True)
