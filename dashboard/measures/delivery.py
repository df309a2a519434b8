"""Couriers (domain.md 6.7): lateness split into packing and transit, and the orders in which something surely failed.

The database counts parcels by courier, service, destination and days late: many parcels are few rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Case, Count, DateField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, Lower, Trim, TruncDate

from dashboard.measures.scope import Scope
from figures.shares import Interval, Share, shrunk
from shops.models import Order, Shipment

RANK_FROM = 20  # no ranking below so many parcels
PRIOR_WEIGHT = 10
KNOWN_LATE = timedelta(days=2)
OBSERVE = timedelta(days=14)
NONE_LATE = timedelta()


class Parcels(NamedTuple):
    """So many parcels of one kind. `late` is L in days, `handover` the days between promised and real hand-over."""

    courier: str
    service: str
    province: str
    late: int
    handover: int
    censored: bool  # past its promise and still on the road: late up to today
    number: int

    @property
    def packing(self) -> int:
        """The seller's part of the days late: L_s = min(L, max(0, handed over - promised))."""
        return min(self.late, max(0, self.handover))

    @property
    def transit(self) -> int:
        """The courier's part: L_t = L - L_s."""
        return self.late - self.packing


@dataclass(frozen=True)
class Lane:
    """One courier (or service, or destination): how often and how much it is late, and where the days were lost."""

    name: str
    late: Share
    days_when_late: float
    p90: int
    packing_days: int
    transit_days: int
    on_the_road: int
    rate: float | None  # shrunk to the shop's pooled rate; None below 20 parcels: no ranking

    @property
    def interval(self) -> Interval:
        return self.late.interval


def late_share(rows: Iterable[Parcels]) -> Share:
    """Parcels at least a day late."""
    found = list(rows)
    return Share(sum(row.number for row in found if row.late >= 1), sum(row.number for row in found))


def p90(rows: Iterable[Parcels]) -> int:
    """The days late that nine of ten parcels do not exceed."""
    ranked = sorted((row.late, row.number) for row in rows)
    needed, seen = 0.9 * sum(count for _days, count in ranked), 0
    for days, count in ranked:
        seen += count
        if seen >= needed:
            return days
    return 0


def lane(name: str, rows: Sequence[Parcels], pooled: float) -> Lane:
    """The figures of one group of parcels."""
    share = late_share(rows)
    a, b = PRIOR_WEIGHT * pooled, PRIOR_WEIGHT * (1 - pooled)
    days = sum(row.late * row.number for row in rows)
    return Lane(
        name=name,
        late=share,
        days_when_late=days / share.k if share.k else 0.0,
        p90=p90(rows),
        packing_days=sum(row.packing * row.number for row in rows),
        transit_days=sum(row.transit * row.number for row in rows),
        on_the_road=sum(row.number for row in rows if row.censored),
        rate=shrunk(share.k, share.n, a, b) if share.n >= RANK_FROM else None,
    )


def lanes(rows: Sequence[Parcels], name: Callable[[Parcels], str]) -> tuple[Lane, list[Lane]]:
    """All parcels together, and each group: ranked ones first (the latest on top), then the rest by size."""
    groups: dict[str, list[Parcels]] = defaultdict(list)
    for row in rows:
        groups[name(row)].append(row)
    pooled = late_share(rows).value
    each = [lane(group, parcels, pooled) for group, parcels in groups.items()]
    each.sort(key=lambda found: (found.rate is None, -(found.rate or 0.0), -found.late.n, found.name))
    return lane("", rows, pooled), each


def on_time(rows: Iterable[Parcels]) -> Share:
    """Delivered by the promised day: the objective twin of "by the promised time" (S2-11)."""
    late = late_share(rows)
    return Share(late.n - late.k, late.n)


# --- queries ----------------------------------------------------------------------------------------------------------


def lateness(scope: Scope) -> tuple[Combinable, Combinable]:
    """L and the days between promised and real hand-over; what has not happened yet counts until today."""
    zone, now = scope.shop.tz, scope.now
    today = Value(now.astimezone(zone).date(), output_field=DateField())
    arrived = Coalesce(TruncDate("delivered_at", tzinfo=zone), today)
    not_handed = Case(When(delivered_at=None, then=today), default=None, output_field=DateField())
    handed = Coalesce(TruncDate("handed_over_at", tzinfo=zone), not_handed)
    late: Combinable = ExpressionWrapper(arrived - F("promised_latest"), output_field=DurationField())
    handover: Combinable = ExpressionWrapper(handed - F("promised_handover"), output_field=DurationField())
    return late, handover


def promised(scope: Scope) -> QuerySet[Shipment]:
    """Parcels with a promise, of orders placed in the period, with their lateness (negative: early)."""
    late, handover = lateness(scope)
    rows = Shipment.objects.filter(
        shop=scope.shop,
        promised_latest__isnull=False,
        order__shop=scope.shop,
        order__placed_at__gte=scope.since,
        order__placed_at__lt=scope.until,
    )
    return rows.annotate(raw=late, handover=handover)


def fetch(scope: Scope) -> list[Parcels]:
    """Counts of parcels that arrived, or are past their promise (one query)."""
    zero = Value(NONE_LATE, output_field=DurationField())
    rows = promised(scope).filter(Q(delivered_at__isnull=False) | Q(raw__gt=NONE_LATE))
    rows = rows.annotate(late=Greatest(F("raw"), zero), after=Greatest(F("handover"), zero), road=Q(delivered_at=None))
    counted = rows.order_by().values_list("courier", "service", "province", "late", "after", "road")
    return [
        Parcels(courier, service, province, late.days, after.days if after else 0, bool(road), n)
        for courier, service, province, late, after, road, n in counted.annotate(n=Count("pk"))
    ]


def known_failures(scope: Scope) -> set[int]:
    """Orders in which something surely failed, whatever the customer did, and 14 days have passed (6.6; one query)."""
    edge = scope.now - OBSERVE
    wrong = ~Q(order__typed="") & ~Q(order__packed="") & ~Q(typed=F("packed"))
    failed = wrong | Q(order__cancelled_by_shop=True) | Q(raw__gte=KNOWN_LATE)
    seen = Q(delivered_at__lte=edge) | Q(delivered_at=None, promised_latest__lte=edge.date())
    rows = promised(scope).annotate(typed=Lower(Trim("order__typed")), packed=Lower(Trim("order__packed")))
    return set(rows.filter(failed, seen).values_list("order", flat=True))


def as_ordered(scope: Scope) -> Share:
    """Received (else packed) what was typed, where both are known: the objective twin of "what I ordered" (S2-11)."""
    got = Case(When(received="", then=Lower(Trim("packed"))), default=Lower(Trim("received")))
    rows = Order.objects.filter(shop=scope.shop, placed_at__gte=scope.since, placed_at__lt=scope.until)
    rows = rows.exclude(typed="").annotate(got=got, asked=Lower(Trim("typed"))).exclude(got="")
    counts = rows.aggregate(n=Count("pk"), k=Count("pk", filter=Q(got=F("asked"))))
    return Share(counts["k"], counts["n"])
