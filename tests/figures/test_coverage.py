"""Intervals hold the truth about 95 times of 100, and trials without a difference rarely look strong.

Short here (the bounds are wide for it); bench/coverage.py does 2,000 runs with the bounds 93 to 97 %.
"""

import random

import pytest

from figures.comparing import TRIAL_STRONG, better, verdict
from figures.shares import Share
from tests.figures.simulations import COVERAGE, covered, looks_strong


@pytest.mark.parametrize("name", [name for name in COVERAGE if "bootstrap" not in name])
def test_interval_holds_the_truth(name):
    assert 0.90 <= covered(COVERAGE[name], 300) <= 0.99


def test_bootstrap_interval_holds_the_truth():
    assert covered(COVERAGE["score of 20 (bootstrap)"], 60) >= 0.85


def test_trial_without_a_difference_rarely_looks_strong():
    dice = random.Random(3)
    assert sum(looks_strong(dice) for _ in range(400)) / 400 <= 0.07


@pytest.mark.parametrize("n", [15, 30, 50])
def test_trial_verdict_errs_at_most_five_times_of_a_hundred(n):
    """Exactly, over all outcomes of two arms of n and all true shares."""
    from math import comb

    strong = [
        (a, b)
        for a in range(n + 1)
        for b in range(a + 1, n + 1)
        if verdict(better(Share(a, n), Share(b, n)), TRIAL_STRONG) == "strong"
    ]
    for percent in range(10, 100, 10):
        p = percent / 100
        chance = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        assert 2 * sum(chance[a] * chance[b] for a, b in strong) <= 0.05
