"""Ratings (domain.md 6.11): all reviews over time, and who changed theirs after an apology, beside who had none.

Never a target, never a topic of a message: people have many reasons, and low ratings drift up by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Avg, Case, Count, IntegerField, Q, Value, When

from dashboard.measures.scope import Scope
from figures.shares import Interval, Share, newcombe
from reviews.models import Review

BELOW_FIVE = 4


class Changed(NamedTuple):
    """One observed review: the stars before and 14 days later, and whether we had said sorry."""

    stars: int
    after: int
    replied: bool


@dataclass(frozen=True)
class Movement:
    """Share of reviews that their authors changed upward, and the mean change, of one group."""

    changed: Share
    mean: float


@dataclass(frozen=True)
class Ratings:
    """With an apology, without one, and the difference. Without the comparison there is no headline."""

    replied: Movement
    others: Movement

    @property
    def difference(self) -> Interval:
        return newcombe(self.replied.changed, self.others.changed)


def movement(rows: Sequence[Changed]) -> Movement:
    """How a group of reviews moved."""
    up = sum(row.after > row.stars for row in rows)
    mean = sum(row.after - row.stars for row in rows) / len(rows) if rows else 0.0
    return Movement(Share(up, len(rows)), mean)


def ratings(rows: Sequence[Changed]) -> Ratings:
    """Reviews of four stars or fewer, with and without an apology."""
    return Ratings(movement([row for row in rows if row.replied]), movement([row for row in rows if not row.replied]))


def fetch(scope: Scope) -> list[Changed]:
    """Observed reviews of the period with a text and at most four stars (one query)."""
    rows = Review.objects.filter(shop=scope.shop, posted_at__gte=scope.since, posted_at__lt=scope.until)
    rows = rows.filter(stars__lte=BELOW_FIVE, stars_after__isnull=False).exclude(text="")
    found = rows.values_list("stars", "stars_after", "replied_at")
    return [Changed(stars, after or stars, replied is not None) for stars, after, replied in found]


def fetch_series(scope: Scope, buckets: Sequence[datetime]) -> list[tuple[int, float | None, Share]]:
    """For each stretch of time: reviews, mean stars, share with a reason (a text) (one query)."""
    if not buckets:
        return []
    ends = [*buckets[1:], scope.until]
    spans = enumerate(zip(buckets, ends, strict=True))
    slots = [When(posted_at__gte=start, posted_at__lt=end, then=Value(place)) for place, (start, end) in spans]
    rows = Review.objects.filter(shop=scope.shop, posted_at__gte=buckets[0], posted_at__lt=scope.until)
    by_slot = rows.annotate(slot=Case(*slots, output_field=IntegerField())).order_by().values("slot")
    counted = by_slot.annotate(n=Count("pk"), mean=Avg("stars"), k=Count("pk", filter=~Q(text="")))
    found = {row["slot"]: (row["n"], row["mean"], Share(row["k"], row["n"])) for row in counted}
    return [found.get(place, (0, None, Share(0, 0))) for place in range(len(buckets))]
