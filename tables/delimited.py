"""CSV and JSON Lines: encoding, delimiter and quotes found out, one physical line in memory at a time."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from tables.problems import Problem, Unreadable, gettext_noop
from tables.rows import MAX_LINE, Row, Table, Value, head_place, trimmed, unique_headers

DELIMITERS = ",;\t|"
NO_DELIMITER = "\x1f"  # a file of one column: this character never occurs in it
MAX_CELL = 131_072
SAMPLE_ROWS = 20
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
TEXT_CONTROLS = b"\t\n\r\x0c\x1b"
NOT_TEXT = gettext_noop("This is not a table. Save it as CSV, Excel (.xlsx) or JSON Lines.")
LONG_LINE = gettext_noop("Line %(line)d is longer than 1 MB. This does not look like a table.")


# --- encoding ---------------------------------------------------------------------------------------------------------


def encoding_of(file: BinaryIO, head: bytes) -> str:
    """utf-8, utf-8-sig, utf-16 or cp1252 (what Excel on Windows writes), by BOM, zero bytes and a full decoding."""
    for bom, name in BOMS.items():
        if head.startswith(bom):
            return name
    if name := utf_16_without_bom(head):
        return name
    if any(byte < 32 and byte not in TEXT_CONTROLS for byte in head):
        raise Unreadable(NOT_TEXT)
    return next((name for name in ("utf-8", "cp1252") if decodes(file, name)), "latin-1")


def utf_16_without_bom(head: bytes) -> str:
    """utf-16-le or -be where every second byte is zero more often than not, else ""."""
    sample = head[:2000]
    evens, odds = sample[0::2].count(0), sample[1::2].count(0)
    if max(evens, odds) * 3 < len(sample) or min(evens, odds) > 2:
        return ""
    return "utf-16-le" if odds > evens else "utf-16-be"


def decodes(file: BinaryIO, encoding: str) -> bool:
    """True where the whole file is valid in this encoding; a piece at a time, the file back at its start."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(1024 * 1024):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True


def text_lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Physical lines with their ends, none longer than MAX_LINE."""
    wrapper = io.TextIOWrapper(_Kept(file), encoding=encoding, newline="", errors="replace")
    number = 0
    while line := wrapper.readline(MAX_LINE):
        number += 1
        if len(line) >= MAX_LINE:
            raise Unreadable(LONG_LINE, line=number)
        yield line


class _Kept(io.BufferedReader):
    """Reads a binary file without closing it at the end: the file belongs to the caller."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(_Raw(file))


class _Raw(io.RawIOBase):
    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.file.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


# --- CSV --------------------------------------------------------------------------------------------------------------


def read_csv(file: BinaryIO, head: bytes, size: int) -> Table:
    """A CSV file, its delimiter and column heads found out."""
    encoding = encoding_of(file, head)
    lines = text_lines(file, encoding)
    first = list(islice(lines, 200))
    skipped, delimiter = stated_delimiter(first)
    delimiter = delimiter or likely_delimiter(first)
    records = records_of(chain(first[skipped:], lines), delimiter, skipped)
    sample = list(islice(records, SAMPLE_ROWS))
    place = head_place([cells for _line, cells, _problem in sample])
    if place < 0:
        raise Unreadable(gettext_noop("The file has no rows."))
    headers = unique_headers(trimmed(sample[place][1]))
    table = Table("csv", headers, csv_rows(chain(sample[place + 1 :], records), headers), file, size)
    if encoding in ("cp1252", "latin-1"):
        table.notes.append(Problem(gettext_noop("The file is not UTF-8; it was read as Windows-1252.")))
    return table


def stated_delimiter(lines: list[str]) -> tuple[int, str]:
    """(1, ";") for Excel's first line "sep=;", else (0, "")."""
    first = lines[0].strip().lower() if lines else ""
    return (1, lines[0].strip()[4]) if first.startswith("sep=") and len(first) == 5 else (0, "")


def likely_delimiter(lines: list[str]) -> str:
    """The delimiter that cuts the first rows into the same number of cells, and into most."""
    found = {delimiter: evenness(lines, delimiter) for delimiter in DELIMITERS}
    best = max(found, key=lambda delimiter: found[delimiter])
    return best if found[best] > (0, 0) else NO_DELIMITER


def evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """(rows as wide as most are, that width); (0, 0) where the delimiter cuts nothing.

    The first row must be cut too, unless it is a title above rows that are all cut alike.
    """
    sample = islice(records_of(iter(lines), delimiter, 0), SAMPLE_ROWS)
    widths = [len(cells) for _line, cells, problem in sample if problem is None and any(cells)]
    if not widths or max(widths) < 2 or (widths[0] < 2 and (len(set(widths[1:])) > 1 or max(widths) < 3)):
        return (0, 0)
    width = max((width for width in widths if width > 1), key=lambda width: (widths.count(width), width))
    return (widths.count(width), width)


Record = tuple[int, list[str], Problem | None]


def records_of(lines: Iterator[str], delimiter: str, skipped: int) -> Iterator[Record]:
    """(line, cells, problem) of each record; a record that breaks the rules of quotes is a problem, not the end."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, [], quote_problem(str(error), line, reader.line_num + skipped)
        else:
            yield line, [clean_text(cell) for cell in cells], None


def quote_problem(error: str, line: int, last: int) -> Problem:
    """What the csv module found, in words a person can act on."""
    if "field larger" in error or "unexpected end" in error:
        words = gettext_noop("A quotation mark that is opened here is not closed (up to line %(last)d).")
        return Problem(words, {"last": last}, line)
    return Problem(gettext_noop("A quotation mark stands inside a cell; write it twice."), {}, line)


def csv_rows(records: Iterator[Record], headers: list[str]) -> Iterator[Row]:
    """Rows by column head; blank lines are passed over."""
    for line, cells, problem in records:
        cells = trimmed(cells)
        if problem is not None:
            yield Row(line, {}, problem)
        elif len(cells) > len(headers):
            words = gettext_noop(
                "%(count)d cells for %(columns)d columns. Put quotation marks round a cell that contains the separator."
            )
            yield Row(line, {}, Problem(words, {"count": len(cells), "columns": len(headers)}, line))
        elif cells:
            yield Row(line, dict(zip(headers, [*cells, *[""] * (len(headers) - len(cells))], strict=True)))


def clean_text(cell: str) -> str:
    """A cell without surrounding space, zero bytes and the apostrophe that our own exports put before formulas."""
    cell = cell.replace("\x00", "").replace("\r\n", "\n").strip().lstrip("\ufeff")
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell


# --- JSON Lines -------------------------------------------------------------------------------------------------------

HEADER_SAMPLE = 100


def read_json_lines(file: BinaryIO, size: int) -> Table:
    """A file with one JSON object a line; its column heads are the keys of the first objects."""
    lines = text_lines(file, "utf-8-sig")
    rows = json_rows(enumerate(lines, start=1))
    sample = list(islice(rows, HEADER_SAMPLE))
    headers = list(dict.fromkeys(key for row in sample for key in row.cells))
    if not headers and not any(row.problem for row in sample):
        raise Unreadable(gettext_noop("The file has no rows."))
    return Table("jsonl", unique_headers(headers), chain(sample, rows), file, size)


def json_rows(lines: Iterator[tuple[int, str]]) -> Iterator[Row]:
    """One row a line; blank lines are passed over."""
    for number, line in lines:
        if not line.strip():
            continue
        try:
            data = json.loads(line, parse_constant=str)
        except (ValueError, RecursionError):
            yield Row(number, {}, Problem(gettext_noop("This line is not valid JSON."), {}, number))
            continue
        if isinstance(data, dict):
            yield Row(number, {str(key): json_value(value) for key, value in data.items()})
        else:
            yield Row(number, {}, Problem(gettext_noop("This line is not a JSON object."), {}, number))


def json_value(value: Any) -> Value:
    """Texts, numbers and flags as they are; lists and objects as their JSON."""
    if isinstance(value, str):
        return clean_text(value)
    return value if value is None or isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)
