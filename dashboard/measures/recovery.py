"""Whether cases ended well in the customer's own eyes (domain.md 6.3), and what it cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, Sum

from cases.enums import State, SurveyKind
from cases.models import SurveyAnswer
from cases.surveys import FAIRNESS
from dashboard.measures.cases import CaseRow
from dashboard.measures.scope import Scope, cases_in
from figures.shares import Share
from playbooks.enums import Level, RemedyState
from playbooks.models import Remedy

OLD_ENOUGH = timedelta(days=14)
SATISFIED = 4
TAKEN = {RemedyState.CHOSEN, RemedyState.DONE}
GIVES_BACK = {Level.L3, Level.L4, Level.L5, Level.L6}  # exchange, refund or replacement (UU 8/1999 art. 19)

Answers = Mapping[int, Mapping[str, int]]  # case -> item -> 1..5


@dataclass(frozen=True)
class Recovery:
    """strict <= satisfied; a wide gap means that few answered."""

    strict: Share
    satisfied: Share
    responded: Share
    declined: Share
    no_reply: Share


def is_recovered(row: CaseRow, answers: Answers) -> bool:
    """Confirmed by the customer, who was also satisfied with the handling: the strict measure."""
    return row.state == State.CONFIRMED and answers.get(row.pk, {}).get("satisfaction", 0) >= SATISFIED


def recovery(rows: Iterable[CaseRow], answers: Answers, now: datetime) -> Recovery:
    """Of the cases resolved at least 14 days ago."""
    old = [row for row in rows if row.resolved_at and row.resolved_at <= now - OLD_ENOUGH]
    said = [answers[row.pk]["satisfaction"] for row in old if "satisfaction" in answers.get(row.pk, {})]
    n = len(old)
    return Recovery(
        strict=Share(sum(is_recovered(row, answers) for row in old), n),
        satisfied=Share(sum(value >= SATISFIED for value in said), len(said)),
        responded=Share(len(said), n),
        declined=Share(sum(row.state == State.DECLINED for row in old), n),
        no_reply=Share(sum(row.state == State.CLOSED_NO_REPLY for row in old), n),
    )


def count_strict(scope: Scope) -> Share:
    """The strict share alone, counted by the database (one query)."""
    said = SurveyAnswer.objects.filter(survey__kind=SurveyKind.AFTER_CASE, item="satisfaction", value__gte=SATISFIED)
    old = cases_in(scope).filter(complaint__isnull=False, resolved_at__lte=scope.now - OLD_ENOUGH)
    well = Q(Exists(said.filter(survey__case=OuterRef("pk"))), state=State.CONFIRMED)
    counts = old.aggregate(n=Count("pk"), k=Count("pk", filter=well))
    return Share(counts["k"], counts["n"])


def fairness(answers: Answers) -> list[float]:
    """Each person's mean of the three fairness items, 0 to 100; those who answered at least two of them."""
    scores = []
    for said in answers.values():
        values = [25 * (said[item] - 1) for item in FAIRNESS if item in said]
        if len(values) >= 2:
            scores.append(sum(values) / len(values))
    return scores


def scores_of(answers: Answers, item: str) -> list[float]:
    """One item's answers, 0 to 100."""
    return [25.0 * (said[item] - 1) for said in answers.values() if item in said]


def fetch_answers(scope: Scope) -> dict[int, dict[str, int]]:
    """After-case answers of the period's cases (one query)."""
    rows = SurveyAnswer.objects.filter(survey__case__in=cases_in(scope), survey__kind=SurveyKind.AFTER_CASE)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for case, item, value in rows.values_list("survey__case", "item", "value"):
        found[case][item] = value
    return dict(found)


class RemedyRow(NamedTuple):
    """One remedy of a case in the period."""

    case: int
    level: str
    cost: int
    state: str
    done_at: datetime | None
    opened_at: datetime
    legal_due_on: date | None


def fetch_remedies(scope: Scope) -> list[RemedyRow]:
    """Remedies of the period's cases that stand (one query)."""
    rows = Remedy.objects.filter(case__in=cases_in(scope)).exclude(
        state__in=[RemedyState.REFUSED, RemedyState.WITHDRAWN]
    )
    names = ("case_id", "level", "cost", "state", "done_at", "case__opened_at", "case__legal_due_on")
    return [RemedyRow._make(row) for row in rows.values_list(*names)]


def cost_of(remedies: Iterable[RemedyRow]) -> int:
    """What was really given, in rupiah: offers that nobody took cost nothing."""
    return sum(row.cost for row in remedies if row.state in TAKEN)


def legal_in_time(remedies: Iterable[RemedyRow], today: date, zone: tzinfo) -> Share:
    """Refund or replacement within 7 days of the transaction, of the cases that could (intake before day 7)."""
    could: dict[int, bool] = {}
    for row in remedies:
        due = row.legal_due_on
        if row.level not in GIVES_BACK or due is None or due >= today or row.opened_at.astimezone(zone).date() >= due:
            continue
        could[row.case] = could.get(row.case, False) or (
            row.done_at is not None and row.done_at.astimezone(zone).date() <= due
        )
    return Share(sum(could.values()), len(could))


def fetch_spent(scope: Scope) -> dict[int, int]:
    """What each of the period's cases cost, in rupiah (one query)."""
    rows = Remedy.objects.filter(case__in=cases_in(scope), state__in=sorted(TAKEN)).order_by()
    return dict(rows.values_list("case").annotate(total=Sum("cost")))
