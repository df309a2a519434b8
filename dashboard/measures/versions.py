"""Which version of a playbook works better (domain.md 6.8). Never one playbook against another: other cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from cases.enums import State
from cases.models import SurveyAnswer
from dashboard.measures.recovery import OLD_ENOUGH, SATISFIED
from dashboard.measures.scope import Scope
from figures.comparing import STRONG, TRIAL_STRONG, better, posterior, stratified, verdict
from figures.shares import Interval, Share
from playbooks.enums import RemedyState, TreatmentState
from playbooks.models import Remedy, Treatment, Trial
from shops.models import Order

OUTCOMES = ("recovered", "confirmed", "returned")
RETURN_DAYS = timedelta(days=90)


class TreatedRow(NamedTuple):
    """One case, the version it was treated with, and what became of it; in the order of the query's columns."""

    playbook: str
    version: int
    arm: str
    severity: str
    standing: str
    state: str
    resolved_at: datetime | None
    satisfaction: int | None
    returned: bool
    cost: int


@dataclass(frozen=True)
class Arm:
    """One version: how many it brought back, how sure that is, and what each cost."""

    version: int
    share: Share
    cost: int

    @property
    def posterior(self) -> Interval:
        return posterior(self.share)

    @property
    def cost_per_success(self) -> float | None:
        return self.cost / self.share.k if self.share.k else None


@dataclass(frozen=True)
class Comparison:
    """Version A against B of one playbook; `chance` is P(A > B), `difference` A - B within severity and standing."""

    playbook: str
    a: Arm
    b: Arm
    chance: float
    difference: Interval
    is_random: bool

    @property
    def enough(self) -> bool:
        return self.a.share.enough and self.b.share.enough

    @property
    def word(self) -> str:
        """unclear, leaning or strong; a trial is held to 0.98, so that at most 5 % without a difference look strong."""
        return verdict(self.chance, TRIAL_STRONG if self.is_random else STRONG)


def success(row: TreatedRow, outcome: str, now: datetime) -> bool | None:
    """Whether a case ended well; None while it is too early to say."""
    if row.resolved_at is None:
        ended = row.state in {State.DECLINED, State.WITHDRAWN, State.CLOSED_NO_REPLY}
        return False if ended else None
    if outcome == "returned":
        return row.returned if row.resolved_at + RETURN_DAYS <= now else None
    if row.resolved_at + OLD_ENOUGH > now:
        return None
    confirmed = row.state == State.CONFIRMED
    return confirmed if outcome == "confirmed" else confirmed and (row.satisfaction or 0) >= SATISFIED


def compare(
    playbook: str, rows: Sequence[tuple[TreatedRow, bool]], a: int, b: int, *, is_random: bool = False
) -> Comparison:
    """Two versions, stratified by severity and standing; rows are (case, success)."""
    strata: dict[tuple[str, str], dict[int, list[bool]]] = defaultdict(lambda: {a: [], b: []})
    cost = {a: 0, b: 0}
    for row, good in rows:
        if row.version in (a, b):
            strata[row.severity, row.standing][row.version].append(good)
            cost[row.version] += row.cost
    pairs = [(share_of(found[a]), share_of(found[b])) for found in strata.values()]
    one = Arm(a, Share(sum(x.k for x, _y in pairs), sum(x.n for x, _y in pairs)), cost[a])
    two = Arm(b, Share(sum(y.k for _x, y in pairs), sum(y.n for _x, y in pairs)), cost[b])
    return Comparison(playbook, one, two, better(one.share, two.share), stratified(pairs), is_random)


def share_of(outcomes: Sequence[bool]) -> Share:
    """Successes of all."""
    return Share(sum(outcomes), len(outcomes))


def judged(rows: Iterable[TreatedRow], outcome: str, now: datetime) -> list[tuple[TreatedRow, bool]]:
    """Rows of which one can already say how they ended."""
    return [(row, good) for row in rows if (good := success(row, outcome, now)) is not None]


def compare_versions(rows: Iterable[TreatedRow], outcome: str, now: datetime) -> list[Comparison]:
    """For each playbook its two most used versions, the newer one as A; cases of trials are left to the trials."""
    by_playbook: dict[str, list[tuple[TreatedRow, bool]]] = defaultdict(list)
    for row, good in judged((row for row in rows if not row.arm), outcome, now):
        by_playbook[row.playbook].append((row, good))
    found = []
    for playbook, outcomes in sorted(by_playbook.items()):
        sizes: dict[int, int] = defaultdict(int)
        for row, _good in outcomes:
            sizes[row.version] += 1
        if len(sizes) > 1:
            a, b = sorted(sorted(sizes, key=lambda version: -sizes[version])[:2], reverse=True)
            found.append(compare(playbook, outcomes, a, b))
    return found


# --- queries ----------------------------------------------------------------------------------------------------------

COLUMNS = (
    "playbook__code",
    "version",
    "arm",
    "case__severity",
    "case__standing",
    "case__state",
    "case__resolved_at",
    "satisfaction",
    "returned",
    "cost",
)


def treated(scope: Scope, wanted: Q) -> list[TreatedRow]:
    """Treatments with their outcome (one query)."""
    said = SurveyAnswer.objects.filter(survey__case=OuterRef("case"), item="satisfaction").values("value")[:1]
    later = Order.objects.filter(
        customer=OuterRef("case__customer"),
        paid_at__gt=OuterRef("case__resolved_at"),
        paid_at__lte=OuterRef("case__resolved_at") + RETURN_DAYS,
    )
    taken = Remedy.objects.filter(case=OuterRef("case"), state__in=[RemedyState.CHOSEN, RemedyState.DONE])
    spent = taken.order_by().values("case").annotate(total=Sum("cost")).values("total")
    rows = Treatment.objects.filter(wanted, shop=scope.shop).annotate(
        satisfaction=Subquery(said), returned=Exists(later), cost=Coalesce(Subquery(spent), 0)
    )
    return [TreatedRow._make(row) for row in rows.order_by("pk").values_list(*COLUMNS)]


def fetch(scope: Scope) -> list[TreatedRow]:
    """Treatments of the period, of playbooks that were used in more than one version (two queries)."""
    mine = Q(started_at__gte=scope.since, started_at__lt=scope.until) & ~Q(state=TreatmentState.SUPERSEDED)
    used = Treatment.objects.filter(mine, shop=scope.shop, arm="").values("playbook")
    several = used.annotate(n=Count("version", distinct=True)).filter(n__gt=1).order_by()
    playbooks = [row["playbook"] for row in several]
    return treated(scope, mine & Q(playbook__in=playbooks)) if playbooks else []


@dataclass(frozen=True)
class TrialResult:
    """A trial: how far it is, and what it says at its end, fixed beforehand. Before that nothing: no peeking."""

    trial: Trial
    cases: int
    known: int
    comparison: Comparison | None


def first_cases(rows: Sequence[TreatedRow], number: int, outcome: str, now: datetime) -> list[tuple[TreatedRow, bool]]:
    """The cases that the stop rule named: the first `number`, as far as one can say how they ended."""
    return judged(rows[:number], outcome, now)


def read_trial(scope: Scope, trial: Trial, outcome: str) -> TrialResult:
    """One trial (one query); every case counts for the arm it was given, whatever happened later."""
    arms = {f"A:{trial.pk}": trial.version_a, f"B:{trial.pk}": trial.version_b}
    found = treated(scope, Q(arm__in=list(arms)) & ~Q(state=TreatmentState.SUPERSEDED))
    rows = [row._replace(version=arms[row.arm]) for row in found]
    outcomes = first_cases(rows, trial.stop_after, outcome, scope.now)
    result = compare(trial.playbook.code, outcomes, trial.version_a, trial.version_b, is_random=True)
    return TrialResult(trial, len(rows), len(outcomes), result if len(outcomes) >= trial.stop_after else None)


def trials_of(scope: Scope, shown: int = 10) -> list[Trial]:
    """The newest trials (one query)."""
    rows = Trial.objects.filter(shop=scope.shop).select_related("playbook")
    return list(rows.order_by("-started_at")[:shown])
