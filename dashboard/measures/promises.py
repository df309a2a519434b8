"""Published promises (S1-24; domain.md 6.11): claims kept in their days, their cost, the cap used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, Sum

from dashboard.measures.scope import Scope
from figures.shares import Share
from playbooks.enums import RemedyState
from playbooks.models import Promise, Remedy

GONE = [RemedyState.REFUSED, RemedyState.WITHDRAWN]


class Claim(NamedTuple):
    """One claim of a promise that was neither refused nor withdrawn."""

    promise: int
    claimed_at: datetime
    within_days: int
    done_at: datetime | None
    cost: int


@dataclass(frozen=True)
class Kept:
    """One promise: kept of the claims whose days are over, their cost, pieces given this month."""

    promise: Promise
    kept: Share
    cost: int
    used: int

    @property
    def cap(self) -> int:
        return self.promise.cap_per_month


def due_at(claim: Claim) -> datetime:
    """The last moment to keep it."""
    return claim.claimed_at + timedelta(days=claim.within_days)


def kept(claims: Iterable[Claim], now: datetime) -> Share:
    """Promises kept, of the claims whose days are over: early ones would only count where they were kept."""
    over = [claim for claim in claims if due_at(claim) <= now]
    return Share(sum(claim.done_at is not None and claim.done_at <= due_at(claim) for claim in over), len(over))


# --- queries ----------------------------------------------------------------------------------------------------------


def fetch_claims(scope: Scope) -> list[Claim]:
    """Claims of the period (one query)."""
    rows = Remedy.objects.filter(
        shop=scope.shop, promise__isnull=False, proposed_at__gte=scope.since, proposed_at__lt=scope.until
    ).exclude(state__in=GONE)
    found = rows.values_list("promise_id", "proposed_at", "promise__within_days", "done_at", "cost")
    return [Claim(promise or 0, at, days, done, cost) for promise, at, days, done, cost in found]


def used_this_month(promises: Sequence[Promise], today: date) -> dict[int, int]:
    """Pieces each promise gave in the month of this day (one query)."""
    month = Q(proposed_at__year=today.year, proposed_at__month=today.month)
    rows = Remedy.objects.filter(month, promise__in=promises).exclude(state__in=GONE).order_by()
    return dict(rows.values_list("promise").annotate(total=Sum("quantity")))


def fetch(scope: Scope) -> list[Kept]:
    """Each promise with its claims of the period, the newest promise first (three queries)."""
    promises = list(Promise.objects.filter(shop=scope.shop).order_by("-valid_from", "-pk"))
    claims = fetch_claims(scope) if promises else []
    used = used_this_month(promises, scope.now.astimezone(scope.shop.tz).date()) if promises else {}
    found = []
    for promise in promises:
        mine = [claim for claim in claims if claim.promise == promise.pk]
        cost = sum(claim.cost for claim in mine if claim.done_at)
        found.append(Kept(promise, kept(mine, scope.now), cost, used.get(promise.pk, 0)))
    return found
