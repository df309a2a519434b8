"""What cells mean: dates, rupiah, numbers, flags and choices as people and programs write them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from tables.problems import BadCell, gettext_noop
from tables.rows import Value

Parser = Callable[[Value], Any]

EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"}
EXCEL_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (Excel's dates have no zone)
EXCEL_DAYS = (10_000, 80_000)  # 1927 to 2119: a bare number outside is no date
YEARS = (1990, 2100)


def as_text(value: Value) -> str:
    """Any cell as text; whole numbers without ".0" (order numbers)."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = str(value).strip()
    if text in EXCEL_ERRORS:
        raise BadCell(gettext_noop("Excel shows %(value)s here. Correct the formula or empty the cell."), value=text)
    return text


def as_number(value: Value) -> float:
    """4, "4,0", "4.5": a single dot or comma is the decimal sign."""
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    text = as_text(value).replace(" ", "")
    if not re.fullmatch(r"-?\d{1,15}([.,]\d{1,10})?", text):
        raise BadCell(gettext_noop("“%(value)s” is not a number."), value=short(value))
    return float(text.replace(",", "."))


def as_whole(value: Value) -> int:
    """A number without a fraction: 3, "3", "3,0"."""
    number = as_number(value)
    if not number.is_integer():
        raise BadCell(gettext_noop("“%(value)s” is not a whole number."), value=short(value))
    return int(number)


THOUSANDS = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}


def as_rupiah(value: Value) -> int:
    """Whole rupiah from 185000, "Rp 185.000", "Rp185.000,00", "185,000", "185rb", "1,2 jt". Never negative."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return positive(value, value)
    text = re.sub(r"(?i)^(rp|idr)\.?|\s|,-$|\.-$", "", as_text(value).strip().replace("\xa0", " "))
    match = re.fullmatch(r"(?i)(-?[\d.,]*\d)(rb|ribu|k|jt|juta)?", text)
    if match is None:
        raise BadCell(
            gettext_noop("“%(value)s” is not an amount. Write it like 185000 or Rp 185.000."), value=short(value)
        )
    digits, unit = match[1], match[2]
    if unit:
        return positive(as_number(digits) * THOUSANDS[unit.lower()], value)
    whole = re.sub(r"[.,]\d{1,2}$", "", digits)  # two digits at the end are sen; three are thousands
    return positive(float(re.sub(r"[.,]", "", whole)), value)


def positive(number: float, value: Value) -> int:
    """The amount in whole rupiah; BadCell below zero or beyond sense."""
    if not math.isfinite(number) or number < 0 or number > 10**12:
        raise BadCell(gettext_noop("“%(value)s” cannot be an amount in rupiah."), value=short(value))
    return round(number)


YES = {"yes", "y", "ya", "true", "1", "x", "✓", "benar", "iya"}
NO = {"no", "n", "tidak", "false", "0", "-", "", "salah", "tdk", "nggak"}


def as_flag(value: Value) -> bool:
    """Yes or no, in either language."""
    text = as_text(value).lower()
    if text not in YES | NO:
        raise BadCell(gettext_noop("“%(value)s” is neither yes nor no."), value=short(value))
    return text in YES


MONTH_NAMES = (
    "jan januari january|feb februari february pebruari|mar maret march|apr april|mei may|jun juni june|jul juli july|"
    "agu agustus aug august ags|sep september sept|okt oktober oct october|nov november nop|des desember dec december"
)
MONTHS = {name: n for n, names in enumerate(MONTH_NAMES.split("|"), start=1) for name in names.split()}
NUMERIC = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
NAMED = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})\.?,?[ -](\d{4})")
CLOCK = re.compile(r"[T ,]*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)? ?(am|pm)?", re.I)
ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2})$", re.I)
BAD_DATE = gettext_noop("“%(value)s” is not a date. Write it like 2026-01-31 or 31/01/2026.")


def as_date(value: Value) -> date:
    """A day: ISO, dd/mm/yyyy, "5 Januari 2026" or Excel's own."""
    return moment(value).date()


def moment_in(zone: tzinfo) -> Callable[[Value], datetime]:
    """A parser of moments; those without a zone of their own are meant in `zone`."""

    def as_moment(value: Value) -> datetime:
        found = moment(value)
        return found if found.tzinfo else found.replace(tzinfo=zone)

    return as_moment


def moment(value: Value) -> datetime:
    """The moment a cell names, midnight where it names only a day; naive unless the cell says its zone."""
    found = read_moment(value)
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise BadCell(gettext_noop("The year %(year)d cannot be meant."), year=found.year)
    return found


def read_moment(value: Value) -> datetime:
    """As above, before the year is looked at."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    number = excel_serial(value)
    if number is not None:
        return EXCEL_DAY_ZERO + timedelta(seconds=round(number * 86_400))
    text = as_text(value)
    day, rest = read_day(text)
    try:
        return datetime.combine(day, *read_clock(rest))
    except ValueError as error:
        raise BadCell(BAD_DATE, value=short(value)) from error


def excel_serial(value: Value) -> float | None:
    """Excel's day number, None for anything else. The text "45993" counts too: CSV exports of unformatted cells."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = float(value.replace(",", ".")) if re.fullmatch(r"\d{5}([.,]\d+)?", value) else None
    if not isinstance(value, int | float):
        return None
    if not EXCEL_DAYS[0] <= value <= EXCEL_DAYS[1]:
        raise BadCell(BAD_DATE, value=short(value))
    return float(value)


def read_day(text: str) -> tuple[date, str]:
    """The day a text begins with, and what follows."""
    try:
        if match := NUMERIC.match(text):
            first, month, last = match.groups()
            year, day = (first, last) if len(first) == 4 else (last, first)
            year = year if len(year) == 4 else f"20{int(year):02d}"
            return date(int(year), int(month), int(day)), text[match.end() :]
        if match := NAMED.match(text.lower()):
            return date(int(match[3]), MONTHS[match[2]], int(match[1])), text[match.end() :]
    except (ValueError, KeyError) as error:
        raise BadCell(BAD_DATE, value=short(text)) from error
    raise BadCell(BAD_DATE, value=short(text))


def read_clock(text: str) -> tuple[time] | tuple[time, tzinfo | None]:
    """The time of day at the end of a date, with its zone if it has one. ValueError: neither."""
    rest, zone = text.strip(), None
    if match := ZONE.search(rest):
        mark = match[1].upper().replace("Z", "+00:00")
        zone = datetime.fromisoformat(f"2000-01-01T00:00:00{mark if ':' in mark else mark[:3] + ':' + mark[3:]}").tzinfo
        rest = rest[: match.start()].strip()
    rest = re.sub(r"(?i) ?(wib|wita|wit)$", "", rest)
    if not rest:
        return (time(),) if zone is None else (time(), zone)
    match = CLOCK.fullmatch(rest)
    if match is None:
        raise ValueError(rest)
    hour = int(match[1]) % 12 + (12 if match[4].lower() == "pm" else 0) if match[4] else int(match[1])
    return time(hour, int(match[2]), int(match[3] or 0)), zone


def one_of(choices: Iterable[tuple[str, Any]], synonyms: Mapping[str, str] | None = None) -> Parser:
    """A parser that takes a choice's code, its words, or a synonym, however they are written."""
    known = {fold(text): code for code, label in choices for text in (str(label), code)}
    known |= {fold(text): code for text, code in (synonyms or {}).items()}
    codes = ", ".join(dict.fromkeys(code for code in known.values() if code))

    def as_choice(value: Value) -> str:
        text = fold(as_text(value))
        if text not in known:
            raise BadCell(
                gettext_noop("“%(value)s” is not known here. Use one of: %(codes)s."), value=short(value), codes=codes
            )
        return known[text]

    return as_choice


def short(value: object) -> str:
    """A value as an error quotes it."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


def fold(text: str) -> str:
    """A head or choice for comparison: lower case, no units in brackets, no punctuation."""
    bare = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", text.casefold()) or text.casefold()
    return " ".join(re.sub(r"[\W_]+", " ", bare).split()) or " ".join(text.casefold().split())
