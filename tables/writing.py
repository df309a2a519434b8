"""Tables out: CSV and Excel, streamed. No cell can start a formula in the program that opens it (CWE-1236)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, BinaryIO

from openpyxl import Workbook

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
EXCEL_CELL = 32_767
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe_cell(value: Any) -> str | int | float:
    """A cell as it may stand in a file: numbers stay numbers, a text that could start a formula gets an apostrophe.

    Our own reader takes the apostrophe off again.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    text = CONTROLS.sub("", text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _Echo:
    """A file whose write gives back what was written: csv.writer then yields lines."""

    def write(self, text: str) -> str:
        return text


def csv_lines(headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A CSV file piece by piece: UTF-8 with BOM (Excel needs it), comma, CRLF."""
    writer: Any = csv.writer(_Echo())
    yield b"\xef\xbb\xbf"
    for row in chain([headers], rows):
        yield writer.writerow([safe_cell(cell) for cell in row]).encode()


def write_xlsx(
    file: BinaryIO, headers: Sequence[Any], rows: Iterable[Sequence[Any]], *, title: str = "ShopCare"
) -> None:
    """An Excel workbook with one sheet, written row by row (flat memory)."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    sheet.append([safe_cell(cell) for cell in headers])
    for row in rows:
        sheet.append([excel_cell(cell) for cell in row])
    book.save(file)


def excel_cell(value: Any) -> str | int | float:
    """A safe cell within Excel's length."""
    cell = safe_cell(value)
    return cell[:EXCEL_CELL] if isinstance(cell, str) else cell
