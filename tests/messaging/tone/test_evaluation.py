"""Measuring the guard."""

import pytest

from messaging.tone.evaluation import evaluate, summary, wilson

ROWS = [
    {"text": "Salah kakak sendiri.", "label": "bad", "category": "G1"},
    {"text": "Terima kasih kak.", "label": "ok", "category": "thanks"},
]


def test_evaluation_counts_per_category() -> None:
    result = evaluate(ROWS)
    assert (result["caught"], result["bad"], result["false_alarms"], result["ok"]) == (1, 1, 0, 1)
    assert result["by_category"] == {"bad G1": {"found": 1, "of": 1}, "ok thanks": {"found": 0, "of": 1}}
    assert "caught       1/1" in summary(result)


def test_missed_and_false_alarms_are_listed() -> None:
    swapped = [{**row, "label": "ok" if row["label"] == "bad" else "bad"} for row in ROWS]
    result = evaluate(swapped)
    assert result["missed"] == ["Terima kasih kak."]
    assert result["alarms"][0]["text"] == "Salah kakak sendiri."


def test_wilson_interval_matches_the_textbook() -> None:
    assert wilson(4, 60) == pytest.approx((0.026, 0.159), abs=0.001)
    assert wilson(0, 0) == (0.0, 1.0)
