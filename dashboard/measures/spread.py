"""Complaints that spread in public (S1-10 to S1-12; domain.md 6.11): accounts, who was reached, our first answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Min, Q

from complaints.models import SpreadNode
from dashboard.measures.scope import Scope, cases_in
from dashboard.measures.times import Waiting, waiting
from figures.shares import Share
from messaging.enums import PUBLIC, WENT_OUT
from playbooks.enums import Voice

Part = SpreadNode.Part
DAY = timedelta(days=1)


class PublicCase(NamedTuple):
    """A complaint in public; answered_at: our first public answer, else our first answer at all."""

    pk: int
    code: str
    headline: str
    opened_at: datetime
    ended_at: datetime | None
    answered_at: datetime | None


class Account(NamedTuple):
    """One account that was seen in a public thread."""

    case: int
    part: str
    seen_at: datetime
    has_own_case: bool


@dataclass(frozen=True)
class Spread:
    """All public complaints of a period, with the accounts that were noted. Only what is noted can be counted."""

    cases: Sequence[PublicCase]
    accounts: Sequence[Account]
    answer: Waiting  # hours of the clock: the public does not keep opening hours
    days: float

    @property
    def answered(self) -> Share:
        return Share(self.answer.happened, self.answer.n)

    @property
    def parts(self) -> Counter[str]:
        """Accounts by what they did."""
        return Counter(account.part for account in self.accounts)

    @property
    def cared_for(self) -> Share:
        """Of those who joined in, those with a case of their own (S1-11)."""
        allies = [account for account in self.accounts if account.part == Part.ALLY]
        return Share(sum(account.has_own_case for account in allies), len(allies))

    @property
    def new_a_day(self) -> float:
        """New accounts a day."""
        return len(self.accounts) / self.days if self.days else 0.0

    @property
    def by_case(self) -> dict[int, Counter[str]]:
        """The accounts of each case by what they did."""
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for account in self.accounts:
            found[account.case][account.part] += 1
        return found


def hours(start: datetime, end: datetime) -> float:
    """Hours between two moments, 0 where the second comes first."""
    return max(0.0, (end - start).total_seconds() / 3600)


def spread(cases: Sequence[PublicCase], accounts: Iterable[Account], scope: Scope) -> Spread:
    """The figures of these cases; unanswered ones count as "not yet"."""
    observed = [
        (hours(case.opened_at, case.answered_at or case.ended_at or scope.now), case.answered_at is not None)
        for case in cases
    ]
    since = max(scope.since, cases[0].opened_at) if cases else scope.since
    return Spread(cases, list(accounts), waiting(observed), max(1.0, (scope.until - since) / DAY))


# --- queries ----------------------------------------------------------------------------------------------------------


def fetch_cases(scope: Scope) -> list[PublicCase]:
    """Public and spreading complaints of the period, oldest first (one query)."""
    in_public = Q(messages__purpose__in=sorted(PUBLIC), messages__state__in=sorted(WENT_OUT))
    rows = cases_in(scope).filter(Q(complaint__voice=Voice.ELSEWHERE_PUBLIC) | Q(is_spreading=True))
    rows = rows.annotate(replied=Min("messages__sent_at", filter=in_public)).order_by("opened_at", "pk")
    found = rows.values_list("pk", "code", "headline", "opened_at", "ended_at", "replied", "first_replied_at")
    return [PublicCase(pk, code, said, at, end, public or first) for pk, code, said, at, end, public, first in found]


def fetch(scope: Scope) -> Spread:
    """The period's public complaints with their accounts (two queries)."""
    cases = fetch_cases(scope)
    rows = SpreadNode.objects.filter(shop=scope.shop, complaint__case__in=[case.pk for case in cases]).order_by("pk")
    found = rows.values_list("complaint__case", "part", "seen_at", "own_case")
    return spread(cases, [Account(case, part, at, own is not None) for case, part, at, own in found], scope)
