"""Insights: are we getting better, what keeps going wrong, which treatment brings customers back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.models import CaseEvent
from dashboard.measures.scope import FILTERS, PERIODS, REPURCHASE_DAYS, Scope, scope_of
from dashboard.measures.shown import Block, find_table
from dashboard.measures.versions import OUTCOMES
from dashboard.parts import (
    care,
    causes,
    conduct,
    couriers,
    customers,
    experience,
    mirror,
    reviews,
    silent,
    spread,
    works,
)
from dashboard.parts.works import OUTCOME_WORDS
from playbooks.enums import Blame, Failure
from shops.access import ShopRequest, member_required
from shops.enums import Channel
from shops.models import Member, Shop
from tables.writing import CSV_TYPE, csv_lines

KEEP = 300  # seconds; a new event in the shop makes new figures at once
LABELS: dict[str, Any] = {"channel": Channel, "blame": Blame, "failure": Failure}
FILTER_NAMES = {
    "channel": gettext_lazy("Channel"),
    "blame": gettext_lazy("Who they blame"),
    "failure": gettext_lazy("What went wrong"),
}
PERIOD_NAMES = {
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
    "365": gettext_lazy("A year"),
    "all": gettext_lazy("All"),
}


@dataclass(frozen=True)
class Page:
    """One page of Insights."""

    label: Promise
    blocks: Callable[..., list[Block]]
    owner_only: bool = False
    uses: frozenset[str] = frozenset()  # which choices the page offers beside the period


CASES = frozenset(FILTERS)
PAGES: dict[str, Page] = {
    "customers": Page(gettext_lazy("Customers"), customers.blocks, uses=CASES | {"days"}),
    "care": Page(gettext_lazy("Cases"), care.blocks, uses=CASES),
    "causes": Page(gettext_lazy("Causes"), causes.blocks, uses=CASES),
    "silent": Page(gettext_lazy("Silent ones"), silent.blocks),
    "spread": Page(gettext_lazy("In public"), spread.blocks, uses=CASES),
    "couriers": Page(gettext_lazy("Couriers"), couriers.blocks),
    "reviews": Page(gettext_lazy("Reviews and bookings"), reviews.blocks),
    "conduct": Page(gettext_lazy("Our words"), conduct.blocks),
    "works": Page(gettext_lazy("What works"), works.blocks, uses=frozenset({"outcome"})),
    "experience": Page(gettext_lazy("Experience"), experience.blocks),
    "mirror": Page(gettext_lazy("Mirror"), mirror.blocks, owner_only=True),
}
FIRST = "customers"


@dataclass(frozen=True)
class Kept:
    """Blocks and when they were worked out."""

    at: datetime
    blocks: list[Block]


def newest_event(shop: Shop) -> int:
    """The number of the shop's newest event: with it the kept figures change (one index look-up)."""
    rows = CaseEvent.objects.filter(shop=shop).order_by("-pk").values_list("pk", flat=True)
    return rows.first() or 0


def figures(part: str, scope: Scope, extra: Mapping[str, str]) -> Kept:
    """The part's blocks: kept ones where no event came since, else worked out now."""
    words = "|".join([part, scope.query(), *sorted(extra.values()), get_language() or ""])
    digest = hashlib.sha256(words.encode()).hexdigest()[:32]
    key = f"insights:{scope.shop.pk}:{newest_event(scope.shop)}:{digest}"
    kept: Kept | None = cache.get(key)
    if kept is None:
        kept = Kept(scope.now, PAGES[part].blocks(scope, **extra))
        cache.set(key, kept, KEEP)
    return kept


def asked(request: ShopRequest, part: str) -> tuple[Page, Scope, dict[str, str]]:
    """What a request asks for; 404 for unknown parts, 403 for the owner's own page."""
    page = PAGES.get(part)
    if page is None:
        raise Http404(part)
    if page.owner_only and not request.member.is_owner:
        raise PermissionDenied
    chosen = {name: value for name, value in request.GET.dict().items() if name not in FILTERS or name in page.uses}
    extra = {}
    if "outcome" in page.uses:
        outcome = request.GET.get("outcome", "")
        extra["outcome"] = outcome if outcome in OUTCOMES else OUTCOMES[0]
    return page, scope_of(request.shop, chosen, timezone.now()), extra


@require_GET
@member_required
def show(request: ShopRequest, part: str = FIRST) -> HttpResponse:
    """One page of figures; period and filters stand in the URL."""
    page, scope, extra = asked(request, part)
    kept = figures(part, scope, extra)
    context = {
        "part": part,
        "title": page.label,
        "tabs": tabs(request.member, part, scope),
        "blocks": kept.blocks,
        "as_of": kept.at,
        "periods": period_chips(scope, extra),
        "filters": filter_fields(page, scope),
        "choices": choices(page, scope, extra),
        "hidden": [(name, value) for name, value in scope.params().items() if name in ("period", "days")],
        "is_filtered": any(getattr(scope, name) for name in FILTERS),
        "csv": reverse("dashboard:insights_csv", args=[part]),
        "query": with_extra(scope.query(), extra),
        "own": scope if scope.period == "own" else None,
        "links": links(request.member, scope, part),
    }
    return render(request, "dashboard/insights.html", context)


@require_GET
@member_required
def table(request: ShopRequest, part: str) -> StreamingHttpResponse:
    """One table of a page as CSV: the very rows that the page shows."""
    _page, scope, extra = asked(request, part)
    found = find_table(figures(part, scope, extra).blocks, request.GET.get("table", ""))
    if found is None:
        raise Http404("table")
    response = StreamingHttpResponse(csv_lines(found.columns, found.rows), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{found.key}.csv"'
    return response


# --- what stands above the figures ------------------------------------------------------------------------------------


def url_of(part: str) -> str:
    """A page's address."""
    return reverse("dashboard:insights") if part == FIRST else reverse("dashboard:insights_part", args=[part])


def tabs(member: Member, part: str, scope: Scope) -> list[dict[str, Any]]:
    """The pages this member may see; the period comes along."""
    return [
        {"url": url_of(key) + scope.query(), "label": page.label, "on": key == part}
        for key, page in PAGES.items()
        if member.is_owner or not page.owner_only
    ]


def with_extra(query: str, extra: Mapping[str, str]) -> str:
    """The query string with what only this page knows."""
    pairs = "&".join(f"{name}={value}" for name, value in extra.items() if value != OUTCOMES[0])
    return f"{query}{'&' if len(query) > 1 and pairs else ''}{pairs}"


def period_chips(scope: Scope, extra: Mapping[str, str]) -> list[dict[str, Any]]:
    """The periods as links."""
    return [
        {"url": with_extra(scope.query(period=period), extra), "label": label, "on": scope.period == period}
        for period, label in PERIOD_NAMES.items()
        if period in PERIODS or period == "all"
    ]


def filter_fields(page: Page, scope: Scope) -> list[dict[str, Any]]:
    """The filters of a page as select fields."""
    return [
        {"name": name, "label": FILTER_NAMES[name], "options": options(LABELS[name].choices, getattr(scope, name))}
        for name in FILTERS
        if name in page.uses
    ]


def options(pairs: Sequence[tuple[str, Any]], chosen: str) -> list[dict[str, Any]]:
    """Options of a select field."""
    return [{"value": value, "label": label, "on": value == chosen} for value, label in pairs]


def choices(page: Page, scope: Scope, extra: Mapping[str, str]) -> list[dict[str, Any]]:
    """The choices of one page: how many days, which outcome."""
    found = []
    if "days" in page.uses:
        found += [
            {
                "url": scope.query(days=str(days)),
                "label": _("within %(n)d days") % {"n": days},
                "on": scope.days == days,
            }
            for days in REPURCHASE_DAYS
        ]
    if "outcome" in page.uses:
        found += [
            {"url": with_extra(scope.query(), {"outcome": key}), "label": label, "on": extra["outcome"] == key}
            for key, label in OUTCOME_WORDS.items()
        ]
    return found


def links(member: Member, scope: Scope, part: str) -> list[dict[str, str]]:
    """Where one goes from here."""
    found = [{"url": reverse("dashboard:insights_week"), "label": _("This week")}]
    found.append({"url": reverse("dashboard:improvements"), "label": _("Improvements")})
    if part == "works" and member.is_owner:
        found.append({"url": reverse("dashboard:insights_trials"), "label": _("Start a trial")})
    if part == "experience" and member.can_write:
        found.append({"url": reverse("dashboard:insights_surveys"), "label": _("Invite people")})
    return found
