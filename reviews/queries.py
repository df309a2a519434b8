"""Reads of reviews: the filtered list, themes over time, the customer's history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from cases.models import Case
from reviews.models import WAITS, Review
from reviews.triage.engine import THEME_WORDS
from shops.models import Customer, Improvement, Shop
from shops.search import holding, words_of

THEMES = tuple(THEME_WORDS.values())
MONTHS = 6
MOST = 12
GROUPS = ("product", "courier")


def about(theme: str) -> Q:
    """Reviews with this theme."""
    return Q(themes__icontains=theme)


def narrowed(rows: QuerySet[Review], wanted: Mapping[str, Any]) -> QuerySet[Review]:
    """The rows that pass the list's filters; without any: those that wait for their apology."""
    match wanted.get("show"):
        case "answered":
            rows = rows.filter(replied_at__isnull=False)
        case "aside":
            rows = rows.exclude(no_follow_up="")
        case "all":
            pass
        case _:
            rows = rows.filter(WAITS)
    for name in ("urgency", "stars", "platform", "product", "courier"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("theme"):
        rows = rows.filter(about(wanted["theme"]))
    if words := words_of(wanted.get("q", "")):
        rows = rows.filter(holding(Review, words, "text", "author", "product"))
    return rows


def critical(shop: Shop, since: datetime) -> QuerySet[Review]:
    """Flagged reviews that were not set aside, since a moment."""
    return Review.objects.filter(shop=shop, needs_followup=True, no_follow_up="", posted_at__gte=since)


def theme_counts() -> dict[str, Count]:
    """One count per theme."""
    return {f"n_{theme}": Count("pk", filter=about(theme)) for theme in THEMES}


def since_months(now: datetime | None = None) -> datetime:
    """The first moment of the window that the themes page shows."""
    return (now or timezone.now()) - timedelta(days=31 * MONTHS)


def themes_by(shop: Shop, group: str, since: datetime) -> list[dict[str, Any]]:
    """Per product or courier, most flagged reviews first: name, total and count per theme (one query)."""
    rows = critical(shop, since).exclude(**{group: ""}).values(group)
    return list(rows.annotate(total=Count("pk"), **theme_counts()).order_by("-total", group)[:MOST])


def themes_by_month(shop: Shop, since: datetime) -> list[dict[str, Any]]:
    """Per month, oldest first: all reviews, flagged ones and the count per theme (one query)."""
    rows = Review.objects.filter(shop=shop, posted_at__gte=since).annotate(
        month=TruncMonth("posted_at", tzinfo=shop.tz)
    )
    flagged = Q(needs_followup=True, no_follow_up="")
    counts = {f"n_{theme}": Count("pk", filter=flagged & about(theme)) for theme in THEMES}
    found = rows.values("month").annotate(all=Count("pk"), total=Count("pk", filter=flagged), **counts)
    return [dict(row) for row in found.order_by("month")]


def history(customer: Customer | None, besides: Review) -> dict[str, Any]:
    """The person behind the stars: paid orders, earlier reviews, other cases (four queries)."""
    if customer is None:
        return {"orders": 0, "first_order": None, "reviews": [], "cases": []}
    paid = customer.orders.exclude(paid_at=None).order_by("paid_at").values_list("paid_at", flat=True)
    times = list(paid[:1000])
    earlier = Review.objects.filter(customer=customer).exclude(pk=besides.pk).order_by("-posted_at")
    cases = Case.objects.filter(customer=customer).exclude(review=besides).order_by("-opened_at")
    return {
        "orders": len(times),
        "first_order": times[0] if times else None,
        "reviews": list(earlier[:5]),
        "cases": list(cases[:5]),
    }


def improvements(shop: Shop) -> QuerySet[Improvement]:
    """The latest improvements that cite reviews, each with how many (one query)."""
    cited = Improvement.objects.filter(shop=shop).annotate(cited=Count("reviews")).filter(cited__gt=0)
    return cited.select_related("owner__user").order_by("-pk")[:MOST]
