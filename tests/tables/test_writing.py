import csv
import io

import pytest
from openpyxl import load_workbook

from tables.reading import open_table
from tables.writing import csv_lines, safe_cell, write_xlsx

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]


@pytest.mark.parametrize("cell", EVIL)
def test_no_cell_starts_a_formula(cell):
    assert safe_cell(cell)[0] == "'"


def test_numbers_flags_and_blanks():
    assert [safe_cell(cell) for cell in (-5, 1.5, True, None, "a\x00b")] == [-5, 1.5, "yes", "", "ab"]


def test_csv_opens_in_excel_and_round_trips():
    data = b"".join(csv_lines(["text", "n"], [["=1+1", 1], ['two\nlines; “q”, "x"', 2]]))
    assert data.startswith(b"\xef\xbb\xbf")
    with open_table(io.BytesIO(data)) as table:
        assert [row.cells["text"] for row in table.rows] == ["=1+1", 'two\nlines; “q”, "x"']


def test_csv_cells_never_start_a_formula():
    rows = csv.reader(io.StringIO(b"".join(csv_lines(EVIL, [EVIL])).decode("utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell[0] in "=+-@\t\r\n＝"]


def test_xlsx_cells_are_texts_not_formulas():
    out = io.BytesIO()
    write_xlsx(out, ["text"], [[cell] for cell in EVIL], title="a/b")
    sheet = load_workbook(io.BytesIO(out.getvalue())).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


def test_xlsx_cuts_what_excel_cannot_hold():
    out = io.BytesIO()
    write_xlsx(out, ["text"], [["x" * 40_000]])
    assert len(load_workbook(io.BytesIO(out.getvalue())).active["A2"].value) == 32_767
