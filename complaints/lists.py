"""The complaints list: filters, search, sorts, export and bulk actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from cases import lists, saved_views, search, undo
from cases.access import assignable
from cases.actions import Refused
from cases.enums import UNENDED, Kind
from cases.models import NOT_DUE
from complaints import bulk, showing
from complaints.access import visible_complaints
from complaints.enums import TaggedBy
from complaints.forms import ListFilter
from complaints.models import Complaint
from playbooks.enums import Blame
from shops.access import ShopRequest, key_of, member_required, staff_required
from shops.models import Member

SHOWN = "case__customer", "case__order"
COLUMNS = (
    *("shop", "blame", "failure", "tagged_by", "case__code", "case__kind", "case__state", "case__headline"),
    *(
        "case__opened_at",
        "case__first_reply_due_at",
        "case__first_replied_at",
        "case__next_due_at",
        "case__reopened_count",
    ),
    *("case__customer__name", "case__order__number"),
)


def line(row: Complaint) -> tuple[object, ...]:
    """One complaint as exported. The shop's finding stays out of exports (I4)."""
    case = row.case
    return (
        case.code,
        case.opened_at,
        case.customer.name if case.customer else "",
        case.order.number if case.order else "",
        row.text,
        row.blame,
        row.failure,
        case.severity,
        case.state,
    )


LISTING = lists.Listing(
    name=bulk.LIST,
    sorts={
        "newest": lists.Sort(gettext_lazy("Newest"), "-case__opened_at", "-case_id"),
        "due": lists.Sort(gettext_lazy("Due first"), "due", "case_id"),
        "oldest": lists.Sort(gettext_lazy("Oldest"), "case__opened_at", "case_id"),
    },
    heads=("code", "received", "customer", "order", "words", "blame", "failure", "severity", "state"),
    line=line,
)


@require_GET
@member_required
def index(request: ShopRequest) -> HttpResponseBase:
    """The list of complaints by keyset pages; ?format=csv or xlsx gives what is shown as a file."""
    form = ListFilter(request.GET)
    form.is_valid()
    rows = narrowed(request.member, form.cleaned_data).select_related(*SHOWN)
    if lists.wants_file(request):
        return lists.as_file(request, LISTING, rows)
    found = lists.page_of(request, LISTING, rows.only(*COLUMNS))
    context = {
        "rows": showing.rows(found.rows, timezone.now()),
        "chips": showing.chips(request.GET),
        "more_chips": showing.failure_chips(request.GET),
        "more_on": form.cleaned_data.get("failure"),
        "filter": form.cleaned_data,
        "too_short": bool(form.cleaned_data.get("q")) and search.find(request.shop, form.cleaned_data["q"]) is None,
        "members": assignable(request.member),
        **lists.frame(request, LISTING, found),
    }
    return render(request, "complaints/_rows.html" if request.htmx else "complaints/list.html", context)


def narrowed(member: Member, wanted: Mapping[str, Any]) -> QuerySet[Complaint]:
    """The rows that pass the filters, each with `due`: when the case falls due next, NOT_DUE where nothing is."""
    rows = visible_complaints(member).annotate(due=Coalesce("case__next_due_at", Value(NOT_DUE)))
    rows = rows.filter(case__shop=member.shop, case__kind=Kind.COMPLAINT)  # the head of the indexes of the sorts
    if wanted.get("blame"):
        rows = rows.filter(blame=wanted["blame"])
    if wanted.get("failure"):
        rows = rows.filter(failure=wanted["failure"])
    if wanted.get("state"):
        is_open = Q(case__state__in=sorted(UNENDED))
        rows = rows.filter(is_open if wanted["state"] == "open" else ~is_open)
    if wanted.get("mine"):
        rows = rows.filter(case__assignee=member)
    if wanted.get("untagged"):
        rows = rows.filter(tagged_by=TaggedBy.NOBODY)
    if (found := search.find(member.shop, wanted.get("q", ""))) is not None:
        rows = rows.filter(case__in=found)
    return rows


@require_POST
@staff_required
def bulk_action(request: ShopRequest) -> HttpResponse:
    """Tag or assign the ticked complaints."""
    try:
        messages.success(request, act(request), extra_tags="back:complaints:bulk_undo")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(saved_views.address(LISTING.name, request.POST.get("query", "")))


@require_POST
@staff_required
def bulk_undo(request: ShopRequest) -> HttpResponse:
    """Take the last bulk action back."""
    count = bulk.undo(request.member, request.session)
    words = ngettext("%(n)d complaint put back.", "%(n)d complaints put back.", count) % {"n": count}
    messages.success(request, words)
    return redirect(saved_views.address(LISTING.name, request.POST.get("query", "")))


def act(request: ShopRequest) -> str:
    """Do what the form asks; returns what was done, in words."""
    codes = request.POST.getlist("code")[: undo.MOST]
    rows = visible_complaints(request.member).filter(case__code__in=codes)
    ticked = list(rows.select_related("case__shop", "case__customer", "case__order", "case__assignee"))
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
    member = get_object_or_404(Member, shop=request.shop, pk=key_of(chosen)) if chosen else None
    count = bulk.assign_all(ticked, member, by=request.member, session=request.session)
    return ngettext("%(n)d complaint assigned.", "%(n)d complaints assigned.", count) % {"n": count}
