"""Rows from CSV, Excel (.xlsx) and JSON Lines files: recognised by content, streamed, each row with its line number.

    with open_table(file) as table:
        for row in table.rows: ...

Memory stays flat in the number of rows (Excel's shared strings apart, which are bounded).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from tables.delimited import read_csv, read_json_lines
from tables.problems import Problem, Unreadable, gettext_noop
from tables.rows import MAX_ROWS, Row, Table, Value
from tables.workbook import read_xlsx

__all__ = ["MAX_BYTES", "Problem", "Row", "Table", "Unreadable", "Value", "open_table"]

MAX_BYTES = 100 * 1024 * 1024
HEAD = 64 * 1024

FOREIGN = {
    b"\xd0\xcf\x11\xe0": gettext_noop(
        "This is an old or password-protected Excel file. Save it as “Excel Workbook (.xlsx)” without a password."
    ),
    b"%PDF": gettext_noop("This is a PDF. Save the table as CSV or Excel (.xlsx)."),
    b"\x89PNG": gettext_noop("This is a picture. Save the table as CSV or Excel (.xlsx)."),
    b"\xff\xd8\xff": gettext_noop("This is a picture. Save the table as CSV or Excel (.xlsx)."),
    b"\x1f\x8b": gettext_noop("This file is packed. Unpack it first."),
    b"Rar!": gettext_noop("This file is packed. Unpack it first."),
    b"7z\xbc\xaf": gettext_noop("This file is packed. Unpack it first."),
    b"<!DOCTYPE": gettext_noop("This is a web page, not a table. Download the file again."),
    b"<html": gettext_noop("This is a web page, not a table. Download the file again."),
}


@contextmanager
def open_table(
    source: Path | str | BinaryIO, *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS
) -> Iterator[Table]:
    """The table in a file (a path or a seekable binary file). Unreadable: says why and how to mend it."""
    with Path(source).open("rb") if isinstance(source, str | Path) else nullcontext(source) as file:
        table = recognise(file, max_bytes)
        table.rows = counted(table, table.rows, max_rows)
        yield table


def recognise(file: BinaryIO, max_bytes: int) -> Table:
    """The right reader for a file, by its first bytes (names lie)."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    check_size(size, max_bytes)
    head = file.read(HEAD)
    file.seek(0)
    for signature, words in FOREIGN.items():
        if head.startswith(signature):
            raise Unreadable(words)
    if head.startswith(b"PK"):
        return read_xlsx(file, size)
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith(b"["):
        raise Unreadable(gettext_noop("This is a JSON list. Write one JSON object a line (JSON Lines) instead."))
    return read_json_lines(file, size) if bare.startswith(b"{") else read_csv(file, head, size)


def check_size(size: int, max_bytes: int) -> None:
    """Unreadable: empty, or larger than we take."""
    if size == 0:
        raise Unreadable(gettext_noop("The file is empty."))
    if size > max_bytes:
        raise Unreadable(
            gettext_noop("The file is %(size)d MB; at most %(limit)d MB can be read. Split it into several files."),
            size=-(-size // 2**20),
            limit=max_bytes // 2**20,
        )


def counted(table: Table, rows: Iterator[Row], max_rows: int) -> Iterator[Row]:
    """The rows, up to the limit, counted for the progress shown."""
    for table.seen, row in enumerate(rows, start=1):
        if table.seen > max_rows:
            raise Unreadable(
                gettext_noop("The file has more than %(limit)d rows. Split it into several files."), limit=max_rows
            )
        yield row
