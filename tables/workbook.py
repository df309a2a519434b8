"""Excel workbooks (.xlsx), read row by row with defused XML. Formulas are never worked out: the stored value counts."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any, BinaryIO

from openpyxl import load_workbook

from tables.delimited import clean_text
from tables.problems import Unreadable, gettext_noop
from tables.rows import MAX_COLUMNS, Row, Table, Value, head_place, trimmed, unique_headers

MAX_UNPACKED = 400 * 1024 * 1024
MAX_STRINGS = 64 * 1024 * 1024  # shared strings are held in memory
MAX_RATIO = 150  # real workbooks pack 5 to 40 times; bombs a thousand times and more
RATIO_FROM = 8 * 1024 * 1024
SAMPLE_ROWS = 20
HANDFUL = 100
BROKEN = gettext_noop("The Excel file is damaged. Open it in Excel or LibreOffice and save it again as .xlsx or CSV.")
TOO_LARGE = gettext_noop("The Excel file unpacks to far more than a table needs. Save the sheet as CSV.")


def read_xlsx(file: BinaryIO, size: int) -> Table:
    """The first sheet that has rows. Unreadable: damaged, no workbook, or a bomb."""
    check_package(file)
    file.seek(0)
    try:
        with quiet():
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    except Exception as error:  # openpyxl fails in many ways on a damaged file; all of them mean this
        raise Unreadable(BROKEN) from error
    for sheet in sheets:
        if table := read_sheet(sheet, file, size):
            return table
    raise Unreadable(gettext_noop("The file has no rows."))


def check_package(file: BinaryIO) -> None:
    """Refuse what is no workbook and what would unpack to too much; nothing is unpacked for this."""
    try:
        members = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable(BROKEN) from error
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise Unreadable(gettext_noop("This is a ZIP file, not an Excel table. Unpack it and choose the file inside."))
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    strings = sum(member.file_size for member in members if member.filename.lower().endswith("sharedstrings.xml"))
    is_bomb = unpacked > RATIO_FROM and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED or strings > MAX_STRINGS or is_bomb or len(members) > 2000:
        raise Unreadable(TOO_LARGE)


def read_sheet(sheet: Any, file: BinaryIO, size: int) -> Table | None:
    """A sheet as a table, None where it is empty."""
    expected = sheet.max_row or 0
    sheet.reset_dimensions()  # marketplaces' exports state wrong ones, often A1
    records = sheet_records(sheet)
    sample = list(islice(records, SAMPLE_ROWS))
    place = head_place([[as_head(value) for value in values] for _line, values in sample])
    if place < 0:
        return None
    headers = unique_headers(trimmed([as_head(value) for value in sample[place][1]]))
    rows = sheet_rows(chain(sample[place + 1 :], records), headers)
    return Table("xlsx", headers, rows, file, size, expected=max(0, expected - place - 1))


def sheet_records(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """(line, values) of each row of a sheet, read a handful at a time."""
    rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True)
    line = 1
    while True:
        try:
            with quiet():
                handful = list(islice(rows, HANDFUL))
        except Exception as error:  # as above: the damage shows only here
            raise Unreadable(BROKEN) from error
        if not handful:
            return
        yield from enumerate(handful, start=line)
        line += len(handful)


def sheet_rows(records: Iterator[tuple[int, tuple[Any, ...]]], headers: list[str]) -> Iterator[Row]:
    """Rows by column head; cells beyond the heads and blank rows are passed over."""
    for line, values in records:
        cells = [as_value(value) for value in values[: len(headers)]]
        if any(cell not in (None, "") for cell in cells):
            yield Row(line, dict(zip(headers, [*cells, *[None] * (len(headers) - len(cells))], strict=True)))


def as_value(value: Any) -> Value:
    """A cell's value as our own types."""
    if isinstance(value, str):
        return clean_text(value)
    if value is None or isinstance(value, bool | int | float | datetime | date):
        return value
    return value.isoformat() if isinstance(value, time) else str(value)


def as_head(value: Any) -> str:
    """A cell as a column head."""
    if isinstance(value, timedelta) or value is None:
        return ""
    return clean_text(str(value))


@contextmanager
def quiet() -> Iterator[None]:
    """openpyxl warns about styles and extensions that a table does not need."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield
