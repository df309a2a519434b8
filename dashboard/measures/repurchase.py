"""Who came back after a case, beside comparable customers without one (domain.md 6.4), and buyers who return (6.10).

A customer counts only once their days are over, so the period is moved back by them: "the 90 days that ended in it".
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Mod

from cases.enums import Kind
from cases.models import Case
from dashboard.measures.scope import REPURCHASE_DAYS, Scope, filtered
from figures.shares import Interval, Share, newcombe
from messaging.models import Message
from shops.models import Customer, Order

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
    """One case per customer, whose days ended in the period; not erased, purchases may be linked (two queries)."""
    span = timedelta(days=days)
    rows = (
        filtered(scope)
        .filter(resolved_at__gte=scope.since - span, resolved_at__lt=min(scope.until, scope.now) - span)
        .filter(customer__erased_at=None, customer__no_purchase_linking=False, customer__isnull=False)
        .order_by("customer", "resolved_at", "pk")
        .values_list("customer_id", "pk", "resolved_at", "order__paid_at", "complaint__blame")
    )
    first: dict[int, tuple[int, datetime, datetime | None, str]] = {}
    for customer, case, resolved, ordered, blame in rows:
        if customer is not None and resolved is not None:
            first.setdefault(customer, (case, resolved, ordered, blame))
    paid = fetch_paid(list(first))
    return [with_orders(customer, *row, paid.get(customer, [])) for customer, row in first.items()]


def with_orders(
    customer: int, case: int, resolved: datetime, ordered: datetime | None, blame: str, paid: Sequence[datetime]
) -> Eligible:
    """A case with what its customer bought before and after."""
    place = bisect_right(paid, resolved)
    next_paid = paid[place] if place < len(paid) else None
    prior = bisect_right(paid, ordered) if ordered else 0
    return Eligible(case, customer, resolved, ordered, prior, next_paid, blame)


def without_case(scope: Scope) -> QuerySet[Order]:
    """Paid orders of customers who never had a complaint."""
    complaints = Case.objects.filter(customer=OuterRef("customer"), kind=Kind.COMPLAINT)
    rows = Order.objects.filter(shop=scope.shop, customer__isnull=False, paid_at__isnull=False)
    linked = Q(customer__erased_at=None, customer__no_purchase_linking=False)
    return rows.filter(linked, ~Exists(complaints))


SAMPLE = 1000  # buyers in each stretch of our own past


def every_nth(orders: int, most: int = CANDIDATES) -> int:
    """Take only each n-th customer, so that about `most` orders are looked at."""
    return max(1, orders // most)


def fetch_candidates(scope: Scope, eligible: Sequence[Eligible]) -> tuple[list[Candidate], Paid]:
    """Orders of customers without a case from the months of the cases' orders, and all these customers paid.

    A fixed sample of customers where there are many (three queries).
    """
    months = [row.ordered_at for row in eligible if row.ordered_at]
    if not months:
        return [], {}
    first = min(months).replace(day=1, hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    span = {"placed_at__gte": first, "placed_at__lte": max(months) + timedelta(days=31)}
    every = every_nth(Order.objects.filter(shop=scope.shop, **span).count())
    rows = without_case(scope).filter(**span)
    if every > 1:
        rows = rows.annotate(slot=Mod("customer_id", every)).filter(slot=0)
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
    gone = [row.case for row in eligible if not row.returned(days)]
    flagged = Q(guard__findings__0__isnull=False) | ~Q(override_reason="")
    rows = Message.objects.filter(flagged, case__in=gone, sent_at__isnull=False)
    return Share(rows.values("case").distinct().count(), len(gone))


# --- buyers into customers (6.10) -------------------------------------------------------------------------------------


def second_order(scope: Scope, days: int = 90, every: int = 1) -> Share:
    """First-time buyers whose 90 days ended in the period, and how many of them paid again within these (one query).

    every: only each n-th customer, where a sample will do.
    """
    span = timedelta(days=days)
    mine = Order.objects.filter(customer=OuterRef("customer"), paid_at__isnull=False)
    start, end = scope.since - span, min(scope.until, scope.now) - span
    rows = (
        Order.objects.filter(shop=scope.shop, placed_at__gte=start, placed_at__lt=end, customer__isnull=False)
        .filter(paid_at__isnull=False, customer__erased_at=None, customer__no_purchase_linking=False)
        .filter(~Exists(mine.filter(paid_at__lt=OuterRef("paid_at"))))
    )
    if every > 1:
        rows = rows.annotate(slot=Mod("customer_id", every)).filter(slot=0)
    later = mine.filter(paid_at__gt=OuterRef("paid_at"), paid_at__lte=OuterRef("paid_at") + span)
    counts = rows.annotate(again=Exists(later)).aggregate(n=Count("pk"), k=Count("pk", filter=Q(again=True)))
    return Share(counts["k"], counts["n"])


def returning_share(scope: Scope) -> Share:
    """Paid orders of the period by customers who had paid before (one query)."""
    mine = Order.objects.filter(customer=OuterRef("customer"), paid_at__lt=OuterRef("paid_at"))
    rows = Order.objects.filter(shop=scope.shop, placed_at__gte=scope.since, placed_at__lt=scope.until)
    rows = rows.filter(paid_at__isnull=False, customer__isnull=False)
    counts = rows.annotate(before=Exists(mine)).aggregate(n=Count("pk"), k=Count("pk", filter=Q(before=True)))
    return Share(counts["k"], counts["n"])


def overdue_reorders(scope: Scope, shown: int = 10) -> list[tuple[Customer, datetime, int]]:
    """Customers with three or more paid orders in a year who are past twice their usual gap: silent, maybe gone.

    Returns (customer, last order, usual gap in days), the latest first (two queries).
    """
    rows = Order.objects.filter(
        shop=scope.shop, placed_at__gte=scope.now - timedelta(days=365), paid_at__isnull=False, customer__isnull=False
    )
    rows = rows.filter(customer__erased_at=None, customer__no_purchase_linking=False).order_by()
    regulars = rows.values_list("customer").annotate(n=Count("pk"), first=Min("paid_at"), last=Max("paid_at"))
    recent = regulars.filter(n__gte=REGULAR, last__lt=scope.now - 2 * SHORTEST_GAP)
    found = [(customer, last, usual_gap(n, first, last)) for customer, n, first, last in recent]
    quiet = sorted((row for row in found if is_overdue(row[1], row[2], scope.now)), key=itemgetter(1), reverse=True)
    names = Customer.objects.in_bulk([customer for customer, _at, _gap in quiet[:shown]])
    return [(names[customer], at, gap) for customer, at, gap in quiet[:shown] if customer in names]


REGULAR = 3
SHORTEST_GAP = timedelta(days=7)


def usual_gap(orders: int, first: datetime, last: datetime) -> int:
    """The mean number of days between orders, at least 7."""
    return max(SHORTEST_GAP.days, (last - first).days // max(1, orders - 1))


def is_overdue(last: datetime, gap: int, now: datetime) -> bool:
    """More than twice the usual gap has passed, but not so long that it is history."""
    return timedelta(days=2 * gap) < now - last < timedelta(days=4 * gap)
