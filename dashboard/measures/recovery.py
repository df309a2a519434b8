"""Whether cases ended well in the customer's own eyes (domain.md 6.3), and what it cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from cases.enums import State, SurveyKind
from cases.models import Case, SurveyAnswer
from cases.surveys import FAIRNESS
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
    """How the cases ended that were resolved at least 14 days ago; `counts` as count_recovery makes them."""

    counts: Counter[str]

    @property
    def strict(self) -> Share:
        """Confirmed by the customer, who was also satisfied with the handling: who says nothing is not recovered."""
        return Share(self.counts["strict"], self.counts["old"])

    @property
    def satisfied(self) -> Share:
        """Of those who answered: strict <= satisfied, and a wide gap means that few answered."""
        return Share(self.counts["satisfied"], self.counts["said"])

    @property
    def responded(self) -> Share:
        return Share(self.counts["said"], self.counts["old"])

    @property
    def declined(self) -> Share:
        return Share(self.counts["declined"], self.counts["old"])

    @property
    def no_reply(self) -> Share:
        return Share(self.counts["no_reply"], self.counts["old"])


def count_recovery(cases: QuerySet[Case], now: datetime) -> dict[str, Recovery]:
    """Blame -> how its cases ended, counted by the database (two queries); `recovered` holds the younger ones too."""
    edge = now - OLD_ENOUGH
    rows = SurveyAnswer.objects.filter(survey__kind=SurveyKind.AFTER_CASE, item="satisfaction", survey__case__in=cases)
    old, well = Q(survey__case__resolved_at__lte=edge), Q(value__gte=SATISFIED)
    recovered = well & Q(survey__case__state=State.CONFIRMED)
    said = {"said": old, "satisfied": old & well, "strict": old & recovered, "recovered": recovered}
    declined, no_reply = Q(state=State.DECLINED), Q(state=State.CLOSED_NO_REPLY)
    ended = {"old": Q(resolved_at__lte=edge), "declined": declined, "no_reply": no_reply}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for blame, found in (
        *count_by("survey__case__complaint__blame", rows, said),
        *count_by("complaint__blame", cases.filter(resolved_at__lte=edge), ended),
    ):
        counts[blame].update(found)
    return {blame: Recovery(found) for blame, found in counts.items()}


def count_by(field: str, rows: QuerySet[Any], wanted: Mapping[str, Q]) -> Iterator[tuple[str, dict[str, int]]]:
    """(a value of the field, how many of its rows fulfil each wish) (one query)."""
    counts = {name: Count("pk", filter=wish) for name, wish in wanted.items()}
    for value, *numbers in rows.order_by().values_list(field).annotate(**counts):
        yield value or "", dict(zip(wanted, numbers, strict=True))


def together(parts: Iterable[Recovery]) -> Recovery:
    """Several groups as one."""
    return Recovery(sum((part.counts for part in parts), Counter()))


def count_strict(cases: QuerySet[Case], now: datetime) -> Share:
    """The strict share alone."""
    return together(count_recovery(cases, now).values()).strict


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
    """One exchange, refund or replacement for a purchase whose legal days are known."""

    case: int
    done_at: datetime | None
    opened_at: datetime
    legal_due_on: date


def fetch_legal(cases: QuerySet[Case]) -> list[RemedyRow]:
    """What the law asks to be carried out within 7 days (one query)."""
    rows = standing(cases).filter(level__in=sorted(GIVES_BACK), case__legal_due_on__isnull=False)
    names = ("case_id", "done_at", "case__opened_at", "case__legal_due_on")
    return [RemedyRow._make(row) for row in rows.values_list(*names)]


def standing(cases: QuerySet[Case]) -> QuerySet[Remedy]:
    """Remedies that were neither refused nor taken back."""
    return Remedy.objects.filter(case__in=cases).exclude(state__in=[RemedyState.REFUSED, RemedyState.WITHDRAWN])


def count_given(cases: QuerySet[Case]) -> tuple[int, int]:
    """(rupiah really given, cases with a remedy); offers that nobody took cost nothing (one query)."""
    cost = Sum("cost", filter=Q(state__in=sorted(TAKEN)))
    found = standing(cases).aggregate(cost=cost, n=Count("case", distinct=True))
    return found["cost"] or 0, found["n"]


def legal_in_time(remedies: Iterable[RemedyRow], today: date, zone: tzinfo) -> Share:
    """Refund or replacement within 7 days of the transaction, of the cases that could (intake before day 7)."""
    could: dict[int, bool] = {}
    for row in remedies:
        due = row.legal_due_on
        if due >= today or row.opened_at.astimezone(zone).date() >= due:
            continue
        could[row.case] = could.get(row.case, False) or (
            row.done_at is not None and row.done_at.astimezone(zone).date() <= due
        )
    return Share(sum(could.values()), len(could))


def fetch_spent(scope: Scope) -> dict[int, int]:
    """What each of the period's cases cost, in rupiah (one query)."""
    rows = Remedy.objects.filter(case__in=cases_in(scope), state__in=sorted(TAKEN)).order_by()
    return dict(rows.values_list("case").annotate(total=Sum("cost")))
