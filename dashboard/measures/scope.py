"""What a page of measures looks at: shop, period and filters, as they stand in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet

from cases.enums import Kind, State
from cases.models import Case
from playbooks.enums import Blame, Failure
from shops.enums import Channel
from shops.models import Shop

PERIODS = {"30": timedelta(days=30), "90": timedelta(days=90), "365": timedelta(days=365)}
DEFAULT_PERIOD = "90"
REPURCHASE_DAYS = (30, 60, 90)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FILTERS: dict[str, list[str]] = {"channel": Channel.values, "blame": Blame.values, "failure": Failure.values}


@dataclass(frozen=True)
class Scope:
    """Cases opened in since <= T0 < until; the filters are "" where nothing is left out."""

    shop: Shop
    now: datetime
    since: datetime
    until: datetime
    period: str = DEFAULT_PERIOD
    channel: str = ""
    blame: str = ""
    failure: str = ""
    days: int = 90  # the window of repurchase

    def params(self) -> dict[str, str]:
        """The query string's pairs, without what is at its default."""
        found = {"period": self.period if self.period in PERIODS or self.period == "all" else ""}
        if not found["period"]:
            found = {"from": f"{self.first_day:%Y-%m-%d}", "to": f"{self.last_day:%Y-%m-%d}"}
        elif self.period == DEFAULT_PERIOD:
            found = {}
        found |= {name: getattr(self, name) for name in FILTERS if getattr(self, name)}
        return found | ({"days": str(self.days)} if self.days != 90 else {})

    @property
    def first_day(self) -> date:
        """The period's first day on the shop's clock."""
        return self.since.astimezone(self.shop.tz).date()

    @property
    def last_day(self) -> date:
        """Its last day."""
        return (self.until - timedelta(seconds=1)).astimezone(self.shop.tz).date()

    def query(self, **changes: str) -> str:
        """The query string with some pairs changed; "" takes one out."""
        pairs = {**self.params(), **changes}
        if "period" in changes:
            pairs = {name: value for name, value in pairs.items() if name not in {"from", "to"}}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})

    def back(self, by: timedelta) -> Scope:
        """The same length of time, earlier."""
        return replace(self, since=max(LONG_AGO, self.since - by), until=self.until - by)


def scope_of(shop: Shop, params: Mapping[str, str], now: datetime) -> Scope:
    """The scope that a query string asks for; what makes no sense falls back to the default."""
    filters = {name: params.get(name, "") for name, values in FILTERS.items() if params.get(name, "") in values}
    days = int(params["days"]) if params.get("days") in {str(day) for day in REPURCHASE_DAYS} else 90
    start, end = day_of(params.get("from", "")), day_of(params.get("to", ""))
    if start and end and start <= end:
        since = datetime.combine(start, time(), shop.tz).astimezone(UTC)
        until = datetime.combine(end + timedelta(days=1), time(), shop.tz).astimezone(UTC)
        return Scope(shop, now, since, until, period="own", days=days, **filters)
    period = params.get("period", DEFAULT_PERIOD)
    if period == "all":
        return Scope(shop, now, LONG_AGO, now, period=period, days=days, **filters)
    period = period if period in PERIODS else DEFAULT_PERIOD
    return Scope(shop, now, now - PERIODS[period], now, period=period, days=days, **filters)


def day_of(text: str) -> date | None:
    """A day as 2026-11-21; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def filtered(scope: Scope) -> QuerySet[Case]:
    """The shop's complaints that the filters let through, whenever they were opened; merged ones are counted once."""
    rows = Case.objects.filter(shop=scope.shop, kind=Kind.COMPLAINT).exclude(state=State.MERGED)
    wanted = {"channel": scope.channel, "complaint__blame": scope.blame, "complaint__failure": scope.failure}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def cases_in(scope: Scope) -> QuerySet[Case]:
    """Complaints opened in the period."""
    return filtered(scope).filter(opened_at__gte=scope.since, opened_at__lt=scope.until)
