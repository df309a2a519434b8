"""How long customers wait (domain.md 6.1, 6.2): unanswered and open cases are censored, not dropped."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from itertools import pairwise
from operator import attrgetter

from django.db.models import Count, F, Q

from cases.enums import State
from dashboard.measures.cases import CaseRow
from dashboard.measures.clock import OpeningClock
from dashboard.measures.scope import Scope, cases_in
from figures.shares import Share
from figures.survival import Point, curve, median_interval, quantile
from messaging.enums import MessageState, Purpose
from messaging.models import Message

AT_ONCE = timedelta(minutes=5)
REOPEN_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """A survival curve with what it says: the median and its limits, the time by which nine of ten had it."""

    n: int
    happened: int
    points: list[Point]

    @property
    def median(self) -> float | None:
        return quantile(self.points, 0.5)

    @property
    def limits(self) -> tuple[float | None, float | None]:
        return median_interval(self.points)

    @property
    def p90(self) -> float | None:
        return quantile(self.points, 0.9)


def waiting(observations: Sequence[tuple[float, bool]]) -> Waiting:
    """The curve of (time, happened) pairs."""
    return Waiting(len(observations), sum(happened for _time, happened in observations), curve(observations))


def first_reply(rows: Iterable[CaseRow], clock: OpeningClock, now: datetime) -> Waiting:
    """Opening hours until the first human reply. A case that ended unanswered is censored when it ended."""
    return waiting(
        [
            (clock.between(row.opened_at, row.replied_at or row.ended_at or now), row.replied_at is not None)
            for row in rows
        ]
    )


def resolution(rows: Iterable[CaseRow], now: datetime) -> Waiting:
    """Days until the shop resolved it; open cases are censored now, those that ended otherwise when they ended."""
    found = []
    for row in rows:
        until = row.resolved_at or row.ended_at or now
        found.append((max(0.0, (until - row.opened_at).total_seconds() / 86400), row.resolved_at is not None))
    return waiting(found)


def confirmation(rows: Iterable[CaseRow], now: datetime) -> Waiting:
    """Days until the customer confirmed it."""
    found = []
    for row in rows:
        until = row.ended_at or now
        found.append((max(0.0, (until - row.opened_at).total_seconds() / 86400), row.state == State.CONFIRMED))
    return waiting(found)


def in_limit(
    rows: Iterable[CaseRow],
    now: datetime,
    due: Callable[[CaseRow], datetime | None],
    done: Callable[[CaseRow], datetime | None],
) -> Share:
    """Done within the limit, of the cases whose limit has passed."""
    kept = total = 0
    for row in rows:
        limit, at = due(row), done(row)
        if limit is None or limit > now:
            continue
        total += 1
        kept += at is not None and at <= limit
    return Share(kept, total)


def reply_in_limit(rows: Iterable[CaseRow], now: datetime) -> Share:
    """First replies within their limit."""
    return in_limit(rows, now, lambda row: row.reply_due_at, lambda row: row.replied_at)


def count_reply_in_limit(scope: Scope) -> Share:
    """The same, counted by the database (one query)."""
    due = Q(first_reply_due_at__lte=scope.now)
    kept = due & Q(first_replied_at__lte=F("first_reply_due_at"))
    counts = (
        cases_in(scope).filter(complaint__isnull=False).aggregate(n=Count("pk", filter=due), k=Count("pk", filter=kept))
    )
    return Share(counts["k"], counts["n"])


def decision_in_limit(rows: Iterable[CaseRow], now: datetime) -> Share:
    """Solutions offered within their limit; a case resolved without an offer was decided when it was resolved."""
    return in_limit(rows, now, lambda row: row.decision_due_at, lambda row: row.decided_at or row.resolved_at)


def answered(rows: Iterable[CaseRow], now: datetime) -> Share:
    """Ever answered, of the cases whose limit has passed (coverage, S1-18)."""
    due = [row for row in rows if row.reply_due_at is not None and row.reply_due_at <= now]
    return Share(sum(row.replied_at is not None for row in due), len(due))


def overdue(rows: Iterable[CaseRow], now: datetime) -> int:
    """Cases still unanswered past their limit."""
    return sum(
        row.reply_due_at is not None and row.reply_due_at <= now and row.replied_at is None and row.ended_at is None
        for row in rows
    )


def reopened(rows: Iterable[CaseRow], now: datetime) -> Share:
    """Reopened, of the cases resolved at least 30 days ago (a case can be reopened for 30 days only)."""
    edge = now - REOPEN_WITHIN
    old = [
        row for row in rows if (row.resolved_at and row.resolved_at <= edge) or (row.reopened and row.opened_at <= edge)
    ]
    return Share(sum(row.reopened > 0 for row in old), len(old))


def by_bucket(
    rows: Sequence[CaseRow], share: Callable[[Sequence[CaseRow]], Share], starts: Sequence[datetime]
) -> list[Share]:
    """The share of each stretch of time; rows oldest first, `starts` in order."""
    edges = [bisect_left(rows, start, key=attrgetter("opened_at")) for start in starts[1:]]
    return [share(rows[first:last]) for first, last in pairwise([0, *edges, len(rows)])]


def starts_of(since: datetime, until: datetime, zone: tzinfo) -> list[datetime]:
    """Where the weeks (up to 100 days) or months of a period begin, on the shop's clock; at most the last 24."""
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    by_week = (last - first).days <= 100
    day = first - timedelta(days=first.weekday()) if by_week else first.replace(day=1)
    days = []
    while day <= last:
        days.append(day)
        day = day + timedelta(days=7) if by_week else (day + timedelta(days=32)).replace(day=1)
    return [datetime.combine(start, time(), zone) for start in days[-24:]]


def fetch_acknowledged(scope: Scope) -> Share:
    """Acknowledgements that left within 5 minutes of the case, of all that left in the period (one query)."""
    rows = Message.objects.filter(
        shop=scope.shop,
        purpose=Purpose.ACKNOWLEDGEMENT,
        state=MessageState.SENT,  # they send themselves: nobody marks one as sent
        sent_at__gte=scope.since,
        case__in=cases_in(scope),
    )
    at_once = Q(sent_at__lte=F("case__opened_at") + AT_ONCE)
    counts = rows.aggregate(n=Count("pk"), k=Count("pk", filter=at_once))
    return Share(counts["k"], counts["n"])
