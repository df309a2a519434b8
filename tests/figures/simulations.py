"""Worlds whose truth is known, to see how often 95 % intervals hold it: short in tests, long in bench/coverage.py."""

from __future__ import annotations

import random
from collections.abc import Callable
from math import log

from figures.comparing import TRIAL_STRONG, better, posterior, stratified, verdict
from figures.means import bootstrap, t_interval
from figures.shares import Interval, Share, newcombe, recommend, wilson
from figures.survival import curve, median_interval

Dice = random.Random
Trial = Callable[[Dice], bool]


def holds(interval: Interval, truth: float) -> bool:
    return interval.low <= truth <= interval.high


def draws(dice: Dice, n: int, p: float) -> Share:
    return Share(sum(dice.random() < p for _ in range(n)), n)


def share(dice: Dice) -> bool:
    p = dice.choice([0.15, 0.4, 0.6, 0.8])
    return holds(wilson(draws(dice, 60, p).k, 60), p)


def difference(dice: Dice) -> bool:
    return holds(newcombe(draws(dice, 45, 0.55), draws(dice, 60, 0.4)), 0.15)


def posterior_share(dice: Dice) -> bool:
    p = dice.random()
    return holds(posterior(draws(dice, 25, p)), p)


def strata(dice: Dice) -> bool:
    pairs = [(draws(dice, n, p + 0.15), draws(dice, m, p)) for n, m, p in ((30, 20, 0.3), (15, 25, 0.5), (20, 20, 0.7))]
    return holds(stratified(pairs), 0.15)


def person(dice: Dice) -> float:
    """A layer's score of one person: two related answers, 0 to 100, mean 63.5."""
    values = dice.choices([0, 25, 50, 75, 100], weights=[5, 10, 25, 36, 24], k=2)
    return sum(values) / 2


PERSON_MEAN = (0 * 5 + 25 * 10 + 50 * 25 + 75 * 36 + 100 * 24) / 100


def mean_of_many(dice: Dice) -> bool:
    return holds(t_interval([person(dice) for _ in range(40)]), PERSON_MEAN)


def mean_of_few(dice: Dice) -> bool:
    return holds(bootstrap([person(dice) for _ in range(20)], seed=dice.randrange(10**6)), PERSON_MEAN)


def recommend_score(dice: Dice) -> bool:
    answers = dice.choices("+0-", weights=[45, 35, 20], k=80)
    return holds(recommend(answers.count("+"), answers.count("-"), 80), 25.0)


def waiting_times(dice: Dice, n: int) -> list[tuple[float, bool]]:
    """Exponential times with mean 5, a third of them still open."""
    rows = []
    for _ in range(n):
        time, open_since = dice.expovariate(1 / 5), dice.expovariate(1 / 12)
        rows.append((min(time, open_since), time <= open_since))
    return rows


def median_time(dice: Dice) -> bool:
    low, high = median_interval(curve(waiting_times(dice, 80)))
    truth = 5 * log(2)
    return low is not None and low <= truth and (high is None or truth <= high)


def share_by_then(dice: Dice) -> bool:
    """The curve's own interval at time 4."""
    truth, last = 2.718281828459045 ** (-4 / 5), None
    for point in curve(waiting_times(dice, 80)):
        if point.time > 4:
            break
        last = point
    return last is not None and last.low <= truth <= last.high


COVERAGE: dict[str, Trial] = {
    "share (Wilson)": share,
    "difference (Newcombe)": difference,
    "version (Beta)": posterior_share,
    "versions within strata (Mantel-Haenszel)": strata,
    "score of 40 (t)": mean_of_many,
    "score of 20 (bootstrap)": mean_of_few,
    "recommend score": recommend_score,
    "median time (Kaplan-Meier)": median_time,
    "share by then (Kaplan-Meier)": share_by_then,
}


def covered(trial: Trial, runs: int, seed: int = 7) -> float:
    """How often the interval held the truth."""
    dice = random.Random(seed)
    return sum(trial(dice) for _ in range(runs)) / runs


def looks_strong(dice: Dice, cases: int = 60) -> bool:
    """A trial without any difference: is it called fairly strong at its end?"""
    p = dice.choice([0.4, 0.6, 0.75])
    arms = {"A": [], "B": []}
    for _ in range(cases):
        arms[dice.choice("AB")].append(dice.random() < p)
    a, b = (Share(sum(arm), len(arm)) for arm in arms.values())
    return verdict(better(a, b), TRIAL_STRONG) == "strong"
