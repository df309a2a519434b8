"""Buyers into customers (domain.md 6.10): second orders, orders of those who came back, regulars gone quiet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Mod

from dashboard.measures.scope import Scope
from dashboard.measures.stretches import stretch
from figures.shares import Share
from shops.models import Customer, Order, Shop

SAMPLE = 1000  # buyers in each stretch of our own past
REGULAR = 3
SHORTEST_GAP = timedelta(days=7)


def unlinked(shop: Shop) -> QuerySet[Customer, Any]:
    """Customers whose purchases may not be looked at: erased, or they said no. They are few."""
    return Customer.objects.filter(Q(erased_at__isnull=False) | Q(no_purchase_linking=True), shop=shop).values("pk")


def paid_orders(shop: Shop) -> QuerySet[Order]:
    """Paid orders of customers whose purchases may be looked at."""
    rows = Order.objects.filter(shop=shop, paid_at__isnull=False, customer__isnull=False)
    return rows.exclude(customer__in=unlinked(shop))


def every_nth(rows: int, most: int) -> int:
    """Take only each n-th customer, so that about `most` rows are looked at."""
    return max(1, rows // most)


def one_in(rows: QuerySet[Order], every: int) -> QuerySet[Order]:
    """Orders of each n-th customer; all of them for 1."""
    return rows.annotate(slot=Mod("customer_id", every)).filter(slot=0) if every > 1 else rows


def second_order(scope: Scope, days: int = 90, every: int = 1) -> Share:
    """First-time buyers whose 90 days ended in the period, and how many of them paid again within these (one query).

    every: only each n-th customer, where a sample will do.
    """
    span = timedelta(days=days)
    mine = Order.objects.filter(customer=OuterRef("customer"), paid_at__isnull=False)
    start, end = scope.since - span, min(scope.until, scope.now) - span
    rows = one_in(paid_orders(scope.shop).filter(placed_at__gte=start, placed_at__lt=end), every)
    rows = rows.filter(~Exists(mine.filter(paid_at__lt=OuterRef("paid_at"))))
    later = mine.filter(paid_at__gt=OuterRef("paid_at"), paid_at__lte=OuterRef("paid_at") + span)
    counts = rows.annotate(again=Exists(later)).aggregate(n=Count("paid_at"), k=Count("paid_at", filter=Q(again=True)))
    return Share(counts["k"], counts["n"])


def returning_share(series: Sequence[Share]) -> Share:
    """All stretches together."""
    return Share(sum(share.k for share in series), sum(share.n for share in series))


def first_order(scope: Scope) -> datetime:
    """When the shop's first order was placed; now where there is none (one query)."""
    first = Order.objects.filter(shop=scope.shop).aggregate(first=Min("placed_at"))["first"]
    return first if isinstance(first, datetime) else scope.now


def fetch_returning(scope: Scope, starts: Sequence[datetime]) -> list[Share]:
    """Paid orders by customers who had paid before: those before the first start, then of each stretch (one query)."""
    mine = Order.objects.filter(customer=OuterRef("customer"), paid_at__lt=OuterRef("paid_at"))
    rows = Order.objects.filter(shop=scope.shop, placed_at__gte=scope.since, placed_at__lt=scope.until)
    rows = rows.filter(paid_at__isnull=False, customer__isnull=False)
    counted = rows.order_by().annotate(slot=stretch("placed_at", starts), before=Exists(mine)).values("slot")
    found = {
        row["slot"]: Share(row["k"], row["n"])
        for row in counted.annotate(n=Count("paid_at"), k=Count("paid_at", filter=Q(before=True)))
    }
    return [found.get(place, Share(0, 0)) for place in range(len(starts) + 1)]


def overdue_reorders(scope: Scope, shown: int = 10) -> list[tuple[Customer, datetime, int]]:
    """Customers with three or more paid orders in a year who are past twice their usual gap: silent, maybe gone.

    Returns (customer, last order, usual gap in days), the latest first (two queries).
    """
    rows = paid_orders(scope.shop).filter(placed_at__gte=scope.now - timedelta(days=365)).order_by()
    regulars = rows.values_list("customer").annotate(n=Count("paid_at"), first=Min("paid_at"), last=Max("paid_at"))
    recent = regulars.filter(n__gte=REGULAR, last__lt=scope.now - 2 * SHORTEST_GAP)
    found = [(customer, last, usual_gap(n, first, last)) for customer, n, first, last in recent]
    quiet = sorted((row for row in found if is_overdue(row[1], row[2], scope.now)), key=itemgetter(1), reverse=True)
    names = Customer.objects.in_bulk([customer for customer, _at, _gap in quiet[:shown]])
    return [(names[customer], at, gap) for customer, at, gap in quiet[:shown] if customer in names]


def usual_gap(orders: int, first: datetime, last: datetime) -> int:
    """The mean number of days between orders, at least 7."""
    return max(SHORTEST_GAP.days, (last - first).days // max(1, orders - 1))


def is_overdue(last: datetime, gap: int, now: datetime) -> bool:
    """More than twice the usual gap has passed, but not so long that it is history."""
    return timedelta(days=2 * gap) < now - last < timedelta(days=4 * gap)
