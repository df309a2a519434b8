"""No text makes the guard fail, and its spans always cut the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.tone import apply, check, similarity
from messaging.tone.lexicon import LEXICON

PIECES = [entry.replace("_", " ") for entries in LEXICON.values() for entry in entries.split()]
MESSY = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8), st.sampled_from('.,!?;\n>"⭐🙄')), max_size=40)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_unicode_gives_a_report(text: str) -> None:
    report = check(text, needs=["R1", "R6"], context={"item": text, "days_late": 2, "customer_text": text})
    assert set(report.missing) <= {"R1", "R6"}


@given(MESSY)
def test_findings_cut_the_text_and_can_be_applied(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for finding in check(text).findings:
        start, end = finding.sentence
        assert 0 <= start <= finding.start < finding.end <= end <= len(text)
        assert finding.rewrite in apply(text, finding)


@given(MESSY)
def test_check_gives_the_same_twice(pieces: list[str]) -> None:
    assert check(" ".join(pieces)) == check(" ".join(pieces))


@given(st.text(max_size=80), st.text(max_size=80))
def test_similarity_is_symmetric_and_bounded(first: str, second: str) -> None:
    assert similarity(first, second) == similarity(second, first)
    assert 0 <= similarity(first, second) <= 1


@pytest.mark.parametrize(
    "unit",
    ["a", "kakak ", "salah kakak tidak baca dulu ", '"', "⭐", "!?", " ", "a\u0301", "\0", ">\n", "\ufdfa", "\ud800"],
)
def test_hostile_repetition_is_survived(unit: str) -> None:
    assert len(check((unit * 20_000)[:20_000]).findings) <= 50
