"""Fit a linear model with scikit-learn and export it for `language.linear`. Needs requirements-train.txt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from language.features import counts
from language.linear import LinearModel, softmax


@dataclass(frozen=True, slots=True)
class Settings:
    """What the fit may vary. `strength` is scikit-learn's C: higher fits closer."""

    strength: float = 4.0
    min_count: int = 2
    keep: int = 60_000
    balanced: bool = True
    folds: int = 5


@dataclass(frozen=True, slots=True)
class Examples:
    """Vectors, their labels, weights (1.0 = one row of the shipped text) and groups (rows of one group stay
    together in cross-validation, so that the calibration is measured on unfamiliar text)."""

    vectors: Sequence[Mapping[str, float]]
    labels: Sequence[str]
    weights: Sequence[float]
    groups: Sequence[str]

    def take(self, places: Sequence[int]) -> Examples:
        """The rows at these places."""
        return Examples(
            [self.vectors[i] for i in places],
            [self.labels[i] for i in places],
            [self.weights[i] for i in places],
            [self.groups[i] for i in places],
        )


def fit(examples: Examples, settings: Settings = Settings()) -> LinearModel:
    """An uncalibrated model (temperature 1). Deterministic for the same input."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    wanted = _frequent(examples.vectors, settings)
    kept = [{f: v for f, v in values.items() if f in wanted} for values in examples.vectors]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(kept).astype("float32")  # twice as fast, and the weights are rounded anyway
    machine = LogisticRegression(
        C=settings.strength, class_weight="balanced" if settings.balanced else None, max_iter=400, tol=1e-3
    )
    machine.fit(matrix, examples.labels, sample_weight=examples.weights)
    rows, bias = _rows(machine)
    names = vectorizer.get_feature_names_out()
    weights = {str(name): tuple(float(row[i]) for row in rows) for i, name in enumerate(names)}
    return LinearModel(tuple(str(label) for label in machine.classes_), bias, weights)


def _rows(machine: Any) -> tuple[Any, tuple[float, ...]]:
    """One row of weights per label; scikit-learn gives a single one for two labels."""
    coef, bias = machine.coef_, [float(x) for x in machine.intercept_]
    if len(machine.classes_) == 2:
        return (-coef[0] / 2, coef[0] / 2), (-bias[0] / 2, bias[0] / 2)
    return coef, tuple(bias)


def _frequent(vectors: Sequence[Mapping[str, float]], settings: Settings) -> set[str]:
    seen = counts(vectors)
    ranked = sorted((f for f, n in seen.items() if n >= settings.min_count), key=lambda f: (-seen[f], f))
    return set(ranked[: settings.keep])


def folds(groups: Sequence[str], labels: Sequence[str], number: int) -> list[tuple[list[int], list[int]]]:
    """(train, test) places; one fold per group where there are at least two groups, else stratified by label."""
    names = sorted(set(groups))
    if len(names) > 1:
        number = min(number, len(names))
        spot = {name: i % number for i, name in enumerate(names)}
        fold = [spot[group] for group in groups]
    else:
        seen: dict[str, int] = {}
        fold = []
        for label in labels:
            seen[label] = seen.get(label, 0) + 1
            fold.append(seen[label] % number)
    return [
        ([i for i, f in enumerate(fold) if f != part], [i for i, f in enumerate(fold) if f == part])
        for part in range(number)
    ]


def out_of_fold(examples: Examples, settings: Settings = Settings()) -> tuple[tuple[str, ...], list[list[float]]]:
    """Labels, and for every row the scores of a model that never saw the row's fold."""
    scores: list[list[float]] = [[] for _ in examples.labels]
    labels = tuple(sorted(set(examples.labels)))
    for train, test in folds(examples.groups, examples.labels, settings.folds):
        model = fit(examples.take(train), settings)
        for place in test:
            found = dict(zip(model.labels, model.scores(examples.vectors[place]), strict=True))
            scores[place] = [found.get(label, -10.0) for label in labels]
    return labels, scores


def best_temperature(scores: Sequence[Sequence[float]], truth: Sequence[int]) -> float:
    """The temperature with the lowest log loss (Guo et al. 2017), by golden-section search in 0.1..10."""

    def loss(power: float) -> float:
        return -sum(log(max(softmax(s, 10**power)[t], 1e-12)) for s, t in zip(scores, truth, strict=True))

    low, high, ratio = -1.0, 1.0, 0.618034
    for _ in range(24):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return float(10 ** ((low + high) / 2))


def train(examples: Examples, settings: Settings = Settings()) -> LinearModel:
    """Fit on everything; calibrate on cross-validated scores."""
    labels, scores = out_of_fold(examples, settings)
    temperature = best_temperature(scores, [labels.index(label) for label in examples.labels])
    model = fit(examples, settings)
    return LinearModel(model.labels, model.bias, model.weights, temperature)
