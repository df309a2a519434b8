"""The same figures from statsmodels and lifelines, where they are installed (requirements-train.txt)."""

import random

import pytest

from figures.comparing import stratified
from figures.means import kappa
from figures.shares import Share, newcombe, wilson
from figures.survival import curve, median_interval, quantile

DICE = random.Random(8)


def times(n, seed):
    """(time, happened) with ties; about a third is censored."""
    dice = random.Random(seed)
    return [(round(dice.expovariate(0.2), 1), dice.random() < 0.7) for _ in range(n)]


# --- statsmodels ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("k", "n"), [(0, 5), (3, 4), (12, 15), (5, 20), (399, 400)])
def test_wilson_is_statsmodels(k, n):
    proportion = pytest.importorskip("statsmodels.stats.proportion", reason="requirements-train.txt has it")
    ours = wilson(k, n)
    assert (ours.low, ours.high) == pytest.approx(proportion.proportion_confint(k, n, method="wilson"), abs=1e-9)


@pytest.mark.parametrize(("a", "b"), [((12, 15), (8, 14)), ((30, 60), (28, 55)), ((0, 20), (3, 25)), ((7, 7), (1, 9))])
def test_newcombe_is_statsmodels(a, b):
    proportion = pytest.importorskip("statsmodels.stats.proportion", reason="requirements-train.txt has it")
    theirs = proportion.confint_proportions_2indep(*a, *b, method="newcomb", compare="diff")
    ours = newcombe(Share(*a), Share(*b))
    assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-9)


def test_kappa_is_statsmodels():
    rater = pytest.importorskip("statsmodels.stats.inter_rater", reason="requirements-train.txt has it")
    for table in ([[18, 3], [6, 13]], [[5, 1, 0], [2, 9, 3], [0, 4, 7]]):
        assert kappa(table) == pytest.approx(rater.cohens_kappa(table).kappa, abs=1e-9)


def test_difference_within_strata_weighs_as_statsmodels_odds_do():
    """statsmodels pools odds, not differences: with Mantel and Haenszel's weights both say which side is better."""
    tables = pytest.importorskip("statsmodels.stats.contingency_tables", reason="requirements-train.txt has it")
    pairs = [(Share(12, 30), Share(5, 20)), (Share(9, 15), Share(10, 25)), (Share(15, 20), Share(12, 20))]
    theirs = tables.StratifiedTable([[[a.k, a.n - a.k], [b.k, b.n - b.k]] for a, b in pairs])
    assert (stratified(pairs).point > 0) == (theirs.logodds_pooled > 0)
    same = [(Share(6, 20), Share(3, 10)), (Share(10, 20), Share(15, 30))]
    assert stratified(same).point == pytest.approx(0, abs=1e-12)


# --- lifelines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "seed"), [(6, 1), (40, 2), (300, 3)])
def test_curve_is_lifelines_with_its_limits(n, seed):
    lifelines = pytest.importorskip("lifelines", reason="requirements-train.txt has it")
    rows = times(n, seed)
    fitter = lifelines.KaplanMeierFitter().fit([time for time, _h in rows], [happened for _t, happened in rows])
    for point in curve(rows):
        assert point.open == pytest.approx(fitter.survival_function_.loc[point.time].iloc[0], abs=1e-9)
        if 0 < point.open < 1:
            limits = fitter.confidence_interval_.loc[point.time]
            assert (point.low, point.high) == pytest.approx((limits.iloc[0], limits.iloc[1]), abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_median_and_its_interval_are_lifelines(seed):
    lifelines = pytest.importorskip("lifelines", reason="requirements-train.txt has it")
    rows = times(80, seed)
    fitter = lifelines.KaplanMeierFitter().fit([time for time, _h in rows], [happened for _t, happened in rows])
    points = curve(rows)
    assert quantile(points, 0.5) == pytest.approx(fitter.median_survival_time_)
    theirs = lifelines.utils.median_survival_times(fitter.confidence_interval_).to_numpy()[0]
    low, high = median_interval(points)
    assert low == pytest.approx(theirs[0])
    assert (float("inf") if high is None else high) == pytest.approx(theirs[1])
