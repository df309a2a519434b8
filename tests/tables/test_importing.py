import io

import pytest

from tables.columns import Field, match_columns
from tables.importing import Job, Rejected, Report, batched, content_key, run
from tables.reading import open_table

FIELDS = [Field("text", "text", required=True)]


class Clash(Exception):
    """A constraint of a database."""


class Books:
    """A store that refuses "bad" with the rest of its batch, as a database does."""

    def __init__(self):
        self.kept = {}

    def known(self, rows):
        return {row.key for row in rows} & set(self.kept)

    def store(self, rows):
        if any(row.values["text"] == "bad" for row in rows):
            raise Rejected("bad word", "text")
        if any(row.values["text"] == "clash" for row in rows):
            raise Clash
        self.kept |= {row.key: row.values["text"] for row in rows}

    def check(self, parsed):
        if parsed.values["text"] == "unwanted":
            raise Rejected("not wanted", "text")

    def job(self):
        key = lambda values: content_key(values["text"])  # noqa: E731  (one line of this table)
        return Job(FIELDS, key, self.known, self.store, self.check, refused=(Clash,), batch=3)


def import_(text, books, **options):
    with open_table(io.BytesIO(text.encode())) as table:
        return run(table, match_columns(table.headers, FIELDS), books.job(), **options)


def test_rows_are_stored_once_and_known_again():
    books = Books()
    first = import_("text\na\nb\nc\nd\n", books)
    second = import_("text\na\nb\nc\nd\ne\n", books)
    assert (first.added, first.known, second.added, second.known) == (4, 0, 1, 4)


def test_doubles_in_one_batch_are_stored_once():
    books = Books()
    report = import_("text\na\na\n", books)
    assert (report.added, report.known, len(books.kept)) == (1, 1, 1)


@pytest.mark.parametrize("word", ["bad", "clash", "unwanted"])
def test_bad_row_is_rejected_alone(word):
    books = Books()
    report = import_(f"text\na\n{word}\nc\n", books)
    assert (report.added, report.rejected, sorted(books.kept.values())) == (2, 1, ["a", "c"])
    assert report.problems[0].line == 3


def test_dry_run_stores_nothing_and_reports_the_same():
    books = Books()
    report = import_("text\na\nunwanted\nb\n", books, dry_run=True)
    assert (report.added, report.rejected, books.kept) == (2, 1, {})


def test_interrupted_run_keeps_whole_batches_and_goes_on_later():
    books, report = Books(), Report()

    def stop(so_far):
        raise KeyboardInterrupt

    text = "text\n" + "\n".join("abcdefg") + "\n"
    with pytest.raises(KeyboardInterrupt):
        import_(text, books, report=report, progress=stop)
    assert report.added == len(books.kept) == 3
    assert import_(text, books).added == 4


def test_unused_columns_are_noted():
    with open_table(io.BytesIO(b"text,mood\na,b\n")) as table:
        report = run(table, match_columns(table.headers, FIELDS), Books().job())
    assert "mood" in report.notes[0].words()


def test_kept_problems_are_bounded():
    report = import_("text\n" + "unwanted\n" * 1500, Books())
    assert (report.rejected, len(report.problems)) == (1500, 1000)


def test_content_key_tells_parts_apart():
    assert content_key("a", "b") != content_key("ab", "")
    assert len(content_key("a")) == 40


def test_batched():
    assert list(batched(range(5), 2)) == [[0, 1], [2, 3], [4]]
