"""Every formula on the worked examples of domain.md section 6."""

import pytest

from figures.comparing import better, posterior, stratified, verdict
from figures.means import cronbach_alpha, kappa, t_interval
from figures.shares import Share, newcombe, recommend, shrunk, wilson
from figures.survival import curve, quantile


@pytest.mark.parametrize(
    ("k", "n", "low", "high"), [(12, 15, 0.548, 0.930), (3, 4, 0.301, 0.954), (5, 20, 0.112, 0.469)]
)
def test_wilson_gives_the_worked_intervals(k: int, n: int, low: float, high: float) -> None:
    found = wilson(k, n)
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


def test_newcombe_gives_the_worked_difference() -> None:
    found = newcombe(Share(12, 15), Share(8, 14))
    assert [round(x, 3) for x in (found.point, found.low, found.high)] == [0.229, -0.102, 0.506]


def test_curve_censors_what_is_still_open() -> None:
    points = curve([(1, True), (2, True), (3, False), (5, True), (8, False), (9, True)])
    assert [round(point.open, 3) for point in points] == [0.833, 0.667, 0.444, 0.0]
    assert quantile(points, 0.5) == 5


def test_curve_without_events_has_no_median() -> None:
    assert quantile(curve([(1, False), (2, False)]), 0.5) is None


def test_better_is_exact() -> None:
    assert better(Share(12, 15), Share(8, 14)) == pytest.approx(0.8995, abs=5e-5)


@pytest.mark.parametrize(("chance", "word"), [(0.5, "unclear"), (0.93, "leaning"), (0.98, "strong"), (0.01, "strong")])
def test_verdict_speaks_in_words(chance: float, word: str) -> None:
    assert verdict(chance) == word


def test_posterior_of_nothing_is_flat() -> None:
    found = posterior(Share(0, 0))
    assert [round(x, 3) for x in (found.point, found.low, found.high)] == [0.5, 0.025, 0.975]


@pytest.mark.parametrize(("k", "n", "rate"), [(1, 2, 0.25), (5, 20, 0.233), (30, 100, 0.291)])
def test_shrunk_pulls_small_numbers_to_the_pool(k: int, n: int, rate: float) -> None:
    assert round(shrunk(k, n, 2, 8), 3) == rate


def test_recommend_score_has_a_wide_interval() -> None:
    found = recommend(28, 9, 50)
    assert [round(x, 1) for x in (found.point, found.low, found.high)] == [38.0, 16.6, 59.4]


def test_layer_score_example() -> None:
    found = t_interval([25 * (x - 1) for x in (4, 5, 4, 3, 5, 4, 2, 4)])
    assert (round(found.point, 1), round(found.high - found.point, 1)) == (71.9, 20.7)


def test_kappa_example() -> None:
    assert kappa([[18, 3], [6, 13]]) == pytest.approx(0.545, abs=5e-4)


def test_alpha_of_equal_items_is_one() -> None:
    assert cronbach_alpha([[1, 1], [2, 2], [4, 4]]) == pytest.approx(1.0)


def test_stratified_with_one_stratum_is_the_plain_difference() -> None:
    assert stratified([(Share(12, 15), Share(8, 14))]).point == pytest.approx(12 / 15 - 8 / 14)
