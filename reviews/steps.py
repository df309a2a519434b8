"""System steps of P07: keep the customer's wish, let the root playbook go on, see whether the review changed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from playbooks import treatments
from playbooks.automatic import Handler
from playbooks.enums import LIVE_STEP, SystemAction
from playbooks.models import TreatmentStep
from reviews import actions, wording
from reviews.models import Review
from shops.wishes import keep_wishes

COURTESY_FROM = 3  # days late from which something is made good (domain.md P06, step 5)
REPAIRABLE = {"damaged", "wrong_item", "not_received", "refund_or_cancel", "not_as_described", "privacy"}


def save_preference(step: TreatmentStep, now: datetime) -> None:
    """Keep what the customer would like next time; skipped where they named nothing or nobody knows them."""
    review = Review.objects.filter(case=step.case_id).select_related("customer").first()
    wishes = review.assessment.get("wishes", []) if review else []
    if review is None or review.customer is None or not wishes:
        treatments.skip(step, _("No wish, or no known customer to keep it for."), by=None, now=now)
        return
    keep_wishes(review.customer, wishes)
    treatments.complete(step, by=None, note="; ".join(str(wish["text"]) for wish in wishes)[:300], now=now)


def open_root_case(step: TreatmentStep, now: datetime) -> None:
    """The apology is out: the root playbook's steps go on where something is unresolved; else they are left out."""
    review = Review.objects.filter(case=step.case_id).select_related("order", "shop").first()
    unresolved = review is None or is_unresolved(review)
    if not unresolved:
        rest = step.treatment.steps.exclude(playbook_code=step.playbook_code).filter(state__in=sorted(LIVE_STEP))
        for other in rest.select_related("treatment", "case__shop", "message"):
            treatments.leave_out(other, _("Nothing is unresolved."), by=None, now=now)
    root = str(step.treatment.facts.get("root", ""))
    treatments.complete(step, by=None, note=root if unresolved else _("Nothing is unresolved."), now=now)


def is_unresolved(review: Review) -> bool:
    """Something can still be made good: goods, money, or a delay of three days. Not what is put right already."""
    if review.assessment.get("is_fixed"):
        return False
    failure = review.assessment.get("failure")
    return failure in REPAIRABLE or (failure == "late" and wording.days_late(review) >= COURTESY_FROM)


def observe_review(step: TreatmentStep, now: datetime) -> None:
    """Fourteen days later: note whether the review changed, as far as imports have seen. Never asked for (S4-12)."""
    review = Review.objects.filter(case=step.case_id).select_related("case").first()
    if review is None:
        treatments.skip(step, _("No review is known for this case."), by=None, now=now)
        return
    actions.observe(review, review.stars_after or review.stars, review.text_after or review.text, at=now)
    changed = (review.stars_after, review.text_after) != (review.stars, review.text)
    treatments.complete(step, by=None, note=_("changed") if changed else _("unchanged"), now=now)


HANDLERS: dict[str, Handler] = {
    SystemAction.SAVE_PREFERENCE: save_preference,
    SystemAction.OPEN_ROOT_CASE: open_root_case,
    SystemAction.OBSERVE_REVIEW: observe_review,
}
