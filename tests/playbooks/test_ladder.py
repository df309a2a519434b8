"""The ladder on a case page: short, with what is to be done in sight."""

import pytest

from playbooks.models import TreatmentStep
from playbooks.showing import Rung, ladder


def rungs(states):
    """One rung for each letter: done, skipped, open, waiting, locked; a capital is the next one."""
    names = {"d": "done", "s": "skipped", "o": "open", "w": "waiting", "l": "locked"}
    return [
        Rung(TreatmentStep(), number, "", names[letter.lower()], "", "", is_next=letter.isupper(), speaks=False)
        for number, letter in enumerate(states, start=1)
    ]


@pytest.mark.parametrize(
    ("states", "folded"),
    [
        ("Ollwl", "|ollwl|"),
        ("Olololll", "|olololll|"),
        ("Olololllo", "|ololol|llo"),
        ("dsdOwll", "dsd|owll|"),
        ("ddOolllllll", "|ddooll|lllll"),
        ("dddooooooOolll", "ddd|oooooooo|lll"),
        ("dddd", "|dddd|"),
        ("llll", "|llll|"),
        ("", "||"),
    ],
)
def test_the_next_rung_and_its_neighbours_are_in_sight(states, folded):
    parts = ladder(rungs(states))
    assert "|".join("".join(rung.state[0] for rung in part) for part in parts) == folded
    assert [rung.number for part in parts for rung in part] == list(range(1, len(states) + 1))
