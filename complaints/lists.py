"""The complaints list: filters, search, export and bulk actions."""

from __future__ import annotations

import io
from collections.abc import Iterator

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cases import saved_views, search
from cases.actions import Refused
from cases.enums import UNENDED
from complaints import bulk, showing
from complaints.access import visible_complaints
from complaints.enums import TaggedBy
from complaints.forms import ListFilter
from complaints.models import Complaint
from playbooks.enums import Blame
from shops.access import ShopRequest, member_required, staff_required
from shops.models import Member
from tables.keyset import page
from tables.writing import CSV_TYPE, XLSX_TYPE, csv_lines, write_xlsx

SHOWN = "case__customer", "case__order", "case__assignee__user"
EXPORT_CAP = 50_000
HEADERS = ("code", "received", "customer", "order", "words", "blame", "failure", "severity", "state")


@require_GET
@member_required
def index(request: ShopRequest) -> HttpResponseBase:
    """The list of complaints, newest first, by keyset pages; ?format=csv or xlsx gives what is shown as a file."""
    form = ListFilter(request.GET)
    form.is_valid()
    rows = narrowed(request, form).select_related(*SHOWN)
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(rows, request.GET["format"])
    found = page(rows, "-pk", request.GET.get("at", ""))
    context = {
        "rows": showing.rows(found.rows, timezone.now()),
        "chips": showing.chips(request.GET),
        "filter": form.cleaned_data,
        "too_short": bool(form.cleaned_data.get("q")) and search.find(request.shop, form.cleaned_data["q"]) is None,
        "views": saved_views.of(request.member, "complaints"),
        "query": request.GET.urlencode(),
        "members": Member.objects.filter(shop=request.shop).select_related("user") if request.member.can_write else [],
        "can_undo": bulk.KEY in request.session,
        **found.links(request.GET.dict()),
    }
    return render(request, "complaints/_rows.html" if request.htmx else "complaints/list.html", context)


def narrowed(request: ShopRequest, form: ListFilter) -> QuerySet[Complaint]:
    """The rows that pass the filters."""
    wanted, rows = form.cleaned_data, visible_complaints(request.member)
    if wanted.get("blame"):
        rows = rows.filter(blame=wanted["blame"])
    if wanted.get("failure"):
        rows = rows.filter(failure=wanted["failure"])
    if wanted.get("state"):
        is_open = Q(case__state__in=sorted(UNENDED))
        rows = rows.filter(is_open if wanted["state"] == "open" else ~is_open)
    if wanted.get("mine"):
        rows = rows.filter(case__assignee=request.member)
    if wanted.get("untagged"):
        rows = rows.filter(tagged_by=TaggedBy.NOBODY)
    if (found := search.find(request.shop, wanted.get("q", ""))) is not None:
        rows = rows.filter(case__in=found)
    return rows


def export(rows: QuerySet[Complaint], kind: str) -> HttpResponseBase:
    """What is shown, as a file; no cell can start a formula."""
    lines = exported(rows)
    name = f"complaints-{timezone.localdate():%Y%m%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if kind == "csv":
        return StreamingHttpResponse(csv_lines(HEADERS, lines), content_type=CSV_TYPE, headers=headers)
    file = io.BytesIO()
    write_xlsx(file, HEADERS, lines, title="complaints")
    return HttpResponse(file.getvalue(), content_type=XLSX_TYPE, headers=headers)


def exported(rows: QuerySet[Complaint]) -> Iterator[tuple[object, ...]]:
    """One line per complaint. The shop's finding stays out of exports (I4)."""
    for row in rows.order_by("-pk")[:EXPORT_CAP].iterator(chunk_size=1000):
        case = row.case
        yield (
            case.code,
            timezone.localtime(case.opened_at).replace(tzinfo=None),
            case.customer.name if case.customer else "",
            case.order.number if case.order else "",
            row.text,
            row.blame,
            row.failure,
            case.severity,
            case.state,
        )


@require_POST
@staff_required
def bulk_action(request: ShopRequest) -> HttpResponse:
    """Tag or assign the ticked complaints, or undo the last time."""
    try:
        messages.success(request, act(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('complaints:list')}?{request.POST.get('query', '')}")


def act(request: ShopRequest) -> str:
    """Do what the form asks; returns what was done, in words."""
    if request.POST.get("action") == "undo":
        count = bulk.undo(request.member, request.session)
        return ngettext("%(n)d complaint put back.", "%(n)d complaints put back.", count) % {"n": count}
    codes = request.POST.getlist("code")[: bulk.MOST]
    rows = visible_complaints(request.member).filter(case__code__in=codes)
    ticked = list(rows.select_related("case__shop", "case__customer", "case__order"))
    if not ticked:
        raise Refused(_("Tick at least one complaint."))
    if request.POST.get("action") == "assign":
        return assign(request, ticked)
    blame = request.POST.get("blame", "")
    if blame not in Blame.values:
        raise Refused(_("Choose who they blame."))
    count = bulk.tag_all(ticked, blame, by=request.member, session=request.session)
    return ngettext("%(n)d complaint tagged.", "%(n)d complaints tagged.", count) % {"n": count}


def assign(request: ShopRequest, ticked: list[Complaint]) -> str:
    """Give the ticked complaints to the chosen member, or to nobody."""
    chosen = request.POST.get("member", "")
    member = Member.objects.filter(shop=request.shop, pk=chosen).first() if chosen.isdigit() else None
    count = bulk.assign_all(ticked, member, by=request.member, session=request.session)
    return ngettext("%(n)d complaint assigned.", "%(n)d complaints assigned.", count) % {"n": count}
