"""The ladder on a case page: short, with what is to be done in sight."""

import pytest

from playbooks.models import TreatmentStep
from playbooks.showing import Rung, short


def rungs(states):
    """One rung for each letter: done, skipped, open, waiting, locked."""
    names = {"d": "done", "s": "skipped", "o": "open", "w": "waiting", "l": "locked"}
    return [
        Rung(TreatmentStep(), number, "", names[letter], "", "", is_next=False, speaks=False)
        for number, letter in enumerate(states, start=1)
    ]


@pytest.mark.parametrize(
    ("states", "folded"),
    [
        ("ollwl", "|o|llwl"),
        ("dsdowll", "dsd|o|wll"),
        ("ddoll", "|ddoll|"),
        ("ololllll", "|olo|lllll"),
        ("dddooo", "ddd|ooo|"),
        ("dddd", "|dddd|"),
        ("llll", "|llll|"),
        ("ddddllll", "|ddddllll|"),
        ("", "||"),
    ],
)
def test_rungs_that_ask_for_nothing_fold_away_at_the_ends(states, folded):
    parts = short(rungs(states))
    assert "|".join("".join(rung.state[0] for rung in part) for part in parts) == folded
    assert [rung.number for part in parts for rung in part] == list(range(1, len(states) + 1))
