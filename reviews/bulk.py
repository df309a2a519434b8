"""Setting many reviews aside, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from cases import undo as undoing
from cases.enums import State
from reviews import actions, opening
from reviews.models import Review
from shops.models import Member

LIST = "reviews"


def set_aside_all(reviews: Sequence[Review], reason: str, *, by: Member, session: SessionBase) -> int:
    """Set many reviews aside with one reason; returns how many changed. Refused: a reason that is not of the list."""
    before = [review.pk for review in reviews if review.needs_followup and not review.no_follow_up]
    count = actions.no_follow_up(reviews, reason, by=by.user)
    undoing.keep(session, LIST, {"now": reason, "before": before})
    return count


def undo(member: Member, session: SessionBase) -> int:
    """Put the reviews of the last bulk action back, save those that somebody changed since; returns how many.

    A follow-up that had begun starts anew: what was drafted has gone with the case that ended.
    """
    kept = undoing.take(session, LIST)
    if not kept:
        return 0
    rows = Review.objects.filter(shop=member.shop, pk__in=kept["before"], no_follow_up=kept["now"])
    found = list(rows.select_related("shop", "case", "order", "customer"))
    with transaction.atomic():
        rows.update(no_follow_up="")
        for review in found:
            review.no_follow_up = ""
            if review.waits and review.case and review.case.state == State.WITHDRAWN:
                opening.take_up(review, by=member.user)
    return len(found)
