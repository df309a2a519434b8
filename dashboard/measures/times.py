"""How long customers wait (domain.md 6.1, 6.2): unanswered and open cases are censored, not dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from cases.enums import State
from cases.models import Case
from dashboard.measures.cases import CaseRow
from dashboard.measures.clock import OpeningClock
from dashboard.measures.scope import Scope, cases_in
from dashboard.measures.stretches import stretch
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


REPLIED_IN_TIME = Q(first_replied_at__lte=F("first_reply_due_at"))


def reply_due(now: datetime) -> Q:
    """Cases whose limit for the first reply has passed."""
    return Q(first_reply_due_at__lte=now)


@dataclass(frozen=True)
class InLimits:
    """What was done in time. Each share looks only at the cases whose limit has passed."""

    replied: Share
    answered: Share  # ever (coverage, S1-18)
    decided: Share  # a case resolved without an offer was decided when it was resolved
    reopened: Share  # of the cases resolved at least 30 days ago: one can be reopened for 30 days only
    overdue: int  # still unanswered past the limit


def count_in_limits(cases: QuerySet[Case], now: datetime) -> InLimits:
    """The shares of some complaints, counted by the database (one query)."""
    edge = now - REOPEN_WITHIN
    old = Q(resolved_at__lte=edge) | Q(reopened_count__gt=0, opened_at__lte=edge)
    decision_due = Q(decision_due_at__lte=now)
    counts = cases.annotate(offered_at=Coalesce("decided_at", "resolved_at")).aggregate(
        due=Count("pk", filter=reply_due(now)),
        replied=Count("pk", filter=reply_due(now) & REPLIED_IN_TIME),
        answered=Count("pk", filter=reply_due(now) & Q(first_replied_at__isnull=False)),
        overdue=Count("pk", filter=reply_due(now) & Q(first_replied_at=None, ended_at=None)),
        decision_due=Count("pk", filter=decision_due),
        decided=Count("pk", filter=decision_due & Q(offered_at__lte=F("decision_due_at"))),
        old=Count("pk", filter=old),
        reopened=Count("pk", filter=old & Q(reopened_count__gt=0)),
    )
    return InLimits(
        replied=Share(counts["replied"], counts["due"]),
        answered=Share(counts["answered"], counts["due"]),
        decided=Share(counts["decided"], counts["decision_due"]),
        reopened=Share(counts["reopened"], counts["old"]),
        overdue=counts["overdue"],
    )


def count_replied_by_stretch(cases: QuerySet[Case], starts: Sequence[datetime], now: datetime) -> list[Share]:
    """First replies within their limit in each stretch of time (one query)."""
    due = cases.filter(reply_due(now)).order_by().annotate(slot=stretch("opened_at", starts)).values("slot")
    rows = due.annotate(n=Count("pk"), k=Count("pk", filter=REPLIED_IN_TIME))
    found = {row["slot"]: Share(row["k"], row["n"]) for row in rows}
    return [found.get(place, Share(0, 0)) for place in range(1, len(starts) + 1)]


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
