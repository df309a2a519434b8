import pytest

from language.evaluation import (
    calibration_error,
    class_scores,
    coverage_and_precision,
    macro_f1,
    reliability,
    report,
)

TRUTH = ["self", "self", "shop", "shop", "shop", "unclear"]
GUESS = ["self", "shop", "shop", "shop", "unclear", "unclear"]


def test_class_scores_match_a_hand_count():
    shop = class_scores(TRUTH, GUESS)["shop"]
    assert (shop.precision, shop.recall, shop.support) == (pytest.approx(2 / 3), pytest.approx(2 / 3), 3)


def test_macro_f1_is_the_plain_mean():
    assert macro_f1(TRUTH, GUESS) == pytest.approx((2 / 3 + 2 / 3 + 2 / 3) / 3)


def test_no_rows_score_nothing():
    assert macro_f1([], []) == 0
    assert calibration_error([], []) == 0


def test_coverage_and_precision_of_what_was_taken():
    assert coverage_and_precision([True, False, True, True], [True, True, False, False]) == (0.5, 0.5)


def test_calibration_error_is_the_weighted_gap():
    assert calibration_error([0.9, 0.9, 0.6, 0.6], [True, True, False, True]) == pytest.approx(0.1)


def test_a_confidence_of_one_falls_in_the_last_bin():
    assert reliability([1.0], [True])[0].high == 1.0


def test_report_is_plain_values():
    found = report(TRUTH, GUESS, [0.5] * 6)
    assert found["confusion"]["self"]["shop"] == 1
    assert found["rows"] == 6
