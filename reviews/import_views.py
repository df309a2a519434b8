"""Importing reviews in the browser: upload, choose columns, watch, read the report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from reviews import running, showing, tasks
from reviews.access import get_import
from reviews.enums import RunState
from reviews.forms import ColumnsForm, UploadForm
from reviews.importing import review_fields
from reviews.models import ImportRun
from shops.access import ShopRequest, member_required, staff_required
from tables.problems import Unreadable
from tables.writing import CSV_TYPE, csv_lines


@require_http_methods(["GET", "POST"])
@staff_required
def upload(request: ShopRequest) -> HttpResponse:
    """Take a file; a broken one is refused at once with the reason."""
    form = UploadForm(request.POST or None, request.FILES or None)
    recent = ImportRun.objects.filter(shop=request.shop).exclude(state=RunState.MAPPING).order_by("-pk")[:5]
    context = {"form": form, "recent": recent}
    if request.method == "GET":
        return render(request, "reviews/import.html", context)
    if form.is_valid():
        try:
            run = running.receive(request.shop, form.cleaned_data["source"], form.cleaned_data["file"], by=request.user)
        except Unreadable as error:
            form.add_error("file", error.problem.words(_))
        else:
            return redirect("reviews:import_run", run.pk)
    return render(request, "reviews/import.html", context, status=422)


@require_http_methods(["GET", "POST"])
@staff_required
def import_run(request: ShopRequest, pk: int) -> HttpResponse:
    """Choose the columns with the first rows in view; then watch."""
    run = get_import(request, pk)
    if run.state != RunState.MAPPING:
        return render(request, "reviews/import_run.html", showing.import_page(run))
    try:
        headers, columns, rows = running.look(run)
    except (Unreadable, OSError) as error:
        words = error.problem.words(_) if isinstance(error, Unreadable) else _("The file is gone. Upload it again.")
        messages.error(request, words)
        return redirect("reviews:import")
    form = ColumnsForm(headers, review_fields(request.shop), columns, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if running.begin(run, form.columns()):
            transaction.on_commit(lambda: ring(run.pk))
        return redirect("reviews:import_run", run.pk)
    context: dict[str, Any] = {"run": run, "form": form, "headers": headers}
    context["rows"] = [[row.cells.get(head, "") for head in headers] for row in rows]
    return render(request, "reviews/import_columns.html", context, status=422 if form.is_bound else 200)


def ring(pk: int) -> None:
    """Ring for a worker; without a broker the tick finds the row within a minute."""
    try:
        tasks.long_import.delay(pk)
    except Exception:  # any broker trouble: the row waits, nothing is lost
        running.log.warning("import %s waits for the tick", pk, exc_info=True)


@require_GET
@member_required
def progress(request: ShopRequest, pk: int) -> HttpResponse:
    """How far the import is (htmx asks every second until it is over)."""
    return render(request, "reviews/_progress.html", showing.import_page(get_import(request, pk)))


@require_GET
@member_required
def rejected(request: ShopRequest, pk: int) -> StreamingHttpResponse:
    """The rejected rows as CSV: line, column, reason."""
    found = showing.import_page(get_import(request, pk))
    lines = csv_lines([_("line"), _("column"), _("reason")], found["rejected"])
    response = StreamingHttpResponse(lines, content_type=CSV_TYPE)
    response["Content-Disposition"] = 'attachment; filename="rejected.csv"'
    return response
