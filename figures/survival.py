"""Kaplan and Meier's estimate: times of what happened and of what is still open (censored, never dropped)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

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
    at_risk, share, greenwood, points, index = len(rows), 1.0, 0.0, [], 0
    while index < len(rows):
        time = rows[index][0]
        same = [happened for when, happened in rows[index:] if when == time]
        events = sum(same)
        if events:
            share *= 1 - events / at_risk
            greenwood += events / (at_risk * (at_risk - events)) if at_risk > events else 0.0
            points.append(Point(time, share, *limits(share, greenwood)))
        at_risk -= len(same)
        index += len(same)
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
