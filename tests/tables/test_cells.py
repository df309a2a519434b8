from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tables.cells import as_date, as_flag, as_number, as_rupiah, as_text, as_whole, fold, moment_in, one_of
from tables.problems import BadCell

WIB = ZoneInfo("Asia/Jakarta")


def wib(*parts):
    return datetime(*parts, tzinfo=WIB)


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        (185000, 185000),
        (185000.0, 185000),
        ("185000", 185000),
        ("Rp 185.000", 185000),
        ("Rp185.000,00", 185000),
        ("rp. 185.000,-", 185000),
        ("185,000", 185000),
        ("185,000.00", 185000),
        ("IDR 1.250.000", 1250000),
        ("Rp\xa01.250.000", 1250000),
        ("185rb", 185000),
        ("1,2 jt", 1200000),
        ("0", 0),
    ],
)
def test_rupiah(cell, rupiah):
    assert as_rupiah(cell) == rupiah


@pytest.mark.parametrize("cell", ["abc", "-5", -5, "12rbx", float("inf"), float("nan"), "1e9", 10**15])
def test_rupiah_that_is_none(cell):
    with pytest.raises(BadCell):
        as_rupiah(cell)


@pytest.mark.parametrize(("cell", "number"), [("4,0", 4.0), ("4.5", 4.5), (5, 5.0), (4.0, 4.0), ("-3", -3.0)])
def test_number(cell, number):
    assert as_number(cell) == number


@pytest.mark.parametrize("cell", ["", "empat", "1.000.000", True, "nan", "1e5"])
def test_number_that_is_none(cell):
    with pytest.raises(BadCell):
        as_number(cell)


def test_whole_number():
    assert as_whole("3,0") == 3
    with pytest.raises(BadCell, match="whole"):
        as_whole("3,5")


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-01-31", wib(2026, 1, 31)),
        ("2026-01-31 14:30", wib(2026, 1, 31, 14, 30)),
        ("2026-01-31T14:30:05+07:00", datetime(2026, 1, 31, 14, 30, 5, tzinfo=timezone(timedelta(hours=7)))),
        ("2026-01-31T07:30:00Z", datetime(2026, 1, 31, 7, 30, tzinfo=UTC)),
        ("2026-01-31T07:30:00.123+0000", datetime(2026, 1, 31, 7, 30, tzinfo=UTC)),
        ("31/01/2026", wib(2026, 1, 31)),
        ("31-1-26 9.05", wib(2026, 1, 31, 9, 5)),
        ("31.01.2026 14:30 WIB", wib(2026, 1, 31, 14, 30)),
        ("31/01/2026 02:30 PM", wib(2026, 1, 31, 14, 30)),
        ("31 Januari 2026", wib(2026, 1, 31)),
        ("31 Okt 2026, 08:00", wib(2026, 10, 31, 8)),
        (46053, wib(2026, 1, 31)),
        (46053.5, wib(2026, 1, 31, 12)),
        ("46053", wib(2026, 1, 31)),
        (wib(2026, 1, 31, 14, 30).replace(tzinfo=None), wib(2026, 1, 31, 14, 30)),
        (date(2026, 1, 31), wib(2026, 1, 31)),
    ],
)
def test_moment(cell, moment):
    assert moment_in(WIB)(cell) == moment


@pytest.mark.parametrize(
    "cell",
    ["", "besok", "01/13/2026", "32/01/2026", "2026-01-31 25:00", "1026-01-01", 7, True, "31/01/2026 x"],
)
def test_moment_that_is_none(cell):
    with pytest.raises(BadCell):
        moment_in(WIB)(cell)


def test_date_leaves_the_time_out():
    assert as_date("31/01/2026 14:30") == date(2026, 1, 31)


@pytest.mark.parametrize(("cell", "text"), [(1042.0, "1042"), (None, ""), (" a ", "a"), (4.5, "4.5")])
def test_text(cell, text):
    assert as_text(cell) == text


def test_excel_errors_are_no_text():
    with pytest.raises(BadCell, match="#REF!"):
        as_text("#REF!")


@pytest.mark.parametrize(("cell", "flag"), [("Ya", True), ("tidak", False), (1, True), (False, False), ("x", True)])
def test_flag(cell, flag):
    assert as_flag(cell) is flag


def test_choice_by_code_words_and_synonym():
    parse = one_of([("whatsapp", "WhatsApp"), ("other", "Other")], {"WA": "whatsapp"})
    assert [parse(cell) for cell in ("whatsapp", " WHATSAPP ", "wa", "Other")] == ["whatsapp"] * 3 + ["other"]
    with pytest.raises(BadCell, match="whatsapp, other"):
        parse("pigeon")


def test_fold_leaves_units_and_marks_out():
    assert fold("Total_Harga (Rp)*") == "total harga"
