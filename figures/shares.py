"""Shares and their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054
ENOUGH = 15  # below this only counts are shown (I10)


@dataclass(frozen=True)
class Interval:
    """A point with its 95 % limits."""

    point: float
    low: float
    high: float


@dataclass(frozen=True)
class Share:
    """k of n. `enough` is False below 15: then show the counts, never a percentage."""

    k: int
    n: int

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH

    @property
    def value(self) -> float:
        """k / n, 0 where there is nothing."""
        return self.k / self.n if self.n else 0.0

    @property
    def interval(self) -> Interval:
        return wilson(self.k, self.n)


def wilson(k: int, n: int, z: float = Z95) -> Interval:
    """Wilson's 95 % interval for k of n; 0 to 1 for n = 0. ValueError: k outside 0..n."""
    if not 0 <= k <= n:
        raise ValueError(f"k must lie between 0 and n, not {k} of {n}")
    if n == 0:
        return Interval(0.0, 0.0, 1.0)
    p = k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Interval(p, max(0.0, centre - half), min(1.0, centre + half))


def newcombe(a: Share, b: Share) -> Interval:
    """The difference of two shares with Newcombe's 95 % interval (method 10)."""
    one, two = a.interval, b.interval
    difference = a.value - b.value
    low = difference - sqrt((a.value - one.low) ** 2 + (two.high - b.value) ** 2)
    high = difference + sqrt((one.high - a.value) ** 2 + (b.value - two.low) ** 2)
    return Interval(difference, low, high)


def shrunk(k: int, n: int, prior_k: float, prior_rest: float) -> float:
    """A share pulled towards a prior of prior_k in prior_k + prior_rest cases (ranking of couriers, domain.md 6.7)."""
    return (k + prior_k) / (n + prior_k + prior_rest)


def recommend(promoters: int, detractors: int, n: int) -> Interval:
    """The recommend score in points (-100..100) with its 95 % interval; 0 with full width for n = 0."""
    if n == 0:
        return Interval(0.0, -100.0, 100.0)
    plus, minus = promoters / n, detractors / n
    error = sqrt((plus + minus - (plus - minus) ** 2) / n)
    point = 100 * (plus - minus)
    return Interval(point, max(-100.0, point - 100 * Z95 * error), min(100.0, point + 100 * Z95 * error))
