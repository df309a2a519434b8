"""Opening the case of a flagged review: clocks, P07, the drafted reply, and the gate that puts the apology first.

An import of a year's reviews must not bury today's customers: beyond OPEN_AT_ONCE unanswered review cases of a shop the
rest wait in the list, the most urgent first, and move up as apologies are posted (rung by the tick and by each import).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions, events
from cases.enums import Kind, Severity, Theme
from cases.models import Case
from messaging.enums import PUBLIC, Purpose
from playbooks import treatments
from playbooks.enums import LIVE_STEP, Failure, Voice
from playbooks.models import Treatment
from playbooks.routing import Facts
from reviews import platforms, wording
from reviews.models import Review
from shops import queries as books
from shops.calendar import Calendar, calendar_of
from shops.enums import HALF_REPLY_LIMIT
from shops.models import Shop, User

P07, APOLOGY = "P07", "public_reply"
# One public reply and at most one private note: the root playbook's own first words to the customer are left out.
SAID_IN_PUBLIC = {Purpose.ACKNOWLEDGEMENT, Purpose.FIRST_REPLY, Purpose.OUTREACH}
OPEN_AT_ONCE = 30
WITHIN = timedelta(days=90)  # older reviews are taken up by hand only: a reply after months is about us, not them
LOW_REPLY = timedelta(hours=4)  # of opening time, for 1 and 2 stars; others one working day (domain.md P07)
HEADLINE = 280


def take_up(review: Review, *, by: User | None = None, now: datetime | None = None) -> Case:
    """Open the review's case and start its follow-up, all or nothing. A second call returns the case there is."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = (
            Review.objects.select_for_update(of=("self",)).select_related("case", "order", "customer").get(pk=review.pk)
        )
        if locked.case and not locked.case.is_ended:
            review.case = locked.case
            return locked.case
        case = new_case(review, by, now)
        Review.objects.filter(pk=review.pk).update(case=case)
        review.case = case
        treatment = start(review, case, by, now)
        wording.draft_replies(review, treatment, now)
    return case


def new_case(review: Review, by: User | None, now: datetime) -> Case:
    """The case of a review, its clocks set."""
    case = Case(
        shop=review.shop,
        kind=Kind.REVIEW,
        customer=review.customer,
        order=review.order,
        channel=platforms.channel_of(review.platform),
        headline=" ".join(review.text.split())[:HEADLINE],
        severity=review.assessment.get("severity") or Severity.S2,
        standing=books.standing_of(review.customer, now),
        theme=theme_of(review),
        opened_at=now,
        created_by=by,
    )
    calendar = calendar_of(review.shop)
    actions.set_limits(case, calendar)
    case.first_reply_due_at = case.next_due_at = reply_due(review.stars, case.standing, now, calendar)
    case.save(force_insert=True)
    events.add_event(case, events.OPENED, by=by, at=now, source="review", channel=case.channel)
    return case


def theme_of(review: Review) -> str:
    """The case's theme: what triage found first."""
    return next((theme for theme in review.themes if theme in Theme.values), Theme.OTHER)


def reply_due(stars: int, standing: str, now: datetime, calendar: Calendar) -> datetime:
    """When the public reply is due: 4 opening hours for 1 and 2 stars, else one working day (domain.md P07)."""
    if stars > 2:
        return calendar.add_working_days(now, 1)
    return calendar.add_business(now, LOW_REPLY / 2 if standing in HALF_REPLY_LIMIT else LOW_REPLY)


def facts_of(review: Review, case: Case) -> Facts:
    """What routing may know of a review. Its stars are not among it: the words decide."""
    failure = str(review.assessment.get("failure") or Failure.UNKNOWN)
    return Facts(
        kind=Kind.REVIEW,
        voice=Voice.REVIEW,
        failure=failure if failure in Failure.values else Failure.UNKNOWN,
        severity=case.severity,
        standing=case.standing,
        repeat=case.is_repeat,
        spreading=case.is_spreading,
        channel=case.channel,
        order_value=case.order.total if case.order else None,
    )


def start(review: Review, case: Case, by: User | None, now: datetime) -> Treatment:
    """Start P07 with the root playbook behind it; nothing of either goes out or unlocks before the public reply.

    A review that spreads goes by P08 instead, as that playbook says.
    """
    treatment = treatments.start(case, facts_of(review, case), by=by, now=now)
    steps = treatment.steps.select_related("treatment", "case__shop", "message")
    ours = steps.filter(playbook_code=P07)
    if ours.filter(key=APOLOGY, purpose__in=PUBLIC).exists():
        ours.exclude(key=APOLOGY).update(gate=APOLOGY)
        ours.filter(key=APOLOGY).update(leads=True)
        for step in steps.filter(purpose__in=sorted(SAID_IN_PUBLIC), state__in=sorted(LIVE_STEP)):
            treatments.leave_out(step, _("The public reply says it."), by=None, now=now)
        treatments.settle_due(treatment, calendar_of(case.shop), now)
    return treatment


def spread(review: Review, *, by: User, now: datetime | None = None) -> None:
    """The review is spreading in public: the owner's calm treatment (P08) takes over; a second call changes nothing."""
    now, case = now or timezone.now(), take_up(review, by=by, now=now)
    if case.is_spreading:
        return
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(is_spreading=True, is_public=True)
        case.is_spreading = case.is_public = True
        events.add_event(case, events.SPREADING, by=by, at=now)
        wording.draft_replies(review, start(review, case, by, now), now)


def waiting(shop: Shop, now: datetime) -> QuerySet[Review]:
    """Flagged reviews without a case, recent enough to open one by themselves, the most urgent first."""
    rows = Review.objects.filter(shop=shop, needs_followup=True, replied_at=None, no_follow_up="", case=None)
    return rows.filter(posted_at__gte=now - WITHIN).order_by("-urgency", "-pk")


def open_waiting(shop: Shop, now: datetime | None = None) -> int:
    """Open cases while fewer than OPEN_AT_ONCE review cases of the shop wait for their apology; returns how many."""
    now = now or timezone.now()
    under_way = Review.objects.filter(shop=shop, needs_followup=True, replied_at=None, no_follow_up="")
    room = OPEN_AT_ONCE - under_way.exclude(case=None).count()
    if room <= 0:
        return 0
    found = list(waiting(shop, now).select_related("shop", "customer", "order")[:room])
    for review in found:
        take_up(review, now=now)
    return len(found)
