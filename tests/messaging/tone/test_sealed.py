"""Messages by authors who knew neither frames nor corpus: as sums only, so that nobody tunes to a row."""

import json
from pathlib import Path

import pytest

from messaging.tone.evaluation import evaluate

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("name", "caught", "alarms"),
    [
        ("sealed", 0.86, 0.03),
        ("sealed_second", 0.9, 0.01),
        ("sealed_third", 0.9, 0.02),
        ("sealed_fourth", 0.8, 0.03),
        ("sealed_fifth", 0.88, 0.02),
    ],
)
def test_most_unseen_offences_are_caught_with_few_alarms(name: str, caught: float, alarms: float) -> None:
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    result = evaluate(json.loads(line) for line in lines)
    assert result["caught_share"] >= caught
    assert result["false_alarm_share"] <= alarms
