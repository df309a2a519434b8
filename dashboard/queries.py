"""Reads of the Today board: each lane is one bounded query with a count that stops at 100.

Lanes of cases ask for keys alone; what their cards show comes for all of them together. Joins are what costs time here,
and so they are made once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
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
from playbooks.enums import TreatmentState
from playbooks.models import Playbook, Treatment
from reviews.models import Review
from shops.models import Member

CARDS = 4
COUNT_TO = 100
RINGING = 8  # rows looked at for what rings on a device


class Found(NamedTuple):
    """A lane's first rows, and how many there are: counted to COUNT_TO + 1."""

    rows: list[Any]
    total: int


def counted(rows: QuerySet[Any], shown: int = CARDS) -> Found:
    """The first rows of a lane, and on the way their number (one query)."""
    bounded = rows.order_by().values("pk")[: COUNT_TO + 1]
    count = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    found = list(rows.annotate(in_lane=Subquery(bounded, output_field=IntegerField(), template=count))[:shown])
    return Found(found, found[0].in_lane if found else 0)


def keys(rows: QuerySet[Any], key: str = "pk", shown: int = CARDS) -> Found:
    """The same with the keys of cases as rows: no join, and all that are counted are read."""
    found = list(rows.values_list(key, flat=True)[: COUNT_TO + 1])
    return Found(found[:shown], len(found))


TREATED = ("facts", "why", "entry_code", "overlay_codes")  # of the live treatment
PLAYBOOK = ("code", "name_id", "name_en")
LIVE_FIELDS = {
    **{f"live_{name}": F(f"live__{name}") for name in TREATED},
    **{f"playbook_{name}": F(f"live__playbook__{name}") for name in PLAYBOOK},
}
CARD = (
    *("kind", "code", "headline", "next_due_at", "first_reply_due_at", "first_replied_at", "reopened_count"),
    *("customer__name", "order__number", "complaint__failure"),
)


def for_cards(member: Member, pks: Iterable[int]) -> dict[int, Case]:
    """Key -> case with what its card shows, nothing else: `live` is its live treatment or None (one query).

    `is_seen`: the member has had the case open.
    """
    opened = Presence.objects.filter(case=OuterRef("pk"), member=member)
    rows = Case.objects.filter(pk__in=set(pks)).select_related("customer", "order", "complaint").only(*CARD)
    live = FilteredRelation("treatments", condition=Q(treatments__state=TreatmentState.LIVE))
    rows = rows.annotate(live=live).annotate(is_seen=Exists(opened), live_pk=F("live__pk"), **LIVE_FIELDS)
    return {case.pk: case for case in rows}


def joined_treatment(case: Case) -> Treatment | None:
    """What for_cards has read of the case's live treatment."""
    facts = vars(case)
    if facts["live_pk"] is None:
        return None
    playbook = Playbook(**{name: facts[f"playbook_{name}"] for name in PLAYBOOK})
    return Treatment(pk=facts["live_pk"], playbook=playbook, **{name: facts[f"live_{name}"] for name in TREATED})


def untagged(member: Member) -> QuerySet[Complaint]:
    """Complaints whose blame nobody has said and the suggestion did not decide."""
    rows = Complaint.objects.filter(shop=member.shop, tagged_by=TaggedBy.NOBODY)
    return of_visible_cases(rows, member).filter(case__state__in=sorted(UNENDED)).order_by("-pk")


def reply_due(member: Member) -> QuerySet[Case]:
    """Complaints nobody has answered yet, the most urgent first."""
    rows = visible_cases(member).filter(kind=Kind.COMPLAINT, state__in=sorted(UNENDED), first_replied_at=None)
    return rows.order_by("first_reply_due_at", "pk")


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
    """Public complaints and everything that spreads, the newest first."""
    return visible_cases(member).filter(is_public=True, state__in=sorted(UNENDED)).order_by("-opened_at")


def steps_due(member: Member, now: datetime) -> QuerySet[Case]:
    """Answered cases whose next step has fallen due."""
    rows = visible_cases(member).filter(state__in=sorted(UNENDED), next_due_at__lte=now).exclude(first_replied_at=None)
    return rows.order_by("next_due_at", "pk")
