from tables.cells import as_rupiah
from tables.columns import Field, match_columns, read_fields
from tables.problems import Problem
from tables.rows import Row

FIELDS = [
    Field("text", "text", ("ulasan", "isi pesan"), required=True, max_length=10),
    Field("total", "total", ("jumlah",), parse=as_rupiah),
]


def test_columns_found_by_name_and_synonym():
    columns = match_columns(["No", "Isi_Pesan", "Jumlah (Rp)"], FIELDS)
    assert columns.heads == {"text": "Isi_Pesan", "total": "Jumlah (Rp)"}
    assert (columns.unused, columns.missing) == (["No"], [])


def test_columns_remembered_come_first_and_may_be_left_out():
    assert match_columns(["text", "total", "other"], FIELDS, {"text": "other", "total": ""}).heads == {"text": "other"}


def test_columns_remembered_for_another_file_are_passed_over():
    assert match_columns(["text"], FIELDS, {"text": "gone"}).heads == {"text": "text"}


def test_missing_required_column_is_named():
    assert [wanted.name for wanted in match_columns(["x"], FIELDS).missing] == ["text"]


def test_row_gives_values_and_leaves_blanks_out():
    columns = match_columns(["text", "total"], FIELDS)
    assert read_fields(Row(2, {"text": "a", "total": ""}), columns, FIELDS) == ({"text": "a"}, [])


def test_row_names_everything_that_is_wrong():
    columns = match_columns(["Ulasan", "total"], FIELDS)
    problems = read_fields(Row(7, {"Ulasan": "", "total": "abc"}), columns, FIELDS)[1]
    assert [(problem.line, problem.column) for problem in problems] == [(7, "Ulasan"), (7, "total")]


def test_too_long_a_text_is_a_problem():
    columns = match_columns(["text"], FIELDS)
    assert "11 characters" in read_fields(Row(2, {"text": "x" * 11}), columns, FIELDS)[1][0].words()


def test_unreadable_row_keeps_its_problem():
    problem = Problem("broken")
    assert read_fields(Row(4, {}, problem), match_columns(["text"], FIELDS), FIELDS)[1] == [problem.at(4)]


def test_problem_survives_json():
    problem = Problem("“%(value)s” is no number.", {"value": "x"}, 3, "total")
    assert Problem.from_json(problem.to_json()) == problem
