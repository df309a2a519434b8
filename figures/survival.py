"""Kaplan and Meier's estimate: times of what happened and of what is still open (censored, never dropped)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import exp, log, sqrt
from operator import itemgetter

from figures.shares import Z95


@dataclass(frozen=True)
class Point:
    """After `time` the share `open` has not happened yet; `low` and `high` are its 95 % limits (log-log, Greenwood)."""

    time: float
    open: float
    low: float
    high: float


def curve(observations: Iterable[tuple[float, bool]]) -> list[Point]:
    """The curve's steps for (time, happened) pairs, in order of time; censored ones only leave the risk set."""
    rows = sorted(observations)
    at_risk, share, greenwood, points = len(rows), 1.0, 0.0, []
    for time, same in groupby(rows, key=itemgetter(0)):
        happened = [event for _time, event in same]
        if events := sum(happened):
            share *= 1 - events / at_risk
            greenwood += events / (at_risk * (at_risk - events)) if at_risk > events else 0.0
            points.append(Point(time, share, *limits(share, greenwood)))
        at_risk -= len(happened)
    return points


def limits(share: float, greenwood: float) -> tuple[float, float]:
    """95 % limits of a survival share on the log-log scale."""
    if share <= 0.0 or share >= 1.0:
        return share, share
    spread = Z95 * sqrt(greenwood) / abs(log(share))
    return share ** exp(spread), share ** exp(-spread)


def quantile(points: Iterable[Point], happened: float) -> float | None:
    """The time by which the share `happened` (0.5: the median) has happened; None where it never does."""
    return next((point.time for point in points if point.open <= 1 - happened + 1e-12), None)


def median_interval(points: Iterable[Point]) -> tuple[float | None, float | None]:
    """95 % limits of the median (Brookmeyer and Crowley 1982); None where the curve does not reach that far."""
    rows = list(points)
    low = next((point.time for point in rows if point.low <= 0.5), None)
    high = next((point.time for point in rows if point.high <= 0.5), None)
    return low, high
