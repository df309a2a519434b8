"""The road of a complaint: log it, tag who the customer blames, route it, treat it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import actions, events, search
from cases.actions import Refused
from cases.enums import Actor, Kind, Severity, State
from cases.models import Case
from complaints import learning
from complaints.attribution import Suggestion
from complaints.enums import Finding, Source, TaggedBy
from complaints.models import AttributionFeedback, Complaint
from messaging import inbound
from messaging.enums import Direction
from messaging.models import Message
from playbooks import closing, treatments
from playbooks.enums import Anchor, Blame, Failure, Voice
from playbooks.models import Treatment
from playbooks.routing import Facts
from shops import queries as books
from shops.enums import Channel
from shops.models import Customer, Member, Order, Shop, User

REPEAT_WINDOW = timedelta(days=90)
HEADLINE = 280


@dataclass(frozen=True)
class Intake:
    """What is known when a message comes in; "" and None mean "not said"."""

    text: str
    channel: str = Channel.WHATSAPP
    customer: Customer | None = None
    order: Order | None = None
    voice: str = Voice.TO_SHOP
    blame: str = ""
    failure: str = ""
    severity: str = ""
    source: str = Source.FORM
    source_link: str = ""
    remedy_sought: str = ""
    received_at: datetime | None = None
    intake_key: str = ""
    spreading: bool = False


def log_complaint(shop: Shop, intake: Intake, *, by: User | None = None, assignee: Member | None = None) -> Complaint:
    """Store a message as a complaint, tag it, route it and start its treatment, all or nothing.

    The same intake_key again returns the complaint stored the first time.
    """
    now = timezone.now()
    if intake.intake_key and (known := find_by_key(shop, intake.intake_key)):
        return known
    suggestion = learning.suggestion(shop, intake.text)
    try:
        with transaction.atomic():
            case = open_case(shop, intake, suggestion, by=by, assignee=assignee, now=now)
            complaint = Complaint(
                shop=shop, case=case, text=intake.text, source=intake.source, source_link=intake.source_link
            )
            fill_tag(complaint, intake, suggestion, now)
            complaint.voice = intake.voice
            complaint.save(force_insert=True)
            at = intake.received_at or now
            inbound.keep(case, intake.text, intake.channel, at, key=f"in:{case.code}:first")
            search.index(case, intake.text)
            treat(complaint, by=by, now=now)
    except IntegrityError:
        if intake.intake_key and (known := find_by_key(shop, intake.intake_key)):
            return known
        raise
    return complaint


def find_by_key(shop: Shop, key: str) -> Complaint | None:
    """The complaint that was stored under this intake key."""
    return Complaint.objects.filter(shop=shop, case__intake_key=key).select_related("case__shop").first()


def open_case(
    shop: Shop, intake: Intake, suggestion: Suggestion, *, by: User | None, assignee: Member | None, now: datetime
) -> Case:
    """The case of a complaint, its clocks set."""
    customer = intake.customer or (intake.order.customer if intake.order else None)
    case = Case(
        shop=shop,
        kind=Kind.COMPLAINT,
        intake_key=intake.intake_key,
        customer=customer,
        order=intake.order,
        assignee=assignee,
        channel=intake.channel,
        headline=" ".join(intake.text.split())[:HEADLINE],
        severity=intake.severity or known(suggestion.severity, Severity.values, Severity.S2),
        standing=books.standing_of(customer, now),
        is_repeat=is_repeat(customer, now),
        is_spreading=intake.spreading,
        is_public=is_public(intake.voice, spreading=intake.spreading),
        remedy_sought=intake.remedy_sought,
        opened_at=intake.received_at or now,
        created_by=by,
    )
    actions.set_limits(case)
    case.save(force_insert=True)
    events.add_event(case, events.OPENED, by=by, at=now, source=intake.source, channel=intake.channel)
    return case


def known(value: str, values: list[str], otherwise: str) -> str:
    """A hint where it is one of the choices, else the neutral value: nothing is guessed silently."""
    return value if value in values else otherwise


def is_public(voice: str, *, spreading: bool) -> bool:
    """True where others can see the complaint: Today shows it first."""
    return spreading or voice == Voice.ELSEWHERE_PUBLIC


def is_repeat(customer: Customer | None, now: datetime, *, besides: Case | None = None) -> bool:
    """True where another complaint of this customer was opened within 90 days (P13)."""
    if customer is None:
        return False
    others = Case.objects.filter(customer=customer, kind=Kind.COMPLAINT, opened_at__gte=now - REPEAT_WINDOW)
    return (others.exclude(pk=besides.pk) if besides else others).exists()


def fill_tag(complaint: Complaint, intake: Intake, suggestion: Suggestion, now: datetime) -> None:
    """Set blame from the person who logged it, else from a decided suggestion; else it waits in the lane."""
    complaint.suggested = suggestion.blame
    complaint.confidence = suggestion.confidence
    complaint.cues = [cue_json(cue) for cue in suggestion.cues]
    complaint.failure = intake.failure or known(suggestion.failure, Failure.values, Failure.UNKNOWN)
    if intake.blame:
        complaint.blame = intake.blame
        complaint.tagged_by = TaggedBy.STAFF if intake.source != Source.IMPORT else TaggedBy.IMPORT
    elif suggestion.decided:
        complaint.blame, complaint.tagged_by = suggestion.blame, TaggedBy.MODEL
    complaint.tagged_at = now if complaint.is_tagged else None


def cue_json(cue: Any) -> dict[str, Any]:
    """A cue as it is kept: span of the text and the reason in both languages."""
    return {"start": cue.start, "end": cue.end, "id": cue.reason_id, "en": cue.reason_en, "to": cue.points_to}


def facts_of(complaint: Complaint) -> Facts:
    """What routing may know. `finding` is not among it: the shop's own view never changes the treatment (S0-19)."""
    case = complaint.case
    return Facts(
        kind=Kind.COMPLAINT,
        blame=complaint.blame,
        voice=complaint.voice,
        failure=complaint.failure,
        severity=case.severity,
        standing=case.standing,
        repeat=case.is_repeat,
        spreading=case.is_spreading,
        channel=case.channel,
        order_value=case.order.total if case.order else None,
    )


def treat(complaint: Complaint, *, by: User | None = None, now: datetime | None = None) -> Treatment:
    """Route the complaint by its facts as they are now and start (or go on with) the treatment."""
    return treatments.start(complaint.case, facts_of(complaint), by=by, now=now)


def tag(complaint: Complaint, blame: str, *, by: User) -> None:
    """Staff confirm or change who the customer blames; the treatment follows and the trail stays."""
    if blame not in Blame.values:
        raise Refused(f"unknown blame: {blame}")
    now, before = timezone.now(), complaint.blame if complaint.is_tagged else ""
    with transaction.atomic():
        AttributionFeedback.objects.create(
            shop_id=complaint.shop_id,
            complaint=complaint,
            suggested=complaint.suggested or Blame.UNCLEAR,
            confidence=complaint.confidence,
            chosen=blame,
            was_automatic=complaint.tagged_by == TaggedBy.MODEL,
            by=by,
        )
        changes = {"blame": blame, "tagged_by": TaggedBy.STAFF, "tagged_at": now}
        Complaint.objects.filter(pk=complaint.pk).update(**changes)
        complaint.blame, complaint.tagged_by, complaint.tagged_at = blame, TaggedBy.STAFF, now
        if blame != before:
            events.add_event(
                complaint.case, events.BLAME, by=by, at=now, old=before, new=blame, suggested=complaint.suggested
            )
        if complaint.case.is_working:
            treat(complaint, by=by, now=now)


def assess(
    complaint: Complaint,
    *,
    by: User,
    failure: str = "",
    severity: str = "",
    voice: str = "",
    spreading: bool | None = None,
) -> None:
    """Staff correct what went wrong, how bad it is, how it was raised; clocks and treatment follow."""
    case = complaint.case
    before = (complaint.failure, case.severity, complaint.voice, case.is_spreading)
    complaint.failure, complaint.voice = failure or complaint.failure, voice or complaint.voice
    case.severity = severity or case.severity
    case.is_spreading = case.is_spreading if spreading is None else spreading
    case.is_public = is_public(complaint.voice, spreading=case.is_spreading)
    after = (complaint.failure, case.severity, complaint.voice, case.is_spreading)
    if before == after:
        return
    with transaction.atomic():
        actions.set_limits(case)
        case.save(
            update_fields=[
                "severity",
                "is_spreading",
                "is_public",
                "first_reply_due_at",
                "decision_due_at",
                "legal_due_on",
                "next_due_at",
            ]
        )
        complaint.save(update_fields=["failure", "voice"])
        events.add_event(case, events.SEVERITY, by=by, old=list(before), new=list(after))
        if case.is_working:
            treat(complaint, by=by)


def set_finding(complaint: Complaint, finding: str, why: str, *, by: User) -> None:
    """The shop's own view of the cause; never touches blame, tone or treatment."""
    if finding not in Finding.values:
        raise Refused(f"unknown finding: {finding}")
    with transaction.atomic():
        old = complaint.finding
        complaint.finding, complaint.finding_why = finding, why[:200]
        complaint.save(update_fields=["finding", "finding_why"])
        events.add_event(complaint.case, events.FINDING, by=by, old=old, new=finding, why=why[:200])


def customer_replied(
    case: Case, text: str, channel: str, *, by: User | None = None, at: datetime | None = None, key: str = ""
) -> Message:
    """Log an answer of the customer on a case: steps that wait for it get their due time; an ended case reopens.

    A case that ended more than 30 days ago stays as it is: the words open a new one. The same `key` again returns the
    answer stored the first time.
    """
    at = at or timezone.now()
    if case.is_ended and not closing.can_reopen(case, at):
        return said_later(case, text, channel, by=by, at=at, key=key)
    key = f"in:{case.code}:{key or at.timestamp()}"
    if known := Message.objects.filter(shop_id=case.shop_id, key=key).first():
        return known
    with transaction.atomic():
        message = inbound.keep(case, text, channel, at, key=key)
        events.add_event(case, events.MESSAGE_IN, by=by, actor=Actor.CUSTOMER, at=at, message=message.pk)
        treatments.anchor_event(case, Anchor.CUSTOMER_REPLIED, at=at)
        if case.is_ended:
            reopen(case, actor=Actor.CUSTOMER, by=by, at=at)
    return message


def said_later(case: Case, text: str, channel: str, *, by: User | None, at: datetime, key: str) -> Message:
    """Words on a case that can no longer be reopened: a new case of the same customer and order."""
    intake = Intake(
        text=text,
        channel=channel,
        customer=case.customer,
        order=case.order,
        received_at=at,
        intake_key=key or f"after:{case.code}:{at.timestamp()}"[:64],
    )
    new = log_complaint(case.shop, intake, by=by).case
    return new.messages.filter(direction=Direction.IN).earliest("pk")


def reopen(case: Case, *, actor: str, by: User | None = None, at: datetime | None = None) -> None:
    """Take a resolved or ended case up again: it counts as a repeat, so the second-time overlay joins (P13).

    Refused: it ended more than 30 days ago.
    """
    closing.refuse_reopen(case, at)
    with transaction.atomic():
        actions.set_state(case, State.REOPENED, actor=actor, by=by, at=at)
        if complaint := Complaint.objects.filter(case=case).first():
            complaint.case = case
            treat(complaint, by=by, now=at)
