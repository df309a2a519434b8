"""Files of orders and complaints in the browser: upload, first rows, which column is what, run, report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, BinaryIO, cast

from celery import shared_task
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError as BrokerError

from complaints.importing import complaint_job
from shops.access import ShopRequest, staff_required
from shops.actions import audit
from shops.importing import order_job
from shops.models import FileImport, Shop, User
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
SHOWN = 200


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


def kind_of(kind: str) -> str:
    """The kind itself, 404 for any other word."""
    if kind not in JOBS:
        raise Http404(kind)
    return kind


@require_http_methods(["GET", "POST"])
@staff_required
def upload(request: ShopRequest, kind: str) -> HttpResponse:
    """Choose a file."""
    job = JOBS[kind_of(kind)](request.shop, request.user)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = FileImport.objects.create(
            shop=request.shop, kind=kind, file=file, name=(file.name or "")[-120:], by=request.user
        )
        return redirect("shops:import_columns", kind, made.pk)
    fields = [(field.name, capfirst(_(field.label)), field.required) for field in job.fields]
    context = {"form": form, "kind": kind, "title": TITLES[kind], "fields": fields}
    return render(request, "dashboard/import.html", context, status=422 if form.errors else 200)


def get_import(request: ShopRequest, kind: str, pk: int) -> FileImport:
    """An import of this kind in the current shop, or 404."""
    return get_object_or_404(FileImport, shop=request.shop, kind=kind_of(kind), pk=pk)


@require_http_methods(["GET", "POST"])
@staff_required
def columns(request: ShopRequest, kind: str, pk: int) -> HttpResponse:
    """Which column is which field, with the first rows; then start."""
    found = get_import(request, kind, pk)
    if found.begun_at:
        return redirect("shops:import_report", kind, pk)
    if not found.file:
        messages.info(request, _("The file is gone: files that nobody imports are removed. Upload it again."))
        return redirect("shops:import", kind)
    job = JOBS[kind](request.shop, request.user)
    posted = {field.name: request.POST.get(f"column_{field.name}", "") for field in job.fields}
    with opened(found) as table:
        matched = match_columns(table.headers, job.fields, posted if request.method == "POST" else remembered(found))
        rows = list(islice(table.rows, PREVIEW))
    if request.method == "POST" and not matched.missing:
        FileImport.objects.filter(pk=found.pk).update(columns=posted)
        return start(request, found)
    context = {
        "run": found,
        "kind": kind,
        "title": TITLES[kind],
        "choices": [(field, capfirst(_(field.label)), matched.heads.get(field.name, "")) for field in job.fields],
        "headers": table.headers,
        "preview": [shown(row, table) for row in rows],
        "missing": [_(field.label) for field in matched.missing],
        "notes": [note.words(_) for note in table.notes],
    }
    return render(request, "dashboard/import_columns.html", context, status=422 if request.method == "POST" else 200)


@contextmanager
def opened(found: FileImport) -> Iterator[Table]:
    """The uploaded file as a table."""
    with found.file.open("rb") as file, open_table(cast("BinaryIO", file)) as table:
        yield table


def shown(row: Row, table: Table) -> list[str]:
    """A row's first cells as the preview shows them."""
    if row.problem:
        return [place_words(row.problem)]
    return [str(row.cells.get(head) if row.cells.get(head) is not None else "")[:60] for head in table.headers]


def remembered(found: FileImport) -> dict[str, str]:
    """The columns as they were chosen for the last file of this kind."""
    before = FileImport.objects.filter(shop_id=found.shop_id, kind=found.kind).exclude(columns={})
    last = before.order_by("-pk").first()
    return {name: head for name, head in last.columns.items() if head} if last else {}


def start(request: ShopRequest, found: FileImport) -> HttpResponse:
    """Hand the file to the worker."""
    FileImport.objects.filter(pk=found.pk).update(begun_at=timezone.now())
    try:
        long_import.delay(found.pk)
    except (BrokerError, OSError):
        FileImport.objects.filter(pk=found.pk).update(begun_at=None)
        messages.error(request, _("The worker cannot be reached. Nothing was changed; try again in a minute."))
        return redirect("shops:import_columns", found.kind, found.pk)
    return redirect("shops:import_report", found.kind, found.pk)


@require_GET
@staff_required
def report(request: ShopRequest, kind: str, pk: int) -> HttpResponse:
    """How far the import is, and what came of it."""
    found = get_import(request, kind, pk)
    figures = Report.from_json(found.report)
    context = {
        "run": found,
        "kind": kind,
        "title": TITLES[kind],
        "rows": figures.rows,
        "percent": round(found.share * 100),
        "counts": counts(figures),
        "error": Problem.from_json(found.error).words(_) if found.error else "",
        "notes": [note.words(_) for note in figures.notes],
        "problems": [(problem.line, problem.column, problem.words(_)) for problem in figures.problems[:SHOWN]],
    }
    return render(request, "dashboard/_import_report.html" if request.htmx else "dashboard/import_report.html", context)


@require_GET
@staff_required
def rejected(request: ShopRequest, kind: str, pk: int) -> StreamingHttpResponse:
    """The rejected rows as CSV."""
    problems = Report.from_json(get_import(request, kind, pk).report).problems
    response = StreamingHttpResponse(problem_lines(problems), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="rejected-{pk}.csv"'
    return response


@require_POST
@staff_required
def again(request: ShopRequest, kind: str, pk: int) -> HttpResponse:
    """Start an import once more that stopped half-way; nothing is stored twice."""
    found = get_import(request, kind, pk)
    if found.finished_at or not found.begun_at or not found.file:
        return redirect("shops:import_report", kind, pk)
    return start(request, found)


# --- in the worker ----------------------------------------------------------------------------------------------------


@shared_task(name="dashboard.tasks.long_import")
def long_import(pk: int) -> None:
    """Carry an import out; progress and report are kept with its row. Safe to call again after an interruption."""
    found = FileImport.objects.select_related("shop", "by").get(pk=pk)
    if found.finished_at or not found.file:
        return
    job = JOBS[found.kind](found.shop, found.by)
    figures, error = Report(), {}
    try:
        with opened(found) as table:
            chosen = match_columns(table.headers, job.fields, found.columns)
            run(table, chosen, job, report=figures, progress=lambda so_far: keep_progress(found, so_far, table))
    except Unreadable as unreadable:
        error = unreadable.problem.to_json()
    finish(found, figures, error)


def keep_progress(found: FileImport, figures: Report, table: Table) -> None:
    """Tell the page how far it is."""
    FileImport.objects.filter(pk=found.pk).update(report=figures.to_json(), share=table.share_read())


def finish(found: FileImport, figures: Report, error: dict[str, Any]) -> None:
    """The end: the report stays, the file goes."""
    changes = {"report": figures.to_json(), "error": error, "share": 1.0, "finished_at": timezone.now()}
    FileImport.objects.filter(pk=found.pk).update(**changes)
    audit(found.shop, found.by, "imported", kind=found.kind, file=found.name, rows=figures.rows)
    found.file.delete(save=False)
