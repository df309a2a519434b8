"""How many days late a review says the parcel was: "telat 3 hari", "2 days late", "seminggu lebih lama"."""

from __future__ import annotations

import re

_NUMBERS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9}
_NUMBERS |= {"sepuluh": 10, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "a": 1, "se": 1}
_LATE = r"(?:telat|terlambat|keterlambatan|ngaret|molor|mundur|meleset|lebih lama|delay(?:ed)?|late)"
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>hari|hr|days?|minggu|mggu|weeks?|bulan|bln|months?)"
_FILL = (
    r"(?:\W+(?:sampai|sampe|sampainya|banget|bgt|sekitar|kurang|hampir|about|by|almost|selama|dari|jadwal|pengiriman"
    r"|kirim|datang|dateng|nyampe|paket|nya))*"
)
PATTERNS = (
    re.compile(rf"\b{_LATE}(?:nya)?{_FILL}\W*\b{_COUNT}\W?{_UNIT}", re.IGNORECASE),
    re.compile(rf"\b{_COUNT}\W?{_UNIT}{_FILL}\W+{_LATE}\b", re.IGNORECASE),
)
_DAYS = {"h": 1, "d": 1, "m": 7, "w": 7, "b": 30}
MOST = 365


def days_late(text: str) -> int | None:
    """Days late as the customer states them, None where no number is named. 1 week is 7 days, 1 month 30."""
    for pattern in PATTERNS:
        if match := pattern.search(text[:5_000]):
            word = match["n"].lower()
            count = int(word) if word.isdigit() else _NUMBERS[word]
            unit = match["unit"].lower()
            days = count * (30 if unit.startswith("mo") else _DAYS[unit[0]])
            return days if 0 < days <= MOST else None
    return None
