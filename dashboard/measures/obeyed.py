"""What people ask of us and the law demands (domain.md 6.11): to be left alone, and their own data within 72 hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from dashboard.measures.scope import Scope
from figures.shares import Share
from messaging.enums import WENT_OUT
from messaging.models import Message
from shops.models import AuditEvent, ContactPoint, Shop

WITHIN = timedelta(hours=72)  # UU 27/2022 art. 32: 3 x 24 hours
ASKED = "data_request"
ANSWERED_BY = {"copy": "exported_customer", "erasure": "erased"}


@dataclass(frozen=True)
class DataRequest:
    """Somebody asked for a copy of their data, or to be erased; answered_at: the first answer since."""

    customer: str
    kind: str
    asked_at: datetime
    answered_at: datetime | None = None

    @property
    def due_at(self) -> datetime:
        return self.asked_at + WITHIN


def in_time(requests: Iterable[DataRequest], now: datetime) -> Share:
    """Answered within 72 hours, of the requests whose hours are over."""
    over = [each for each in requests if each.due_at <= now]
    return Share(sum(each.answered_at is not None and each.answered_at <= each.due_at for each in over), len(over))


def matched(
    asked: Sequence[tuple[str, str, datetime]], answers: Mapping[tuple[str, str], Sequence[datetime]]
) -> list[DataRequest]:
    """Requests (customer, kind, when) with the first answer that came after each."""
    found = []
    for customer, kind, at in asked:
        later = [moment for moment in answers.get((customer, kind), ()) if moment >= at]
        found.append(DataRequest(customer, kind, at, min(later, default=None)))
    return found


# --- queries ----------------------------------------------------------------------------------------------------------


def fetch_requests(shop: Shop, since: datetime, until: datetime) -> list[DataRequest]:
    """Requests that came between two moments, oldest first (two queries)."""
    rows = AuditEvent.objects.filter(shop=shop, code=ASKED, at__gte=since, at__lt=until).order_by("at")
    asked = [
        (str(data.get("customer", "")), str(data.get("kind", "")), at) for data, at in rows.values_list("data", "at")
    ]
    kinds = {code: kind for kind, code in ANSWERED_BY.items()}
    answers: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    if asked:
        done = AuditEvent.objects.filter(shop=shop, code__in=sorted(kinds), at__gte=asked[0][2])
        for code, data, at in done.values_list("code", "data", "at"):
            answers[str(data.get("customer", "")), kinds[code]].append(at)
    return matched(asked, answers)


def fetch_open_requests(shop: Shop, now: datetime) -> list[DataRequest]:
    """Requests of the last 30 days that nobody has answered, the most urgent first (two queries)."""
    return [each for each in fetch_requests(shop, now - timedelta(days=30), now) if each.answered_at is None]


def fetch_opt_outs(scope: Scope) -> Share:
    """Addresses that opted out in the period and got nothing from us first since then (one query)."""
    rows = ContactPoint.objects.filter(
        shop=scope.shop, opted_out_at__gte=scope.since, opted_out_at__lt=scope.until, customer__erased_at=None
    )
    later = Message.objects.filter(
        customer=OuterRef("customer"),
        contact_point=OuterRef("pk"),
        is_shop_initiated=True,
        state__in=sorted(WENT_OUT),
        sent_at__gt=OuterRef("opted_out_at"),
    )
    counts = rows.annotate(broken=Exists(later)).aggregate(n=Count("pk"), k=Count("pk", filter=Q(broken=False)))
    return Share(counts["k"], counts["n"])
