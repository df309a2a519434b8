"""Time left, in words."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from cases.clocks import clock

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("seconds", "state", "text"),
    [(7200, "ok", "2 h left"), (300, "soon", "5 min left"), (30, "soon", "now"), (0, "soon", "now")],
)
def test_time_left_in_words(seconds: int, state: str, text: str) -> None:
    found = clock(NOON + timedelta(seconds=seconds), NOON)
    assert found
    assert (found.state, found.text) == (state, text)


@pytest.mark.parametrize(("seconds", "state", "text"), [(30, "soon", "now"), (90, "late", "1 min late")])
def test_nobody_is_late_within_the_minute(seconds: int, state: str, text: str) -> None:
    found = clock(NOON - timedelta(seconds=seconds), NOON)
    assert found
    assert (found.state, found.text) == (state, text)


def test_what_was_done_is_in_time_or_was_late() -> None:
    early, late = (clock(NOON, NOON, NOON + timedelta(seconds=shift)) for shift in (0, 1))
    assert early
    assert late
    assert (early.state, late.state) == ("done", "late")


def test_nothing_due_has_no_clock() -> None:
    assert clock(None, NOON) is None


def test_what_is_over_is_late_no_more() -> None:
    assert clock(NOON - timedelta(days=12), NOON, is_over=True) is None
    done = clock(NOON, NOON, NOON - timedelta(hours=1), is_over=True)
    assert done
    assert done.state == "done"
