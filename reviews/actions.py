"""What may happen to a review: log it, take it up, set it aside, note the apology and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import events
from cases.actions import Refused
from cases.enums import UNENDED, Actor, State
from messaging import hands
from messaging.enums import MessageState, Purpose
from messaging.models import Message
from playbooks import closing, treatments
from playbooks.enums import StepState
from playbooks.models import TreatmentStep
from reviews import opening, platforms, queries
from reviews.enums import NoFollowUp, Platform
from reviews.models import Review
from reviews.triage import Assessment, assess
from shops.models import Customer, Improvement, Member, Order, Shop, User
from tables.importing import content_key

TEXT = 8000
CITED = 500


@dataclass(frozen=True)
class Intake:
    """What is known of a review when it comes in; "" and None mean "not said"."""

    stars: int
    text: str = ""
    platform: str = Platform.OTHER
    platform_id: str = ""
    author: str = ""
    product: str = ""
    courier: str = ""
    order: Order | None = None
    customer: Customer | None = None
    posted_at: datetime | None = None
    edit_until: datetime | None = None

    @property
    def key(self) -> str:
        """What makes it the same review again: the platform's number, else its content. 40 hex digits."""
        if self.platform_id:
            return content_key("id", self.platform, self.platform_id)
        day = self.posted_at.date().isoformat() if self.posted_at else ""
        number = self.order.number.lower() if self.order else ""
        return content_key(plain(self.text), self.stars, plain(self.author), plain(self.product), number, day)


def plain(text: str) -> str:
    """A text for comparison: lower case, blanks squeezed."""
    return " ".join(text.casefold().split())


def build(shop: Shop, intake: Intake, days: dict[str, int], now: datetime) -> Review:
    """A triaged review, not saved yet. `days`: see platforms.edit_days."""
    found = assess(intake.stars, intake.text)
    posted = intake.posted_at or now
    return Review(
        shop=shop,
        customer=intake.customer or (intake.order.customer if intake.order else None),
        order=intake.order,
        platform=intake.platform,
        platform_id=intake.platform_id,
        content_hash=intake.key,
        author=intake.author,
        product=intake.product or (intake.order.item if intake.order else ""),
        courier=intake.courier,
        stars=intake.stars,
        text=intake.text[:TEXT],
        posted_at=posted,
        edit_until=intake.edit_until or platforms.edit_until(intake.platform, posted, days),
        **triaged(found),
        created_at=now,
    )


def triaged(found: Assessment) -> dict[str, Any]:
    """An assessment as a review's columns."""
    return {
        "needs_followup": found.needs_followup,
        "urgency": found.urgency,
        "themes": list(found.themes),
        "assessment": assessment_json(found),
    }


def assessment_json(found: Assessment) -> dict[str, Any]:
    """What a review keeps of its assessment: reasons with their spans in both languages, hints, wishes."""
    kept: dict[str, Any] = {
        "confidence": round(found.confidence, 3),
        "why": [{"start": r.start, "end": r.end, "id": r.reason_id, "en": r.reason_en} for r in found.why],
        "failure": found.failure,
        "severity": found.severity,
        "days_late": found.days_late,
        "wishes": [wish._asdict() for wish in found.wishes],
    }
    hints = ("is_mistap", "is_sarcastic", "no_reason", "is_fixed")
    return {name: value for name, value in kept.items() if value} | {h: True for h in hints if getattr(found, h)}


def log_review(shop: Shop, intake: Intake, *, by: User | None = None, now: datetime | None = None) -> Review:
    """Store one review, triaged; a flagged one starts its follow-up. The same review again returns the stored one."""
    now = now or timezone.now()
    review = build(shop, intake, platforms.edit_days(shop), now)
    try:
        with transaction.atomic():
            review.save(force_insert=True)
            if review.needs_followup:
                opening.take_up(review, by=by, now=now)
    except IntegrityError:
        return Review.objects.get(shop=shop, content_hash=review.content_hash)
    return review


# --- the apology ------------------------------------------------------------------------------------------------------


def apology_of(review: Review) -> Message | None:
    """The public reply of a review's case, None before the follow-up has started."""
    if review.case_id is None:
        return None
    said = Message.objects.filter(case_id=review.case_id, purpose__in=[Purpose.PUBLIC_REPLY, Purpose.PUBLIC_SPREAD])
    return said.select_related("case", "shop", "customer").order_by("pk").first()


def mark_posted(review: Review, *, by: User, now: datetime | None = None) -> None:
    """A person says the approved reply now stands on the marketplace: what waited for it unlocks.

    Refused: the reply has not been read and approved yet.
    """
    now, message = now or timezone.now(), apology_of(review)
    if message is None or message.state == MessageState.DRAFT:
        raise Refused(_("First read the reply and approve it."))
    with transaction.atomic():
        hands.mark_sent(message, by=by, now=now)
        treatments.catch_up(case=review.case, now=now)
        note_apology(review, now)


def note_apology(review: Review, at: datetime) -> None:
    """The apology stands: it leaves Today's lane."""
    if Review.objects.filter(pk=review.pk, replied_at=None).update(replied_at=at):
        review.replied_at = at


def note_apologies(now: datetime, limit: int = 500) -> int:
    """The same for replies that were marked as sent elsewhere (the outbox). Rung by the tick."""
    done = TreatmentStep.objects.filter(
        purpose__in=[Purpose.PUBLIC_REPLY, Purpose.PUBLIC_SPREAD],
        state=StepState.DONE,
        case__review__replied_at=None,
        case__review__isnull=False,
    )
    steps = list(done.values_list("case__review__pk", "done_at")[:limit])
    for pk, at in steps:
        Review.objects.filter(pk=pk, replied_at=None).update(replied_at=at or now)
    return len(steps)


# --- setting aside, observing -----------------------------------------------------------------------------------------


def no_follow_up(reviews: Sequence[Review], reason: str, *, by: User) -> int:
    """Set flagged reviews aside with a reason from the list; their open cases end. Refused: another reason."""
    if reason not in NoFollowUp.values:
        raise Refused(_("Choose a reason from the list."))
    with transaction.atomic():
        waiting = Review.objects.filter(pk__in=[review.pk for review in reviews], no_follow_up="", needs_followup=True)
        changed = list(waiting.select_related("case__shop"))
        waiting.update(no_follow_up=reason)
        for review in changed:
            if review.case and review.case.state in UNENDED and review.replied_at is None:
                label = str(NoFollowUp(reason).label)
                closing.close(review.case, State.WITHDRAWN, actor=Actor.STAFF, by=by, note=label)
    return len(changed)


def follow_up_after_all(review: Review, *, by: User, now: datetime | None = None) -> Review:
    """Start the follow-up of a review, also of one that triage passed by or that was set aside."""
    if review.case and review.case.state in UNENDED:
        return review
    with transaction.atomic():
        changes: dict[str, Any] = {"needs_followup": True, "no_follow_up": ""}
        if review.urgency == "none":
            changes["urgency"] = "normal"
        Review.objects.filter(pk=review.pk).update(**changes)
        for name, value in changes.items():
            setattr(review, name, value)
        opening.take_up(review, by=by, now=now)
    return review


def observe(review: Review, stars: int, text: str, *, at: datetime | None = None, by: User | None = None) -> bool:
    """Note what the review says now. It is seen, never asked for (S4-12). True where it changed."""
    at = at or timezone.now()
    changed = (stars, text) != (review.stars_after or review.stars, review.text_after or review.text)
    review.observed_at, review.stars_after, review.text_after = at, stars, text[:TEXT]
    with transaction.atomic():
        review.save(update_fields=["observed_at", "stars_after", "text_after"])
        if changed and review.case:
            events.add_event(review.case, events.REVIEW, by=by, actor=Actor.SYSTEM, at=at, changed=True)
    return changed


def improve(shop: Shop, theme: str, *, title: str, due_on: date | None, by: Member) -> int:
    """An improvement that cites the flagged reviews of a theme of the last months; returns how many it cites."""
    cited = list(queries.critical(shop, queries.since_months()).filter(queries.about(theme))[:CITED])
    with transaction.atomic():
        made = Improvement.objects.create(shop=shop, title=title, cause=theme, due_on=due_on, owner=by)
        made.reviews.add(*cited)
        made.cases.add(*[review.case_id for review in cited if review.case_id])
    return len(cited)
