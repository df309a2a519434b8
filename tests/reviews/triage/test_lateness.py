"""Days late as customers write them."""

import pytest

from reviews.triage.lateness import days_late


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("telat 3 hari", 3),
        ("terlambat dua hari dari perkiraan", 2),
        ("5 hari telat", 5),
        ("lebih lama 3 hari", 3),
        ("telat seminggu", 7),
        ("molor 2 minggu", 14),
        ("2 days late", 2),
        ("delayed by 4 days", 4),
        ("sampai dalam 3 hari, cepat", None),
        ("telat", None),
        ("telat 4000 hari", None),
        ("", None),
    ],
)
def test_days_late_as_stated(text, days):
    assert days_late(text) == days
