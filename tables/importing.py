"""The import loop: batches, each row all or nothing, a report of what was rejected, safe to stop and to run again.

The caller says how a row is read (fields), what makes it the same row again (key), which rows are stored already
(known) and how a batch is stored (store: all rows or none, by raising). The loop does the rest. It knows no database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from tables.columns import Columns, Field, read_fields
from tables.problems import Problem, gettext_noop
from tables.rows import Row, Table

BATCH = 200
KEPT = 1000  # rejected rows are counted without end, but kept only so many
FIGURES = ("rows", "added", "completed", "known", "rejected")
T = TypeVar("T")


@dataclass(frozen=True)
class Parsed:
    """A row that was understood: its line, its values by field name, its key."""

    line: int
    values: Mapping[str, Any]
    key: str


class Rejected(Exception):
    """What store and check raise for a row that cannot be taken; `.problem` says why."""

    def __init__(self, text: str, column: str = "", **values: object) -> None:
        self.problem = Problem(text, values, column=column)
        super().__init__(self.problem.words())


@dataclass(frozen=True)
class Job:
    """What the loop needs to know of one kind of import.

    known   of these rows, the keys of those that are stored already and bring nothing new
    store   stores rows together or raises; may return how many of them completed something stored before
    check   looks at one parsed row before it is stored, in dry runs too; raises Rejected
    refused  other errors of store that mean "this row", not "the whole import" (constraints of the database)
    """

    fields: Sequence[Field]
    key: Callable[[Mapping[str, Any]], str]
    known: Callable[[Sequence[Parsed]], Collection[str]]
    store: Callable[[Sequence[Parsed]], int | None]
    check: Callable[[Parsed], None] = lambda parsed: None
    refused: tuple[type[Exception], ...] = ()
    batch: int = BATCH


@dataclass
class Report:
    """How an import went so far: rows read, added, completed, known from before, rejected with the reasons."""

    rows: int = 0
    added: int = 0
    completed: int = 0
    known: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """Rows that are in the books now."""
        return self.added + self.completed + self.known

    def to_json(self) -> dict[str, Any]:
        """As it is kept with a run; from_json reads it back."""
        lists = {"problems": self.problems, "notes": self.notes}
        figures = {name: getattr(self, name) for name in FIGURES}
        return figures | {name: [problem.to_json() for problem in found] for name, found in lists.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Report:
        report = cls(
            problems=[Problem.from_json(each) for each in data.get("problems", ())],
            notes=[Problem.from_json(each) for each in data.get("notes", ())],
        )
        for name in FIGURES:
            setattr(report, name, int(data.get(name, 0)))
        return report

    def reject(self, problems: Sequence[Problem]) -> None:
        """One row was not taken."""
        self.rejected += 1
        self.problems += problems[: max(0, KEPT - len(self.problems))]


def content_key(*parts: object) -> str:
    """A key that says "the same row again" by content: 40 hex digits, stable over runs and versions."""
    plain = json.dumps([str(part) for part in parts], ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:40]


def run(
    table: Table,
    columns: Columns,
    job: Job,
    *,
    dry_run: bool = False,
    report: Report | None = None,
    progress: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Import a table's rows. The report is filled as it goes: after an interruption it says what is stored."""
    report = Report() if report is None else report
    report.notes += table.notes
    if columns.unused:
        words = gettext_noop("Not read: %(columns)s.")
        report.notes.append(Problem(words, {"columns": ", ".join(columns.unused)}))
    for batch in batched(table.rows, job.batch):
        report.rows += len(batch)
        import_batch(batch, columns, job, report, dry_run=dry_run)
        progress(report)
    return report


def import_batch(batch: Sequence[Row], columns: Columns, job: Job, report: Report, *, dry_run: bool) -> None:
    """Read, check, compare and store one batch."""
    parsed = [good for row in batch if (good := understood(row, columns, job, report))]
    fresh: dict[str, Parsed] = {}
    for row in parsed:
        fresh.setdefault(row.key, row)
    for key in job.known(list(fresh.values())) if fresh else ():
        fresh.pop(key, None)
    report.known += len(parsed) - len(fresh)
    if dry_run:
        report.added += len(fresh)
    else:
        store(list(fresh.values()), job, report)


def understood(row: Row, columns: Columns, job: Job, report: Report) -> Parsed | None:
    """The row with its values and key; None, and a line in the report, where it cannot be taken."""
    values, problems = read_fields(row, columns, job.fields)
    if not problems:
        parsed = Parsed(row.line, values, job.key(values))
        try:
            job.check(parsed)
        except Rejected as rejected:
            problems = [placed(rejected.problem, row.line, columns)]
        else:
            return parsed
    report.reject(problems)
    return None


def placed(problem: Problem, line: int, columns: Columns) -> Problem:
    """A problem at its line, its field's name replaced by the file's own column head."""
    return problem.at(line, columns.heads.get(problem.column, problem.column))


def store(rows: Sequence[Parsed], job: Job, report: Report) -> None:
    """Store rows together; where that fails one by one, so that only the bad ones are rejected."""
    if not rows:
        return
    try:
        completed = job.store(rows) or 0
    except Rejected as error:
        problem = error.problem
    except job.refused:
        problem = Problem(gettext_noop("The row contradicts what is stored."))
    else:
        report.added += len(rows) - completed
        report.completed += completed
        return
    if len(rows) == 1:
        report.reject([problem.at(rows[0].line)])
    for row in rows if len(rows) > 1 else ():
        store([row], job, report)


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`."""
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch
