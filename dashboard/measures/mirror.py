"""The seller's mirror (S1-01 to S1-04; domain.md 6.11): five parts, 0 to 100. Private, and a mirror, not a science."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from dashboard.measures.scope import Scope
from figures.shares import Share
from messaging.enums import Purpose
from playbooks.enums import StepState
from playbooks.models import TreatmentStep

ENOUGH_CASES = 15
PROFESSIONAL, CONSULTANT = 40, 70
PARTS = ("in_limit", "follow_ups", "recovery", "closeness", "second_order")


@dataclass(frozen=True)
class Part:
    """One part; score is None where there is not enough to say. share: what it rests on, where it is one."""

    key: str
    score: float | None
    n: int
    share: Share | None = None


@dataclass(frozen=True)
class Mirror:
    """The five parts and the band of the lowest: order_seeker, professional, consultant; "" without enough data."""

    parts: tuple[Part, ...]

    @property
    def band(self) -> str:
        """The lowest part decides. Without all five parts nobody is a consultant, below 15 cases nobody anything."""
        known = [part.score for part in self.parts if part.score is not None]
        by_key = {part.key: part for part in self.parts}
        if by_key["in_limit"].score is None or len(known) < 3:
            return ""
        lowest = min(known)
        if lowest < PROFESSIONAL:
            return "order_seeker"
        complete = len(known) == len(self.parts)
        return "consultant" if lowest >= CONSULTANT and complete else "professional"


def from_share(key: str, share: Share) -> Part:
    """A share as a part, once it rests on 15."""
    return Part(key, 100 * share.value if share.n >= ENOUGH_CASES else None, share.n, share)


def percentile(value: float, past: Sequence[float]) -> float | None:
    """Where a value stands in the shop's own past, 0 to 100 (ties count half); None without six periods."""
    if len(past) < 6:
        return None
    below = sum(other < value for other in past) + sum(other == value for other in past) / 2
    return 100 * below / len(past)


def mirror(
    in_limit: Share, follow_ups: Share, recovered: Share, closeness: Sequence[float], second: float | None, buyers: int
) -> Mirror:
    """closeness: persons' means of the trust and emotional layers; second: percentile of the second-order rate."""
    near = sum(closeness) / len(closeness) if len(closeness) >= ENOUGH_CASES else None
    return Mirror(
        (
            from_share("in_limit", in_limit),
            from_share("follow_ups", follow_ups),
            from_share("recovery", recovered),
            Part("closeness", near, len(closeness)),
            Part("second_order", second, buyers),
        )
    )


def fetch_follow_ups(scope: Scope) -> Share:
    """Follow-up steps done, of those that were done, skipped or fell due (one query)."""
    came_due = Q(state__in=[StepState.DONE, StepState.SKIPPED]) | Q(state=StepState.OPEN, due_at__lt=scope.now)
    rows = TreatmentStep.objects.filter(
        came_due,
        shop=scope.shop,
        purpose=Purpose.FOLLOW_UP,
        treatment__started_at__gte=scope.since,
        treatment__started_at__lt=scope.until,
    )
    counts = rows.aggregate(n=Count("pk"), k=Count("pk", filter=Q(state=StepState.DONE)))
    return Share(counts["k"], counts["n"])


def quarters(scope: Scope, number: int = 8) -> list[Scope]:
    """The eight stretches of the period's length before it, the newest first."""
    return [scope.back(timedelta(days=90) * place) for place in range(1, number + 1)]
