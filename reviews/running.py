"""Imports from the browser: the file waits with its columns chosen, a worker runs it, the page watches the row.

The row is the truth: a worker that dies leaves it `running`, and the tick takes it up again from the start of the file.
That is safe: what is stored is known by its key.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils import timezone

from reviews import opening
from reviews.enums import Platform, RunState
from reviews.importing import review_fields, review_job
from reviews.models import ImportMapping, ImportRun
from shops.models import Shop, User
from tables.columns import Columns, match_columns
from tables.importing import Report, run
from tables.problems import Problem, Unreadable, gettext_noop
from tables.reading import open_table
from tables.rows import Row, Table

log = logging.getLogger(__name__)

STUCK_AFTER = timedelta(minutes=5)
PREVIEW = 5
BROKE = gettext_noop("The import stopped because of a fault on our side. Start it again: nothing is added twice.")


def remembered(shop: Shop, source: str) -> dict[str, str]:
    """The columns chosen the last time for this source: field name -> column head, "" left out."""
    mapping = ImportMapping.objects.filter(shop=shop, source=source).first()
    return dict(mapping.columns) if mapping else {}


def remember(shop: Shop, source: str, columns: Mapping[str, str]) -> None:
    """Keep the chosen columns for the next file of this source."""
    ImportMapping.objects.update_or_create(shop=shop, source=source, defaults={"columns": dict(columns)})


def receive(shop: Shop, source: str, file: UploadedFile[Any], *, by: User) -> ImportRun:
    """Keep an uploaded file until its columns are chosen. Unreadable: the file as a whole is no table."""
    with open_table(cast(BinaryIO, file)) as table:
        for _row in zip(range(PREVIEW), table.rows, strict=False):
            pass
    file.seek(0)
    return ImportRun.objects.create(shop=shop, source=source, file=file, name=str(file.name)[:120], started_by=by)


def look(import_run: ImportRun, choice: Mapping[str, str] | None = None) -> tuple[list[str], Columns, list[Row]]:
    """Column heads, the fields' columns (as chosen, else remembered, else by name) and the first rows."""
    shop = import_run.shop
    with import_run.file.open("rb") as file, open_table(cast(BinaryIO, file)) as table:
        first = [row for _n, row in zip(range(PREVIEW), table.rows, strict=False)]
        wanted = remembered(shop, import_run.source) if choice is None else choice
        return table.headers, match_columns(table.headers, review_fields(shop), wanted), first


def begin(import_run: ImportRun, columns: Mapping[str, str]) -> bool:
    """The columns are chosen: the run waits for a worker. False where it has begun already."""
    waiting = {"state": RunState.WAITING, "columns": dict(columns), "touched_at": timezone.now()}
    if ImportRun.objects.filter(pk=import_run.pk, state=RunState.MAPPING).update(**waiting) != 1:
        return False
    import_run.refresh_from_db()
    remember(import_run.shop, import_run.source, columns)
    return True


def work(pk: int, now: datetime | None = None) -> bool:
    """Run an import that waits, or whose worker died. False where another worker has it."""
    now = now or timezone.now()
    free = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, touched_at__lt=now - STUCK_AFTER)
    if ImportRun.objects.filter(free, pk=pk).update(state=RunState.RUNNING, touched_at=now) != 1:
        return False
    import_run = ImportRun.objects.select_related("shop").get(pk=pk)
    report = Report()
    try:
        with import_run.file.open("rb") as file, open_table(cast(BinaryIO, file)) as table:
            carry_out(import_run, table, report)
    except Unreadable as error:
        settle(import_run, report, RunState.FAILED, error.problem)
    except Exception:  # the page must say so, and the rows stored so far stay
        log.exception("import %s", pk)
        settle(import_run, report, RunState.FAILED, Problem(BROKE))
    else:
        settle(import_run, report, RunState.DONE)
    return True


def carry_out(import_run: ImportRun, table: Table, report: Report) -> None:
    """The import, its progress written to the row after each batch; then cases open, as far as there is room."""
    shop = import_run.shop
    platform = import_run.source if import_run.source in Platform.values else Platform.OTHER
    job = review_job(shop, platform)
    columns = match_columns(table.headers, job.fields, import_run.columns)

    def progress(report: Report) -> None:
        note_progress(import_run, report, table.share_read())

    run(table, columns, job, report=report, progress=progress)
    opening.open_waiting(shop)


def note_progress(import_run: ImportRun, report: Report, share: float) -> None:
    """What the page shows: rows done, and how many there probably are."""
    done = report.rows
    figures = {
        "done": done,
        "total": max(done, round(done / share)) if share else done,
        "added": report.added,
        "completed": report.completed,
        "known": report.known,
        "refused": report.rejected,
    }
    ImportRun.objects.filter(pk=import_run.pk).update(**figures, touched_at=timezone.now())


def settle(import_run: ImportRun, report: Report, state: str, problem: Problem | None = None) -> None:
    """The end: figures, rejected rows, remarks; the file is thrown away."""
    note_progress(import_run, report, 1.0)
    kept = [found.to_json() for found in [*report.notes, *report.problems]]
    end = {"state": state, "finished_at": timezone.now(), "rejected": kept}
    ImportRun.objects.filter(pk=import_run.pk).update(**end, problem=problem.to_json() if problem else {})
    import_run.file.delete(save=False)
    ImportRun.objects.filter(pk=import_run.pk).update(file="")


def unfinished(now: datetime) -> list[int]:
    """Imports that wait for a worker, or whose worker died."""
    free = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, touched_at__lt=now - STUCK_AFTER)
    return list(ImportRun.objects.filter(free).order_by("pk").values_list("pk", flat=True)[:5])
