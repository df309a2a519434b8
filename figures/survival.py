"""Kaplan and Meier's estimate: times of what happened and of what is still open (censored, never dropped)."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log, sqrt
from typing import NamedTuple

from figures.shares import Z95


class Point(NamedTuple):
    """After `time` the share `open` has not happened yet. Its limits are worked out when asked for: few points are."""

    time: float
    open: float
    greenwood: float

    @property
    def limits(self) -> tuple[float, float]:
        """95 % limits (log-log, Greenwood)."""
        return limits(self.open, self.greenwood)

    @property
    def low(self) -> float:
        return self.limits[0]

    @property
    def high(self) -> float:
        return self.limits[1]


def curve(observations: Iterable[tuple[float, bool]]) -> list[Point]:
    """The curve's steps for (time, happened) pairs, in order of time; censored ones only leave the risk set."""
    rows = sorted(observations)
    at_risk, share, greenwood, points = len(rows), 1.0, 0.0, []
    place, number = 0, len(rows)
    while place < number:
        time, events, after = rows[place][0], 0, place
        while after < number and rows[after][0] == time:
            events += rows[after][1]
            after += 1
        if events:
            share *= 1 - events / at_risk
            greenwood += events / (at_risk * (at_risk - events)) if at_risk > events else 0.0
            points.append(Point(time, share, greenwood))
        at_risk -= after - place
        place = after
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
    low = None
    for point in points:
        if low is not None and point.open > 0.5:
            continue  # the upper limit lies above the curve
        below, above = point.limits
        low = point.time if low is None and below <= 0.5 else low
        if above <= 0.5:
            return low, point.time
    return low, None
