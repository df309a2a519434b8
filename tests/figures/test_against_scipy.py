"""The same figures from scipy, where it is installed (requirements-train.txt); the running app never needs it."""

import random

import pytest

from figures.comparing import beta_cdf, beta_quantile, better, posterior
from figures.means import bootstrap, t_interval, t_quantile
from figures.shares import Share, wilson
from figures.survival import curve

stats = pytest.importorskip("scipy.stats", reason="scipy is not installed: requirements-train.txt has it")


@pytest.mark.parametrize(("k", "n"), [(0, 5), (3, 4), (12, 15), (50, 60), (1, 400), (60, 60)])
def test_wilson_is_scipys(k, n):
    theirs = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
    ours = wilson(k, n)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (13, 4), (0.5, 30), (200, 300)])
def test_beta_is_scipys(a, b):
    for p in (0.025, 0.3, 0.5, 0.975):
        assert beta_quantile(p, a, b) == pytest.approx(stats.beta.ppf(p, a, b), abs=1e-9)
        assert beta_cdf(p, a, b) == pytest.approx(stats.beta.cdf(p, a, b), abs=1e-9)


@pytest.mark.parametrize("df", [1, 2, 7, 29, 400])
def test_t_quantile_is_scipys(df):
    assert t_quantile(0.975, df) == pytest.approx(stats.t.ppf(0.975, df), rel=1e-7)


def test_t_interval_is_scipys():
    values = [25.0 * (x - 1) for x in (4, 5, 4, 3, 5, 4, 2, 4)]
    low, high = stats.t.interval(0.95, len(values) - 1, loc=stats.tmean(values), scale=stats.sem(values))
    ours = t_interval(values)
    assert (ours.low, ours.high) == pytest.approx((low, high))


def test_curve_is_scipys_with_its_log_log_interval():
    dice = random.Random(5)
    rows = [(round(dice.expovariate(0.2), 1), dice.random() < 0.7) for _ in range(80)]
    data = stats.CensoredData.right_censored([time for time, _h in rows], [not happened for _t, happened in rows])
    theirs = stats.ecdf(data).sf
    limits = theirs.confidence_interval(0.95, method="log-log")
    for point in curve(rows):
        place = list(theirs.quantiles).index(point.time)
        assert point.open == pytest.approx(theirs.probabilities[place], abs=1e-9)
        if 0 < point.open < 1:
            found = (limits.low.probabilities[place], limits.high.probabilities[place])
            assert (point.low, point.high) == pytest.approx(found, abs=1e-9)


@pytest.mark.parametrize(("a", "b"), [((12, 15), (8, 14)), ((30, 60), (28, 55)), ((0, 3), (2, 2))])
def test_better_is_the_integral(a, b):
    one, two = Share(*a), Share(*b)
    density = stats.beta(one.k + 1, one.n - one.k + 1)
    other = stats.beta(two.k + 1, two.n - two.k + 1)
    theirs = density.expect(other.cdf)
    assert better(one, two) == pytest.approx(theirs, abs=1e-6)


def test_posterior_is_scipys():
    ours, theirs = posterior(Share(12, 15)), stats.beta(13, 4)
    assert (ours.point, ours.low, ours.high) == pytest.approx((theirs.mean(), *theirs.interval(0.95)), abs=1e-9)


def test_bootstrap_lies_near_scipys_bca():
    dice = random.Random(2)
    values = [float(dice.choice([25, 50, 75, 100])) for _ in range(25)]
    theirs = stats.bootstrap((values,), stats.tmean, n_resamples=2000, rng=1, vectorized=False).confidence_interval
    ours = bootstrap(values)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=3)
