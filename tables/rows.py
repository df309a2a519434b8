"""What every reader gives: rows by column head, with their line numbers. Limits and column heads live here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from tables.problems import Problem, Unreadable, gettext_noop

Value = str | int | float | bool | date | datetime | None

MAX_ROWS = 1_000_000
MAX_COLUMNS = 200
MAX_LINE = 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One row: its line in the file, its cells by column head, and what made it unreadable, if anything."""

    line: int
    cells: Mapping[str, Value] = field(default_factory=dict)
    problem: Problem | None = None


@dataclass
class Table:
    """A file being read: kind (csv, xlsx, jsonl), column heads, rows (once through), remarks for the person."""

    kind: str
    headers: list[str]
    rows: Iterator[Row]
    file: BinaryIO
    size: int
    notes: list[Problem] = field(default_factory=list)
    seen: int = 0
    expected: int = 0

    def share_read(self) -> float:
        """How much has been read, 0 to 1: by rows where their number is known, else by bytes."""
        if self.expected:
            return min(1.0, self.seen / self.expected)
        try:
            return min(1.0, self.file.tell() / max(1, self.size))
        except ValueError:  # closed: at its end
            return 1.0


def unique_headers(cells: list[str]) -> list[str]:
    """Column heads without doubles and blanks: "text", "text (2)", "column 3"."""
    if len(cells) > MAX_COLUMNS:
        raise Unreadable(
            gettext_noop("The file has %(count)d columns; at most %(limit)d can be read."),
            count=len(cells),
            limit=MAX_COLUMNS,
        )
    headers: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.split())[:80] or f"column {number}"
        twin, copy = name, 2
        while twin in headers:
            twin, copy = f"{name} ({copy})", copy + 1
        headers.append(twin)
    return headers


def is_title(cells: list[str], following: list[list[str]]) -> bool:
    """True for a lone title above the real column heads (marketplaces' exports)."""
    filled = sum(1 for cell in cells if cell)
    return filled == 1 and any(sum(1 for cell in row if cell) > 2 for row in following)


def trimmed(cells: list[str]) -> list[str]:
    """Without the blank cells at the end."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def head_place(rows: list[list[str]]) -> int:
    """Which of the first rows holds the column heads; -1 where all are blank."""
    for place, cells in enumerate(rows):
        if any(cells) and not is_title(cells, rows[place + 1 :]):
            return place
    return -1
