"""Fit a linear model with scikit-learn and export it for `language.linear`. Needs requirements-train.txt."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5
from math import log
from typing import Any, NamedTuple

from language.linear import LinearModel, softmax


@dataclass(frozen=True, slots=True)
class Settings:
    """What the fit may vary. `strength` is scikit-learn's C: higher fits closer; `tolerance`: when it is near enough.

    `keep`: that many of the most frequent features take part. With `ratios` all take part, weighed by log-count ratios
    plus this number, in two models of half the features each, `splits` times (16 at most); of their mean, the `keep`
    heaviest weights stay.
    """

    strength: float = 4.0
    tolerance: float = 1e-3
    min_count: int = 2
    keep: int = 60_000
    balanced: bool = True
    folds: int = 5
    ratios: float | None = None
    splits: int = 2


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


class Table(NamedTuple):
    """Vectors as a sparse matrix, one row each, and the names of its columns."""

    matrix: Any
    names: Sequence[str]


class Scaling(NamedTuple):
    """Per label a factor and a shift that turn its scores into calibrated ones (vector scaling, Guo et al. 2017)."""

    factors: tuple[float, ...]
    shifts: tuple[float, ...]

    def of(self, scores: Sequence[float]) -> list[float]:
        """The calibrated scores of one row."""
        return [score * factor + shift for score, factor, shift in zip(scores, *self, strict=True)]


class _Solution(NamedTuple):
    """What a fit found: per label a bias and a row of weights for some columns of the table."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    columns: Any
    rows: Any


def fit(examples: Examples, settings: Settings = Settings(), known: Table | None = None) -> LinearModel:
    """An uncalibrated model (temperature 1). Deterministic. `known`: the table of the examples, where it is there."""
    made = known or table(examples.vectors, settings.min_count)
    found = _solve(made, examples, settings)
    names = [made.names[column] for column in found.columns]
    weights = {name: tuple(float(row[place]) for row in found.rows) for place, name in enumerate(names)}
    return LinearModel(found.labels, found.bias, weights)


def table(vectors: Sequence[Mapping[str, float]], min_count: int) -> Table:
    """The features that stand in at least so many vectors, columns in the order of their names."""
    from numpy import asarray
    from scipy.sparse import csr_matrix

    seen: Counter[str] = Counter()
    for values in vectors:
        seen.update(values.keys())
    names = sorted(name for name, count in seen.items() if count >= min_count)
    spot = {name: place for place, name in enumerate(names)}
    ends, columns, numbers = [0], array("i"), array("d")
    for values in vectors:
        kept = [name for name in values if name in spot]
        columns.extend(map(spot.__getitem__, kept))
        numbers.extend(map(values.__getitem__, kept))
        ends.append(len(columns))
    # single precision: twice as fast, and the weights are rounded anyway
    matrix = csr_matrix((asarray(numbers, dtype="float32"), asarray(columns), ends), shape=(len(vectors), len(names)))
    matrix.sort_indices()
    return Table(matrix, names)


def _solve(known: Table, examples: Examples, settings: Settings) -> _Solution:
    """The weights of the columns that are frequent enough; the table has one row for each example."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # more threads take three times the processor time, and save none
        return _solved(known, examples, settings)


def _solved(known: Table, examples: Examples, settings: Settings) -> _Solution:
    import numpy
    from sklearn.linear_model import LogisticRegression

    matrix = known.matrix
    seen = numpy.bincount(matrix.indices, minlength=matrix.shape[1])
    ranked = numpy.argsort(-seen, kind="stable")[: int((seen >= settings.min_count).sum())]
    if settings.ratios is not None:
        return _by_halves(known, numpy.sort(ranked), examples, settings, settings.ratios)
    columns = numpy.sort(ranked[: settings.keep])
    machine = LogisticRegression(
        C=settings.strength,
        class_weight="balanced" if settings.balanced else None,
        max_iter=400,
        tol=settings.tolerance,
    )
    machine.fit(matrix[:, columns], examples.labels, sample_weight=examples.weights)
    rows, bias = _rows(machine)
    return _Solution(tuple(str(label) for label in machine.classes_), bias, columns, rows)


def _by_halves(known: Table, columns: Any, examples: Examples, settings: Settings, least: float) -> _Solution:
    """The mean of fits on one half of the columns and on the other, so that no single feature is relied upon.

    Random subspaces after Ho (1998); the mean of linear models is a linear model, so that scoring costs nothing more.
    """
    import numpy

    labels = sorted(set(examples.labels))
    rows, bias = numpy.zeros((len(labels), len(known.names))), numpy.zeros(len(labels))
    names = [known.names[column] for column in columns]
    halves = [columns[half] for split in range(settings.splits) for half in _halves(names, split) if half.any()]
    for half in halves:
        found, base = _by_ratios(known.matrix[:, half], labels, examples, settings, least)
        rows[:, half] += found / len(halves)
        bias += base / len(halves)
    rows -= rows.mean(axis=0)  # the same to every label says nothing
    heaviest = numpy.argsort(-abs(rows).max(axis=0), kind="stable")
    columns = numpy.sort(heaviest[: min(settings.keep, len(columns))])
    return _Solution(tuple(labels), tuple(float(x) for x in bias), columns, rows[:, columns])


def _halves(names: Sequence[str], split: int) -> tuple[Any, Any]:
    """Which names are in the one half and in the other, by a checksum: new rows move no old feature to another half.

    So two fits differ by what their rows teach, not by the draw.
    """
    import numpy

    sums = (md5(name.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest() for name in names)
    there = numpy.asarray([mark[split] % 2 == 1 for mark in sums])
    return there, ~there


def _by_ratios(
    matrix: Any, labels: Sequence[str], examples: Examples, settings: Settings, least: float
) -> tuple[Any, Any]:
    """Rows of weights and biases: one label against the rest in turn, features scaled by their log-count ratios.

    After NB-SVM (Wang and Manning 2012): what tells the labels apart may weigh more, what does not may hardly weigh.
    """
    import numpy
    from scipy.sparse import diags
    from sklearn.linear_model import LogisticRegression

    weights = numpy.asarray(examples.weights)
    there = matrix.astype(bool).astype("float64").T.tocsr()
    rows, bias = [], []
    for label in labels:
        truth = numpy.asarray([own == label for own in examples.labels])
        with_it, without = 1.0 + there @ (weights * truth), 1.0 + there @ (weights * ~truth)
        scale = abs(numpy.log(with_it / with_it.sum()) - numpy.log(without / without.sum())) + least
        machine = LogisticRegression(C=settings.strength, max_iter=400, tol=settings.tolerance)
        machine.fit((matrix @ diags(scale)).astype("float32"), truth, sample_weight=weights)
        rows.append(machine.coef_[0] * scale)
        bias.append(float(machine.intercept_[0]))
    return numpy.asarray(rows), numpy.asarray(bias)


def _rows(machine: Any) -> tuple[Any, tuple[float, ...]]:
    """One row of weights per label; scikit-learn gives a single one for two labels."""
    coef, bias = machine.coef_, [float(x) for x in machine.intercept_]
    if len(machine.classes_) == 2:
        return (-coef[0] / 2, coef[0] / 2), (-bias[0] / 2, bias[0] / 2)
    return coef, tuple(bias)


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


def out_of_fold(
    examples: Examples, settings: Settings = Settings(), known: Table | None = None
) -> tuple[tuple[str, ...], list[list[float]]]:
    """Labels, and for every row the scores of a model that never saw the row's fold. `known` as in `fit`."""
    import numpy

    scores: list[list[float]] = [[] for _ in examples.labels]
    labels = tuple(sorted(set(examples.labels)))
    made = known or table(examples.vectors, settings.min_count)
    for train, test in folds(examples.groups, examples.labels, settings.folds):
        model = _solve(Table(made.matrix[train], made.names), examples.take(train), settings)
        totals = made.matrix[test][:, model.columns] @ numpy.asarray(model.rows).T + numpy.asarray(model.bias)
        for place, row in zip(test, totals.tolist(), strict=True):
            found = dict(zip(model.labels, row, strict=True))
            scores[place] = [found.get(label, -10.0) for label in labels]
    return labels, scores


def best_temperature(
    scores: Sequence[Sequence[float]], truth: Sequence[int], weights: Sequence[float] | None = None
) -> float:
    """The temperature with the lowest (weighted) log loss (Guo et al. 2017), by golden-section search in 0.1..10."""
    weighed = list(zip(scores, truth, weights or [1.0] * len(truth), strict=True))

    def loss(power: float) -> float:
        return -sum(weight * log(max(softmax(row, 10**power)[place], 1e-12)) for row, place, weight in weighed)

    low, high, ratio = -1.0, 1.0, 0.618034
    for _ in range(24):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return float(10 ** ((low + high) / 2))


def best_scaling(
    scores: Sequence[Sequence[float]], truth: Sequence[int], weights: Sequence[float] | None = None
) -> Scaling:
    """The scaling with the lowest (weighted) log loss; unlike one temperature it may trust one label more."""
    import numpy
    from scipy.optimize import minimize

    given, counts = numpy.asarray(scores), numpy.asarray(weights or [1.0] * len(truth))
    places, size = numpy.arange(len(truth)), given.shape[1]

    def loss(found: Any) -> tuple[float, Any]:
        totals = given * found[:size] + found[size:]
        powers = numpy.exp(totals - totals.max(axis=1, keepdims=True))
        chances = powers / powers.sum(axis=1, keepdims=True)
        steps = chances.copy()
        steps[places, truth] -= 1.0
        steps *= counts[:, None] / counts.sum()
        worth = -(counts * numpy.log(numpy.maximum(chances[places, truth], 1e-12))).sum() / counts.sum()
        return float(worth), numpy.concatenate([(steps * given).sum(axis=0), steps.sum(axis=0)])

    found = minimize(loss, [1.0] * size + [0.0] * size, jac=True, method="L-BFGS-B").x
    return Scaling(tuple(map(float, found[:size])), tuple(map(float, found[size:])))


def scaled(model: LinearModel, scaling: Scaling) -> LinearModel:
    """The model with calibrated scores: a scaled linear model is a linear model."""
    weights = {
        name: tuple(w * f for w, f in zip(row, scaling.factors, strict=True)) for name, row in model.weights.items()
    }
    return LinearModel(model.labels, tuple(scaling.of(model.bias)), weights, 1.0, model.card)


def train(examples: Examples, settings: Settings = Settings()) -> LinearModel:
    """Fit on everything; calibrate on cross-validated scores."""
    made = table(examples.vectors, settings.min_count)
    labels, scores = out_of_fold(examples, settings, made)
    temperature = best_temperature(scores, [labels.index(label) for label in examples.labels])
    model = fit(examples, settings, made)
    return LinearModel(model.labels, model.bias, model.weights, temperature)
