import io
import json
import struct
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from tables.problems import Unreadable
from tables.reading import open_table


def read(data, **limits):
    data = data.encode() if isinstance(data, str) else data
    with open_table(io.BytesIO(data), **limits) as table:
        return table, list(table.rows)


def cells(data):
    return [list(row.cells.values()) for row in read(data)[1]]


def workbook(*rows, change=lambda book: None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data, **members):
    """The workbook with some members replaced, its ZIP otherwise whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            key = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, members.get(key, old.read(name)))
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_csv_in_any_encoding_separator_and_newline(encoding, separator, newline):
    lines = [separator.join(row) for row in (["teks", "nama"], ["barang “rusak” café", "Ayu"], ["telat", "Budi"])]
    table, rows = read(newline.join(lines).encode(encoding))
    assert table.headers == ["teks", "nama"]
    assert [row.cells["teks"] for row in rows] == ["barang “rusak” café", "telat"]


def test_csv_keeps_line_numbers_over_quoted_newlines_and_empty_lines():
    _table, rows = read('text,n\n"two\nlines",1\n\n,\n  \nlast,2\n')
    assert [(row.line, row.cells["text"]) for row in rows] == [(2, "two\nlines"), (7, "last")]


def test_csv_with_a_statement_of_the_separator():
    table, rows = read("sep=;\ntext;n\na, b;1\n")
    assert (table.headers, rows[0].cells["text"], rows[0].line) == (["text", "n"], "a, b", 3)


def test_csv_of_one_column_keeps_commas():
    assert cells("text\nhello, world; and more\nsecond\n") == [["hello, world; and more"], ["second"]]


def test_csv_with_a_title_above_the_heads():
    table, rows = read("Laporan pesanan,,\nno,item,total\n1,tas,185000\n")
    assert (table.headers, rows[0].line) == (["no", "item", "total"], 3)


def test_csv_with_double_and_blank_heads():
    assert read("text,text,,n\na,b,c,d\n")[0].headers == ["text", "text (2)", "column 3", "n"]


def test_csv_row_with_too_many_cells_is_reported_and_the_rest_read():
    _table, rows = read("a,b\n1,2,3\n4,5\n")
    assert "3 cells for 2 columns" in rows[0].problem.words()
    assert rows[1].cells == {"a": "4", "b": "5"}


def test_csv_row_with_too_few_cells_is_filled():
    assert cells("a,b,c\n1\n") == [["1", "", ""]]


def test_csv_with_an_unclosed_quote_names_the_line():
    _table, rows = read('a,b\n1,2\n"open,3\n4,5\n')
    assert (rows[1].line, "not closed" in rows[1].problem.words()) == (3, True)


def test_csv_with_a_stray_quote_goes_on_after_it():
    _table, rows = read('a,b\n"5" tv,2\nok,3\n')
    assert [row.line for row in rows if row.problem] == [2]
    assert rows[-1].cells["a"] == "ok"


def test_zero_bytes_are_left_out():
    assert cells(b"a,b\n" + b"1,2\n" * 20_000 + b"x\x00y,2\n")[-1] == ["xy", "2"]


def test_our_own_apostrophes_are_taken_off():
    assert cells("a,b\n'=1+1,'tis\n") == [["=1+1", "'tis"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n \n\n", "no rows"),
        (b"%PDF-1.7 x", "PDF"),
        (b"\xd0\xcf\x11\xe0 old", "Save it as"),
        (b"\x89PNG\r\n", "picture"),
        (b"<!DOCTYPE html><p>", "web page"),
        (b"[{}]", "one JSON object a line"),
        (bytes(range(256)) * 4, "not a table"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"a" * 2_000_000, "longer than 1 MB"),
    ],
)
def test_what_is_no_table_says_why(data, words):
    with pytest.raises(Unreadable, match=words):
        read(data)


def test_too_large_a_file_is_refused_unread():
    with pytest.raises(Unreadable, match="at most 1 MB"):
        read(b"x" * (2 * 2**20), max_bytes=2**20)


def test_too_many_rows_stop_the_reading():
    with pytest.raises(Unreadable, match="more than 2 rows"):
        read("a\n1\n2\n3\n", max_rows=2)


def test_too_many_columns_are_refused():
    with pytest.raises(Unreadable, match="at most 200"):
        read(",".join(f"c{n}" for n in range(300)) + "\n1\n")


def test_xlsx_gives_values_dates_and_lines():
    moment = datetime(2026, 1, 5, 14, 30)  # noqa: DTZ001  (Excel's dates have no zone)
    _table, rows = read(workbook(["no", "when", "total"], [1042, moment, 185000.5], [], [1043, None, 1]))
    assert rows[0].cells == {"no": 1042, "when": moment, "total": 185000.5}
    assert [row.line for row in rows] == [2, 4]


def test_xlsx_formulas_are_never_worked_out():
    _table, rows = read(workbook(["a", "b"], ["=1+1", "x"]))
    assert rows[0].cells == {"a": None, "b": "x"}


def test_xlsx_with_a_wrong_dimension_is_read_whole():
    data = workbook(["a", "b"], ["1", "2"], ["3", "4"])
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").replace(b'ref="A1:B3"', b'ref="A1"')
    assert cells(repacked(data, sheet1=sheet)) == [["1", "2"], ["3", "4"]]


def test_xlsx_reads_the_first_sheet_that_has_rows():
    def change(book):
        second = book.create_sheet("data")
        second.append(["a"])
        second.append(["1"])

    assert cells(workbook(change=change)) == [["1"]]


def test_xlsx_bomb_is_refused_unpacked():
    bomb = repacked(workbook(["a"], ["1"]), sheet1=b"<x>" + b" " * (40 * 2**20) + b"</x>")
    assert len(bomb) < 100_000
    with pytest.raises(Unreadable, match="unpacks to far more"):
        read(bomb)


def test_xlsx_bomb_that_lies_about_its_size_is_damaged():
    bomb = bytearray(repacked(workbook(["a"], ["1"]), sheet1=b"<x>" + b" " * (40 * 2**20) + b"</x>"))
    size = struct.pack("<L", 40 * 2**20 + 7)
    while (place := bomb.find(size)) >= 0:
        bomb[place : place + 4] = struct.pack("<L", 1000)
    with pytest.raises(Unreadable, match="damaged"):
        read(bytes(bomb))


def test_xlsx_with_entities_is_damaged():
    evil = b'<!DOCTYPE x [<!ENTITY e "aaaa">]><worksheet><sheetData>&e;</sheetData></worksheet>'
    with pytest.raises(Unreadable, match="damaged"):
        read(repacked(workbook(["a"], ["1"]), sheet1=evil))


def test_truncated_xlsx_is_damaged():
    with pytest.raises(Unreadable, match="damaged"):
        read(workbook(["a"], ["1"])[:-200])


def test_other_zip_says_so():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(Unreadable, match="ZIP"):
        read(out.getvalue())


def test_json_lines_read_with_bad_lines_reported():
    lines = ['{"text": "a", "n": 1}', "", "{broken", "[1]", '{"text": "b", "deep": [1, 2]}']
    table, rows = read("\ufeff" + "\n".join(lines))
    assert table.headers == ["text", "n", "deep"]
    assert [(row.line, bool(row.problem)) for row in rows] == [(1, False), (3, True), (4, True), (5, False)]
    assert rows[3].cells == {"text": "b", "deep": "[1, 2]"}


def test_json_nested_too_deep_is_a_bad_line():
    _table, rows = read('{"a": 1}\n{"a": ' + "[" * 200_000 + "\n")
    assert rows[1].problem is not None


def test_share_read_grows_to_one(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 100_000)
    with open_table(path) as table:
        next(table.rows)
        early = table.share_read()
        list(table.rows)
        assert early < 0.6 < table.share_read() == 1.0


def test_memory_stays_flat(tmp_path):
    import tracemalloc

    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": "words " * 20, "n": n}) + "\n" for n in range(20_000)))
    tracemalloc.start()
    with open_table(path) as table:
        count = sum(1 for _ in table.rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 2 * 2**20
