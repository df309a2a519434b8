"""Trust beside repurchase (S2-15): do those who trust the shop buy again more often? A relation, not a cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Avg, Count, Exists, OuterRef, Q

from cases.enums import SurveyKind
from cases.models import Survey
from dashboard.measures.buyers import unlinked
from dashboard.measures.experience import ITEMS_OF
from dashboard.measures.scope import Scope
from figures.shares import Interval, Share, newcombe
from shops.models import Order

TRUSTS = 75.0  # a mean of "mostly" (4 of 5) on the two items


class Trusting(NamedTuple):
    """One person's trust, 0 to 100, and whether they bought again."""

    score: float
    returned: bool


@dataclass(frozen=True)
class TrustAndReturn:
    """Bought again among those who trust the shop and among the others."""

    trusting: Share
    others: Share

    @property
    def difference(self) -> Interval:
        return newcombe(self.trusting, self.others)


def split(people: Iterable[Trusting]) -> TrustAndReturn:
    """The two groups."""
    rows = list(people)
    high = [person.returned for person in rows if person.score >= TRUSTS]
    low = [person.returned for person in rows if person.score < TRUSTS]
    return TrustAndReturn(Share(sum(high), len(high)), Share(sum(low), len(low)))


def fetch(scope: Scope, days: int = 90) -> list[Trusting]:
    """People who answered a trust item and whose days since ended in the period (one query)."""
    span = timedelta(days=days)
    later = Order.objects.filter(
        customer=OuterRef("customer"), paid_at__gt=OuterRef("answered_at"), paid_at__lte=OuterRef("answered_at") + span
    )
    trust = Q(answers__item__in=ITEMS_OF["trust"])
    rows = (
        Survey.objects.filter(
            shop=scope.shop,
            kind=SurveyKind.EXPERIENCE,
            answered_at__gte=scope.since - span,
            answered_at__lt=min(scope.until, scope.now) - span,
        )
        .exclude(customer__in=unlinked(scope.shop))
        .annotate(mean=Avg("answers__value", filter=trust), said=Count("answers", filter=trust), returned=Exists(later))
        .filter(said__gt=0)
    )
    return [Trusting(25 * (float(mean) - 1), returned) for mean, returned in rows.values_list("mean", "returned")]
