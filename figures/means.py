"""Means with intervals, reliability and agreement."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev, variance

from figures.comparing import beta_cdf
from figures.shares import Interval

BOOTSTRAP_BELOW = 30
RESAMPLES = 999


def t_cdf(t: float, df: float) -> float:
    """Student's distribution function."""
    tail = beta_cdf(df / (df + t * t), df / 2, 0.5) / 2
    return 1 - tail if t > 0 else tail


def t_quantile(p: float, df: float) -> float:
    """The value below which a share p (0.5..1) of Student's t lies, by bisection."""
    low, high = 0.0, 1000.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if t_cdf(middle, df) < p else (low, middle)
    return (low + high) / 2


def t_interval(values: Sequence[float]) -> Interval:
    """The mean with its 95 % t-interval; ValueError for fewer than two values."""
    if len(values) < 2:
        raise ValueError("an interval needs at least two values")
    mean = fmean(values)
    half = t_quantile(0.975, len(values) - 1) * stdev(values) / sqrt(len(values))
    return Interval(mean, mean - half, mean + half)


def bootstrap(values: Sequence[float], seed: int = 1) -> Interval:
    """The mean with its 95 % studentised bootstrap interval; the same values give the same interval.

    Studentised (Efron and Tibshirani 1993, 12.5), because plain percentiles cover only 90 to 93 % at 15 to 29 answers.
    ValueError for fewer than two values.
    """
    n = len(values)
    if n < 2:
        raise ValueError("an interval needs at least two values")
    dice = random.Random(seed)  # noqa: S311  (statistics, not secrets)
    mean, error = fmean(values), stdev(values) / sqrt(n)
    pulls = []
    for _ in range(RESAMPLES):
        drawn = dice.choices(values, k=n)
        middle = sum(drawn) / n
        spread = sum((value - middle) ** 2 for value in drawn)
        if spread:
            pulls.append((middle - mean) / sqrt(spread / (n - 1) / n))
    if not (error and pulls):
        return Interval(mean, mean, mean)
    pulls.sort()
    return Interval(mean, mean - pulls[int(0.975 * len(pulls))] * error, mean - pulls[int(0.025 * len(pulls))] * error)


def mean_interval(values: Sequence[float]) -> Interval:
    """The mean with its 95 % interval: by bootstrap below 30 values, by Student's t from there on (domain.md 6.9)."""
    return bootstrap(values) if len(values) < BOOTSTRAP_BELOW else t_interval(values)


def cronbach_alpha(answers: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha of persons x items; None for fewer than two items or no spread."""
    items = list(zip(*answers, strict=True))
    if len(items) < 2 or len(answers) < 2:
        return None
    total = variance([sum(person) for person in answers])
    return len(items) / (len(items) - 1) * (1 - sum(variance(item) for item in items) / total) if total else None


def kappa(table: Sequence[Sequence[int]]) -> float | None:
    """Cohen's kappa of a square table of counts: [[18, 3], [6, 13]] gives 0.545; None where chance explains all."""
    n = sum(map(sum, table))
    if not n:
        return None
    observed = sum(table[i][i] for i in range(len(table))) / n
    expected = sum(sum(table[i]) * sum(row[i] for row in table) for i in range(len(table))) / n**2
    return (observed - expected) / (1 - expected) if expected < 1 else None
