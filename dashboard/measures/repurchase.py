"""Who came back after a case, beside comparable customers without one (domain.md 6.4).

A customer counts only once their days are over, so the period is moved back by them: "the 90 days that ended in it".
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cases.enums import Kind
from cases.models import Case
from dashboard.measures.buyers import every_nth, one_in, paid_orders, unlinked
from dashboard.measures.scope import REPURCHASE_DAYS, Scope, filtered
from figures.shares import Interval, Share, newcombe
from messaging.models import Message
from shops.models import Order

TWINS = 3
CANDIDATES = 3000  # orders that twins are looked for in; more would cost time, not change the answer
MOST_PRIOR = 3  # 1, 2, 3 or more earlier paid orders


class Eligible(NamedTuple):
    """The first resolved case of a customer whose days are over; None and 0 stand for no order."""

    case: int
    customer: int
    resolved_at: datetime
    ordered_at: datetime | None
    prior: int
    next_paid: datetime | None
    blame: str
    marked: int | None = None  # a message of ours that the tone guard had marked

    def returned(self, days: int) -> bool:
        """Paid again in (resolved, resolved + days]."""
        return self.next_paid is not None and self.next_paid <= self.resolved_at + timedelta(days=days)


class Candidate(NamedTuple):
    """An order of a customer without a case; prior counts it too."""

    customer: int
    ordered_at: datetime
    prior: int


@dataclass(frozen=True)
class Repurchase:
    """Returned within `days`, comparable customers in the same window, and the difference (not proof of a cause)."""

    days: int
    returned: Share
    baseline: Share

    @property
    def difference(self) -> Interval:
        return newcombe(self.returned, self.baseline)


def stratum(ordered_at: datetime, prior: int) -> tuple[int, int, int]:
    """Customers are compared within the same month and number of paid orders."""
    return ordered_at.year, ordered_at.month, min(prior, MOST_PRIOR)


def twins(
    eligible: Sequence[Eligible], candidates: Sequence[Candidate], seed: int = 1
) -> list[tuple[Eligible, Candidate]]:
    """Up to three comparable customers for each case, none twice; every case gets one before any gets two."""
    dice = random.Random(seed)  # noqa: S311  (statistics, not secrets)
    by_stratum: dict[tuple[int, int, int], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_stratum[stratum(candidate.ordered_at, candidate.prior)].append(candidate)
    for pool in by_stratum.values():
        dice.shuffle(pool)
    cases = [row for row in eligible if row.ordered_at is not None]
    dice.shuffle(cases)
    used: set[int] = set()
    pairs = []
    for _round in range(TWINS):
        for row in cases:
            pool = by_stratum.get(stratum(row.ordered_at, row.prior), []) if row.ordered_at else []
            while pool:
                found = pool.pop()
                if found.customer not in used:
                    used.add(found.customer)
                    pairs.append((row, found))
                    break
    return pairs


def bought_in(times: Sequence[datetime], after: datetime, days: int) -> bool:
    """A paid order in (after, after + days]; times in order."""
    place = bisect_right(times, after)
    return place < len(times) and times[place] <= after + timedelta(days=days)


Pairs = Sequence[tuple[Eligible, Candidate]]


def compare(
    eligible: Sequence[Eligible], pairs: Pairs, paid: Mapping[int, Sequence[datetime]], days: int
) -> Repurchase:
    """Share of cases whose customer returned, beside the twins' in the window at the same distance from their order."""
    back = 0
    for row, twin in pairs:
        lag = row.resolved_at - row.ordered_at if row.ordered_at else timedelta()
        back += bought_in(paid.get(twin.customer, []), twin.ordered_at + lag, days)
    returned = Share(sum(row.returned(days) for row in eligible), len(eligible))
    return Repurchase(days, returned, Share(back, len(pairs)))


# --- queries ----------------------------------------------------------------------------------------------------------

Paid = Mapping[int, Sequence[datetime]]  # customer -> when they paid, in order


def fetch_eligible(scope: Scope, days: int) -> list[Eligible]:
    """One case per customer, whose days ended in the period; not erased, purchases may be linked (one query)."""
    span = timedelta(days=days)
    rows = (
        filtered(scope)
        .filter(resolved_at__gte=scope.since - span, resolved_at__lt=min(scope.until, scope.now) - span)
        .filter(customer__isnull=False)
        .exclude(customer__in=unlinked(scope.shop))
        .order_by("customer", "resolved_at", "pk")
    )
    bought = Order.objects.filter(customer=OuterRef("customer"), paid_at__isnull=False).order_by("paid_at")
    first: dict[int, Eligible] = {}
    for row in rows.values_list(
        "pk",
        "customer_id",
        "resolved_at",
        "order__paid_at",
        Coalesce(Subquery(paid_until("order__paid_at")), 0),
        Subquery(bought.filter(paid_at__gt=OuterRef("resolved_at")).values("paid_at")[:1]),
        "complaint__blame",
        Subquery(marked().filter(case=OuterRef("pk")).order_by().values("pk")[:1]),  # as Exists all would be read
    ):
        found = Eligible._make(row)
        first.setdefault(found.customer, found)
    return list(first.values())


def paid_until(moment: str) -> QuerySet[Order, Any]:
    """How many orders the outer row's customer had paid by this moment of it."""
    rows = Order.objects.filter(customer=OuterRef("customer"), paid_at__lte=OuterRef(moment)).order_by()
    return rows.values("customer").annotate(n=Count("pk")).values("n")


def marked() -> QuerySet[Message]:
    """Messages that left with a finding of the tone guard, or against its block."""
    flagged = Q(guard__findings__0__isnull=False) | ~Q(override_reason="")
    return Message.objects.filter(flagged, sent_at__isnull=False)


def without_case(scope: Scope) -> QuerySet[Order]:
    """Paid orders of customers who never had a complaint."""
    complaints = Case.objects.filter(customer=OuterRef("customer"), kind=Kind.COMPLAINT)
    return paid_orders(scope.shop).filter(~Exists(complaints))


def fetch_candidates(scope: Scope, eligible: Sequence[Eligible]) -> tuple[list[Candidate], Paid]:
    """Orders of customers without a case from the months of the cases' orders, and all these customers paid.

    A fixed sample of customers where there are many (three queries).
    """
    months = [row.ordered_at for row in eligible if row.ordered_at]
    if not months:
        return [], {}
    first = min(months).replace(day=1, hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    span = {"placed_at__gte": first, "placed_at__lte": max(months) + timedelta(days=31)}
    every = every_nth(Order.objects.filter(shop=scope.shop, **span).count(), CANDIDATES)
    rows = one_in(without_case(scope).filter(**span), every)
    found = [
        (customer, at) for customer, at in rows.order_by("pk").values_list("customer_id", "paid_at") if customer and at
    ]
    paid = fetch_paid(sorted({customer for customer, _at in found}))
    return [Candidate(customer, at, bisect_right(paid.get(customer, []), at)) for customer, at in found], paid


def fetch_paid(customers: Sequence[int]) -> dict[int, list[datetime]]:
    """When each of these customers paid, in order (one query)."""
    rows = Order.objects.filter(customer__in=customers, paid_at__isnull=False).order_by("customer", "paid_at")
    found: dict[int, list[datetime]] = defaultdict(list)
    for customer, at in rows.values_list("customer_id", "paid_at"):
        if customer is not None and at is not None:
            found[customer].append(at)
    return dict(found)


def windows(days: int) -> list[int]:
    """The windows shown for customers whose `days` are over."""
    return [window for window in REPURCHASE_DAYS if window <= days]


def repurchase(scope: Scope, eligible: Sequence[Eligible]) -> list[Repurchase]:
    """The same customers after 30, 60 and 90 days, each beside their twins (three queries)."""
    candidates, paid = fetch_candidates(scope, eligible)
    pairs = twins(eligible, candidates)
    return [compare(eligible, pairs, paid, days) for days in windows(scope.days)]


def left_after_reply(eligible: Sequence[Eligible], days: int) -> Share:
    """Of those who did not return, cases in which a message of ours was flagged or sent over the guard (S4-30)."""
    gone = [row for row in eligible if not row.returned(days)]
    return Share(sum(row.marked is not None for row in gone), len(gone))
