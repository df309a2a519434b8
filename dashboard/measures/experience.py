"""The experience pyramid (S2; domain.md 6.9): scores of five layers with intervals, buyers apart from cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.db.models import Count, Q

from cases.enums import SurveyKind, SurveySample
from cases.models import Survey, SurveyAnswer
from cases.surveys import EXPERIENCE, LAYERS, RECOMMEND
from dashboard.measures.scope import Scope
from figures.means import BOOTSTRAP_BELOW, cronbach_alpha, mean_interval
from figures.shares import ENOUGH, Interval, Share, recommend

Person = Mapping[str, int]  # item -> 1..5
ITEMS_OF = {layer: tuple(item.key for item in EXPERIENCE if item.layer == layer) for layer in LAYERS}
TIE = ""
BASE = "fulfilment"


@dataclass(frozen=True)
class Layer:
    """One layer: the score 0 to 100 of `n` persons; no interval below two, alpha only from 30 who answered all."""

    key: str
    n: int
    score: Interval | None
    alpha: float | None

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH


@dataclass(frozen=True)
class Pyramid:
    """The five layers from top to base, how many answered, and the overall score (no weights: none are claimed)."""

    layers: list[Layer]
    responded: Share

    @property
    def overall(self) -> float | None:
        """The unweighted mean of the five layers; None where one of them has nobody."""
        scores = [layer.score.point for layer in self.layers if layer.score]
        return fmean(scores) if len(scores) == len(self.layers) else None

    @property
    def weakest(self) -> str | None:
        """The key of the weakest layer; TIE where it cannot be told from the next; None below 15 persons."""
        ranked = sorted((layer for layer in self.layers if layer.score and layer.enough), key=point_of)
        if len(ranked) < len(self.layers):
            return None
        first, second = ranked[0], ranked[1]
        return TIE if first.score and first.score.low <= point_of(second) <= first.score.high else first.key

    @property
    def hint(self) -> str | None:
        """Where to begin: the weakest layer, and the base where it is among those that tie (S2-12)."""
        if self.weakest != TIE:
            return self.weakest
        ranked = sorted(self.layers, key=point_of)
        tied = {layer.key for layer in ranked if ranked[0].score and point_of(layer) <= ranked[0].score.high}
        return BASE if BASE in tied else ranked[0].key


def point_of(layer: Layer) -> float:
    """A layer's mean; 100 where nobody answered."""
    return layer.score.point if layer.score else 100.0


def person_score(person: Person, items: Sequence[str]) -> float | None:
    """The mean of a person's answers to a layer, 0 to 100; None where less than half were answered."""
    values = [25 * (person[item] - 1) for item in items if item in person]
    return fmean(values) if 2 * len(values) >= len(items) and values else None


def layer(key: str, people: Sequence[Person]) -> Layer:
    """One layer's figures."""
    items = ITEMS_OF[key]
    scores = [score for person in people if (score := person_score(person, items)) is not None]
    full = [[float(person[item]) for item in items] for person in people if all(item in person for item in items)]
    return Layer(
        key=key,
        n=len(scores),
        score=mean_interval(scores) if len(scores) >= 2 else None,
        alpha=cronbach_alpha(full) if len(full) >= BOOTSTRAP_BELOW else None,
    )


def pyramid(people: Sequence[Person], asked: int) -> Pyramid:
    """The pyramid of those who answered, of so many who were asked."""
    return Pyramid([layer(key, people) for key in LAYERS], Share(len(people), max(asked, len(people))))


# --- queries ----------------------------------------------------------------------------------------------------------


def fetch_people(scope: Scope, sample: str) -> list[dict[str, int]]:
    """Answers by person of one sample (one query)."""
    rows = SurveyAnswer.objects.filter(
        survey__shop=scope.shop,
        survey__kind=SurveyKind.EXPERIENCE,
        survey__sample=sample,
        survey__asked_at__gte=scope.since,
        survey__asked_at__lt=scope.until,
    )
    people: dict[int, dict[str, int]] = defaultdict(dict)
    for survey, item, value in rows.values_list("survey", "item", "value"):
        people[survey][item] = value
    return list(people.values())


def fetch_asked(scope: Scope) -> dict[tuple[str, str], Share]:
    """(kind, sample) -> answered of asked (one query)."""
    rows = Survey.objects.filter(shop=scope.shop, asked_at__gte=scope.since, asked_at__lt=scope.until)
    counted = (
        rows.order_by()
        .values_list("kind", "sample")
        .annotate(n=Count("pk"), k=Count("pk", filter=Q(answered_at__isnull=False)))
    )
    return {(kind, sample): Share(k, n) for kind, sample, n, k in counted}


@dataclass(frozen=True)
class Recommendation:
    """How many would recommend the shop (9 or 10 of 10), how many would not (0 to 6), and the rest (7 or 8)."""

    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH

    @property
    def score(self) -> Interval:
        """Points from -100 to 100 with their 95 % interval: 28 and 9 of 50 give 38 (16.6 to 59.4)."""
        return recommend(self.promoters, self.detractors, self.n)


def recommendation(answers: Mapping[int, int]) -> Recommendation:
    """The three groups of counts by answer (0 to 10)."""
    promoters = sum(count for value, count in answers.items() if value >= 9)
    detractors = sum(count for value, count in answers.items() if value <= 6)
    return Recommendation(promoters, sum(answers.values()) - promoters - detractors, detractors)


def fetch_recommendation(scope: Scope) -> Recommendation:
    """Answers of random buyers in the period (one query)."""
    rows = SurveyAnswer.objects.filter(
        survey__shop=scope.shop,
        survey__kind=SurveyKind.EXPERIENCE,
        survey__sample=SurveySample.BUYER,
        survey__asked_at__gte=scope.since,
        survey__asked_at__lt=scope.until,
        item=RECOMMEND.key,
    )
    return recommendation(dict(rows.order_by().values_list("value").annotate(n=Count("pk"))))
