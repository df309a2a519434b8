"""Couriers (domain.md 6.7): lateness split into packing and transit, and what else is known to have failed on an order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from django.db.models import Q

from dashboard.measures.scope import Scope
from figures.shares import Interval, Share, shrunk
from shops.models import Shipment

RANK_FROM = 20  # no ranking below so many parcels
PRIOR_WEIGHT = 10
KNOWN_LATE = 2  # days
OBSERVE = timedelta(days=14)


class ParcelRow(NamedTuple):
    """One parcel and its order; in the order of COLUMNS."""

    order: int
    customer: int | None
    courier: str
    service: str
    province: str
    promised_handover: date | None
    promised_latest: date | None
    handed_over_at: datetime | None
    delivered_at: datetime | None
    cancelled_by_shop: bool
    typed: str
    packed: str
    received: str


COLUMNS = (
    "order_id",
    "order__customer_id",
    "courier",
    "service",
    "province",
    "promised_handover",
    "promised_latest",
    "handed_over_at",
    "delivered_at",
    "order__cancelled_by_shop",
    "order__typed",
    "order__packed",
    "order__received",
)


@dataclass(frozen=True)
class Lateness:
    """Days late of one parcel; packing + transit = days. censored: still on the road, late up to today."""

    days: int
    packing: int
    censored: bool

    @property
    def transit(self) -> int:
        return self.days - self.packing


def lateness(row: ParcelRow, today: date, zone: tzinfo) -> Lateness | None:
    """How late a parcel is; None where nothing was promised, or it is on the road and still in time."""
    if row.promised_latest is None:
        return None
    arrived = row.delivered_at.astimezone(zone).date() if row.delivered_at else None
    days = max(0, ((arrived or today) - row.promised_latest).days)
    if arrived is None and days == 0:
        return None
    handed = row.handed_over_at.astimezone(zone).date() if row.handed_over_at else None
    if handed is None and arrived is None:
        handed = today  # it has not left the shop yet
    packing = 0
    if row.promised_handover and handed:
        packing = min(days, max(0, (handed - row.promised_handover).days))
    return Lateness(days, packing, arrived is None)


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


def lane(name: str, parcels: Sequence[Lateness], pooled: float) -> Lane:
    """The figures of one group of parcels."""
    late = [parcel for parcel in parcels if parcel.days >= 1]
    share = Share(len(late), len(parcels))
    days = sorted(parcel.days for parcel in parcels)
    a, b = PRIOR_WEIGHT * pooled, PRIOR_WEIGHT * (1 - pooled)
    return Lane(
        name=name,
        late=share,
        days_when_late=sum(parcel.days for parcel in late) / len(late) if late else 0.0,
        p90=days[min(len(days) - 1, int(0.9 * len(days)))] if days else 0,
        packing_days=sum(parcel.packing for parcel in late),
        transit_days=sum(parcel.transit for parcel in late),
        on_the_road=sum(parcel.censored for parcel in late),
        rate=shrunk(share.k, share.n, a, b) if share.n >= RANK_FROM else None,
    )


def lanes(
    rows: Iterable[ParcelRow], name: Callable[[ParcelRow], str], today: date, zone: tzinfo
) -> tuple[Lane, list[Lane]]:
    """All parcels together, and each group: ranked ones first (the latest on top), then the rest by size."""
    groups: dict[str, list[Lateness]] = defaultdict(list)
    everything = []
    for row in rows:
        found = lateness(row, today, zone)
        if found is not None:
            groups[name(row)].append(found)
            everything.append(found)
    late = sum(parcel.days >= 1 for parcel in everything)
    pooled = late / len(everything) if everything else 0.0
    each = [lane(group, parcels, pooled) for group, parcels in groups.items()]
    each.sort(key=lambda found: (found.rate is None, -(found.rate or 0.0), -found.late.n, found.name))
    return lane("", everything, pooled), each


def known_failures(rows: Iterable[ParcelRow], now: datetime, zone: tzinfo) -> set[int]:
    """Orders in which something certainly failed, whatever the customer did, watched for 14 days (domain.md 6.6)."""
    today, edge = now.astimezone(zone).date(), (now - OBSERVE).astimezone(zone).date()
    found = set()
    for row in rows:
        wrong = bool(row.typed and row.packed and row.typed.strip().lower() != row.packed.strip().lower())
        since = row.delivered_at.astimezone(zone).date() if row.delivered_at else row.promised_latest
        if since is None or since > edge:
            continue
        late = lateness(row, today, zone)
        if wrong or row.cancelled_by_shop or (late is not None and late.days >= KNOWN_LATE):
            found.add(row.order)
    return found


def as_ordered(rows: Iterable[ParcelRow]) -> Share:
    """Received what was typed, of the orders where both are known: the objective twin of "what I ordered" (S2-11)."""
    both = [(row.typed.strip().lower(), (row.received or row.packed).strip().lower()) for row in rows]
    known = [(typed, got) for typed, got in both if typed and got]
    return Share(sum(typed == got for typed, got in known), len(known))


def on_time(rows: Iterable[ParcelRow], today: date, zone: tzinfo) -> Share:
    """Delivered by the promised day: the objective twin of "by the promised time" (S2-11)."""
    found = [late for row in rows if (late := lateness(row, today, zone)) is not None]
    return Share(sum(late.days == 0 for late in found), len(found))


def lost_days(rows: Iterable[ParcelRow], today: date, zone: tzinfo) -> Counter[str]:
    """Days lost in packing and in transit, over all late parcels."""
    found: Counter[str] = Counter(packing=0, transit=0)
    for row in rows:
        late = lateness(row, today, zone)
        if late is not None:
            found["packing"] += late.packing
            found["transit"] += late.transit
    return found


def fetch(scope: Scope) -> list[ParcelRow]:
    """Parcels of orders placed in the period (one query)."""
    placed = Q(order__placed_at__gte=scope.since, order__placed_at__lt=scope.until, order__shop=scope.shop)
    rows = Shipment.objects.filter(placed, shop=scope.shop)
    return [ParcelRow._make(row) for row in rows.values_list(*COLUMNS)]
