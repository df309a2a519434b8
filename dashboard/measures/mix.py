"""Who customers blame and how they raise it (domain.md 6.5, 6.6), what goes wrong, and about which product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q

from cases.enums import State
from complaints.enums import Finding
from dashboard.measures.scope import Scope, cases_in
from figures.means import kappa
from figures.shares import Interval, Share
from playbooks.enums import Blame, Failure, Voice

NOT_ASSESSED = {State.OPEN, State.ACKNOWLEDGED}
# Failures by the layer of the experience they hurt (S2-07 to S2-11).
LAYER_OF: dict[str, str] = {
    Failure.WRONG_ITEM: "fulfilment",
    Failure.DAMAGED: "fulfilment",
    Failure.LATE: "fulfilment",
    Failure.NOT_RECEIVED: "fulfilment",
    Failure.NOT_AS_DESCRIBED: "fulfilment",
    Failure.REFUND_OR_CANCEL: "trust",
    Failure.PRIVACY: "trust",
    Failure.RUDE_SERVICE: "responsive",
    Failure.SITE_PROBLEM: "experience",
    Failure.FIT_OR_CHANGED_MIND: "experience",
}


class MixRow(NamedTuple):
    """What a mix needs of a complaint; in the order of MIX_COLUMNS."""

    pk: int
    state: str
    blame: str
    voice: str
    failure: str
    finding: str


MIX_COLUMNS = ("pk", "state", "complaint__blame", "complaint__voice", "complaint__failure", "complaint__finding")


def fetch(scope: Scope) -> list[MixRow]:
    """The period's complaints (one query)."""
    rows = cases_in(scope).filter(complaint__isnull=False).order_by("opened_at", "pk")
    return [MixRow._make(row) for row in rows.values_list(*MIX_COLUMNS)]


def shares(values: Iterable[str], kinds: Iterable[str]) -> dict[str, Share]:
    """Each kind's share of all values, in the given order."""
    counts = Counter(values)
    total = sum(counts.values())
    return {kind: Share(counts[kind], total) for kind in kinds}


def blame_mix(rows: Iterable[MixRow]) -> dict[str, Share]:
    """Whom customers hold responsible."""
    return shares((row.blame for row in rows), Blame.values)


def voice_mix(rows: Iterable[MixRow]) -> dict[str, Share]:
    """How they raised it, the silent and those elsewhere beside those who came to the shop (S0-15)."""
    return shares((row.voice for row in rows), Voice.values)


def mosaic(rows: Iterable[MixRow]) -> dict[tuple[str, str], int]:
    """Counts of (blame, voice)."""
    counts = Counter((row.blame, row.voice) for row in rows)
    return {(blame, voice): counts[blame, voice] for blame in Blame.values for voice in Voice.values}


@dataclass(frozen=True)
class Gap:
    """What customers feel against what the shop found, of cases looked into by a person."""

    table: list[list[int]]  # felt (themselves, others) x found (customer, others)
    agreement: float | None

    @property
    def explain_better(self) -> int:
        """They blame the shop, we found their slip: the product page can say it better."""
        return self.table[1][0]

    @property
    def apologise(self) -> int:
        """They blame themselves, we found our fault: we let them carry it."""
        return self.table[0][1]


def gap(rows: Iterable[MixRow]) -> Gap:
    """The blame gap: cases past "acknowledged" whose blame and finding are both known."""
    table = [[0, 0], [0, 0]]
    for row in rows:
        if row.state in NOT_ASSESSED or row.blame == Blame.UNCLEAR or row.finding == Finding.UNKNOWN:
            continue
        table[row.blame != Blame.SELF][row.finding != Finding.CUSTOMER] += 1
    return Gap(table, kappa(table))


@dataclass(frozen=True)
class Iceberg:
    """Of the orders in which we know that something failed: who told us, who spoke elsewhere, who said nothing."""

    voiced: Share
    elsewhere: Share
    silent: Share

    @property
    def factor(self) -> Interval | None:
        """For one who tells us, so many had the failure; None below 15 orders or where nobody spoke."""
        if not self.voiced.enough or not self.voiced.k:
            return None
        limits = self.voiced.interval
        return Interval(1 / limits.point, 1 / limits.high, 1 / limits.low)


def iceberg(known: Collection[int], to_shop: Collection[int], elsewhere: Collection[int]) -> Iceberg:
    """Shares of known failures (order ids); "elsewhere" is a lower bound: only what was logged can be counted."""
    orders, shop, other = set(known), set(to_shop), set(elsewhere)
    n = len(orders)
    return Iceberg(Share(len(orders & shop), n), Share(len(orders & other), n), Share(len(orders - shop - other), n))


def failures(rows: Iterable[MixRow]) -> list[tuple[str, Share]]:
    """Failures, the most frequent first; only those that happened."""
    counts = Counter(row.failure for row in rows)
    total = sum(counts.values())
    return [(failure, Share(count, total)) for failure, count in counts.most_common()]


def layers_hurt(counts: Mapping[str, int]) -> dict[str, int]:
    """Complaints by the layer of the pyramid they hurt, of counts by failure."""
    found: Counter[str] = Counter()
    for failure, count in counts.items():
        if failure in LAYER_OF:
            found[LAYER_OF[failure]] += count
    return dict(found)


def fetch_failures(scope: Scope) -> dict[str, int]:
    """How many complaints each failure had in the period (one query)."""
    rows = cases_in(scope).filter(complaint__isnull=False).order_by().values_list("complaint__failure")
    return dict(rows.annotate(n=Count("pk")))


def cost_by_failure(rows: Iterable[MixRow], spent: Mapping[int, int]) -> dict[str, int]:
    """What each failure cost in remedies, in rupiah."""
    found: Counter[str] = Counter()
    for row in rows:
        found[row.failure] += spent.get(row.pk, 0)
    return dict(found)


def fetch_products(scope: Scope, shown: int = 10) -> list[tuple[str, int, int]]:
    """(product, complaints, severe ones) by product, the most complained about first (one query)."""
    rows = cases_in(scope).filter(order__isnull=False).exclude(order__item="").values("order__item")
    counted = rows.annotate(n=Count("pk"), severe=Count("pk", filter=Q(severity__in=["S3", "S4"])))
    return [(row["order__item"], row["n"], row["severe"]) for row in counted.order_by("-n", "order__item")[:shown]]


def count_products(scope: Scope, items: Collection[str]) -> dict[str, int]:
    """How many complaints these products had in the period (one query)."""
    rows = cases_in(scope).filter(order__item__in=items).order_by().values_list("order__item")
    return {item: n for item, n in rows.annotate(n=Count("pk")) if item}
