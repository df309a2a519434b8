"""Files of orders and complaints in the browser: upload, first rows, which column is what, run, report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any, BinaryIO, cast

from celery import shared_task
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError as BrokerError

from complaints.importing import complaint_job
from reviews.models import ImportMapping, ImportRun
from shops.access import ShopRequest, staff_required
from shops.actions import audit
from shops.importing import order_job
from shops.models import Shop, User
from shops.terminal import counts, place_words, problem_lines
from tables.columns import match_columns
from tables.importing import Job, Report, run
from tables.problems import Problem, Unreadable
from tables.reading import open_table
from tables.rows import Row, Table
from tables.writing import CSV_TYPE

JOBS: dict[str, Callable[[Shop, User | None], Job]] = {
    "orders": lambda shop, by: order_job(shop),
    "complaints": complaint_job,
}
TITLES = {"orders": gettext_lazy("Import orders"), "complaints": gettext_lazy("Import complaints")}
MAX_UPLOAD = 50 * 1024 * 1024
PREVIEW = 5
KEPT = 500


class UploadForm(forms.Form):
    """One file, not larger than the browser should send."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.jsonl,.ndjson"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB. Split it, or use the command on the server.")
                % {"limit": MAX_UPLOAD // 2**20}
            )
        try:
            with open_table(file) as table:
                next(table.rows, None)
        except Unreadable as error:
            raise forms.ValidationError(error.problem.words(_)) from error
        file.seek(0)
        return file


def source_of(kind: str) -> str:
    """The name under which runs and remembered columns of this kind are kept."""
    if kind not in JOBS:
        raise Http404(kind)
    return f"books:{kind}"


@require_http_methods(["GET", "POST"])
@staff_required
def upload(request: ShopRequest, kind: str) -> HttpResponse:
    """Choose a file."""
    source = source_of(kind)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = ImportRun.objects.create(
            shop=request.shop, source=source, file=file, name=(file.name or "")[-120:], started_by=request.user
        )
        return redirect("shops:import_columns", kind, made.pk)
    job = JOBS[kind](request.shop, request.user)
    context = {"form": form, "kind": kind, "title": TITLES[kind], "fields": field_lines(job)}
    return render(request, "dashboard/import.html", context, status=422 if form.errors else 200)


def field_lines(job: Job) -> list[tuple[str, str, bool]]:
    """(column head, words, required) of everything a file may tell."""
    return [(field.name, _(field.label), field.required) for field in job.fields]


def get_run(request: ShopRequest, kind: str, pk: int) -> ImportRun:
    """A run of this kind in the current shop, or 404."""
    return get_object_or_404(ImportRun, shop=request.shop, source=source_of(kind), pk=pk)


@require_http_methods(["GET", "POST"])
@staff_required
def columns(request: ShopRequest, kind: str, pk: int) -> HttpResponse:
    """Which column is which field, with the first rows; then start."""
    found = get_run(request, kind, pk)
    if found.total or found.finished_at:
        return redirect("shops:import_report", kind, pk)
    job = JOBS[kind](request.shop, request.user)
    chosen = (
        {f.name: request.POST.get(f"column_{f.name}", "") for f in job.fields} if request.method == "POST" else None
    )
    with found.file.open("rb") as file, open_table(cast("BinaryIO", file)) as table:
        matched = match_columns(table.headers, job.fields, chosen if chosen is not None else remembered(found))
        rows = list(islice(table.rows, PREVIEW))
    if request.method == "POST" and not matched.missing:
        remember(found, chosen or {})
        return start(request, found, kind)
    context = {
        "run": found,
        "kind": kind,
        "title": TITLES[kind],
        "choices": [(f, _(f.label), matched.heads.get(f.name, "")) for f in job.fields],
        "headers": table.headers,
        "preview": [shown(row, table) for row in rows],
        "missing": [_(f.label) for f in matched.missing],
        "notes": [note.words(_) for note in table.notes],
    }
    return render(request, "dashboard/import_columns.html", context, status=422 if request.method == "POST" else 200)


def shown(row: Row, table: Table) -> list[str]:
    """A row's first cells as the preview shows them."""
    if row.problem:
        return [place_words(row.problem)]
    return [str(row.cells.get(head) if row.cells.get(head) is not None else "")[:60] for head in table.headers]


def remembered(found: ImportRun) -> dict[str, str]:
    """The columns as they were chosen for the last file of this kind."""
    mapping = ImportMapping.objects.filter(shop_id=found.shop_id, source=found.source).first()
    return {name: head for name, head in mapping.columns.items() if head} if mapping else {}


def remember(found: ImportRun, chosen: Mapping[str, str]) -> None:
    """Keep the columns for the next file; the run's own choice is the same row."""
    ImportMapping.objects.update_or_create(
        shop_id=found.shop_id, source=found.source, defaults={"columns": dict(chosen)}
    )


def start(request: ShopRequest, found: ImportRun, kind: str) -> HttpResponse:
    """Hand the run to the worker."""
    ImportRun.objects.filter(pk=found.pk).update(total=1)
    try:
        long_import.delay(found.pk)
    except (BrokerError, OSError):
        ImportRun.objects.filter(pk=found.pk).update(total=0)
        messages.error(request, _("The worker cannot be reached. Nothing was changed; try again in a minute."))
        return redirect("shops:import_columns", kind, found.pk)
    return redirect("shops:import_report", kind, found.pk)


@require_GET
@staff_required
def report(request: ShopRequest, kind: str, pk: int) -> HttpResponse:
    """How far the run is, and what came of it."""
    found = get_run(request, kind, pk)
    problems = [Problem.from_json(data) for data in found.rejected]
    figures = Report(
        rows=found.done, added=found.added, known=found.known, rejected=found.done - found.added - found.known
    )
    context = {
        "run": found,
        "kind": kind,
        "title": TITLES[kind],
        "counts": counts(figures),
        "problems": [(p.line, p.column, p.words(_)) for p in problems],
    }
    return render(request, "dashboard/_import_report.html" if request.htmx else "dashboard/import_report.html", context)


@require_GET
@staff_required
def rejected(request: ShopRequest, kind: str, pk: int) -> StreamingHttpResponse:
    """The rejected rows as CSV."""
    problems = [Problem.from_json(data) for data in get_run(request, kind, pk).rejected]
    response = StreamingHttpResponse(problem_lines(problems), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="rejected-{pk}.csv"'
    return response


@require_POST
@staff_required
def again(request: ShopRequest, kind: str, pk: int) -> HttpResponse:
    """Start a run once more that stopped half-way; nothing is stored twice."""
    found = get_run(request, kind, pk)
    return redirect("shops:import_report", kind, pk) if found.finished_at else start(request, found, kind)


# --- in the worker ----------------------------------------------------------------------------------------------------


@shared_task(name="dashboard.tasks.long_import")
def long_import(pk: int) -> None:
    """Run an import to its end; progress and report are kept with its row. Safe to call again."""
    found = ImportRun.objects.select_related("shop", "started_by").get(pk=pk)
    if found.finished_at:
        return
    job = JOBS[found.source.partition(":")[2]](found.shop, found.started_by)
    figures, error = Report(), ""
    try:
        with found.file.open("rb") as file, open_table(cast("BinaryIO", file)) as table:
            chosen = match_columns(table.headers, job.fields, chosen_columns(found))
            run(table, chosen, job, report=figures, progress=lambda so_far: keep_progress(found, so_far, table))
    except Unreadable as unreadable:
        error = unreadable.problem.words()
    finish(found, figures, error)


def chosen_columns(found: ImportRun) -> dict[str, str]:
    """The columns chosen for this run, blank ones left out on purpose."""
    mapping = ImportMapping.objects.filter(shop_id=found.shop_id, source=found.source).first()
    return dict(mapping.columns) if mapping else {}


def keep_progress(found: ImportRun, figures: Report, table: Table) -> None:
    """Tell the page how far it is."""
    share = max(0.01, table.share_read())
    ImportRun.objects.filter(pk=found.pk).update(**kept(figures), total=max(figures.rows, round(figures.rows / share)))


def kept(figures: Report) -> dict[str, Any]:
    """The report as the row keeps it."""
    problems = [problem.to_json() for problem in figures.problems[:KEPT]]
    added = figures.added + figures.completed
    return {"done": figures.rows, "added": added, "known": figures.known, "rejected": problems}


def finish(found: ImportRun, figures: Report, error: str) -> None:
    """The end: the report stays, the file goes."""
    total = max(1, figures.rows)
    changes = {**kept(figures), "total": total, "error": error[:300], "finished_at": timezone.now()}
    ImportRun.objects.filter(pk=found.pk).update(**changes)
    audit(found.shop, found.started_by, "imported", kind=found.source, file=found.name, rows=figures.rows)
    found.file.delete(save=False)
