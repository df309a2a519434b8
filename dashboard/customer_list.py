"""The list of customers: filters, search, sorts and export.

No bulk actions: consent is each person's own, and "stop" cannot be taken back for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from cases import lists
from cases.access import visible_cases
from cases.enums import UNENDED
from shops import search
from shops.access import ShopRequest, member_required
from shops.models import NEVER, Customer, Member, Order


class ListFilter(forms.Form):
    """The list's filters; anything invalid is simply not filtered by."""

    q = forms.CharField(required=False, max_length=100)
    open = forms.BooleanField(required=False)
    again = forms.BooleanField(required=False)
    reseller = forms.BooleanField(required=False)
    stopped = forms.BooleanField(required=False)


def line(row: Customer) -> tuple[object, ...]:
    """One customer as exported; orders and cases are counted by `counted`."""
    reached = "; ".join(f"{point.channel}: {point.address}" for point in row.contact_points.all())
    counts = [getattr(row, name) for name in ("n_orders", "n_cases")]
    return row.code, row.name, reached, row.province, row.reseller, row.no_reminders, *counts, row.heard_at


LISTING = lists.Listing(
    name="customers",
    sorts={
        "name": lists.Sort(gettext_lazy("Name"), "name"),
        "wrote": lists.Sort(gettext_lazy("Wrote last"), "-wrote"),
        "newest": lists.Sort(gettext_lazy("Newest"), "-created_at"),
    },
    heads=("code", "name", "reached_at", "province", "reseller", "no_reminders", "orders", "cases", "wrote_last"),
    line=line,
)


@require_GET
@member_required
def index(request: ShopRequest) -> HttpResponseBase:
    """The list by keyset pages; ?format=csv or xlsx gives what is shown as a file."""
    form = ListFilter(request.GET)
    form.is_valid()
    rows = counted(narrowed(request.member, form.cleaned_data), request.member).prefetch_related("contact_points")
    if lists.wants_file(request):
        return lists.as_file(request, LISTING, rows)
    found = lists.page_of(request, LISTING, rows)
    context = {
        "rows": found.rows,
        "chips": chips(request.GET),
        "filter": form.cleaned_data,
        "too_short": search.is_too_short(form.cleaned_data.get("q", "")),
        "is_narrowed": any(form.cleaned_data.values()),
        **lists.frame(request, LISTING, found),
    }
    return render(request, "shops/customers.html", context)


def narrowed(member: Member, wanted: Mapping[str, Any]) -> QuerySet[Customer]:
    """The customers that pass the filters, each with `wrote`: when they wrote last, NEVER where they did not."""
    text = wanted.get("q", "")
    everybody = Customer.objects.filter(shop=member.shop, erased_at=None)
    rows = search.customers(member.shop, text) if search.words_of(text) else everybody
    cases = visible_cases(member).filter(customer__isnull=False).order_by().values("customer")
    if wanted.get("open"):
        rows = rows.filter(pk__in=cases.filter(state__in=sorted(UNENDED)))
    if wanted.get("again"):
        rows = rows.filter(pk__in=cases.filter(is_repeat=True))
    if wanted.get("reseller"):
        rows = rows.exclude(reseller="")
    if wanted.get("stopped"):
        rows = rows.filter(no_reminders=True)
    return rows.annotate(wrote=Coalesce("heard_at", Value(NEVER)))


def counted(rows: QuerySet[Customer], member: Member) -> QuerySet[Customer]:
    """Each row with n_orders and n_cases (those this member may see), counted for the rows shown only."""
    return rows.annotate(n_orders=how_many(Order.objects.all()), n_cases=how_many(visible_cases(member)))


def how_many(rows: QuerySet[Any]) -> Coalesce:
    """How many of these rows belong to the customer."""
    own = rows.filter(customer=OuterRef("pk")).order_by().values("customer").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(own, output_field=IntegerField()), 0)


def chips(params: Mapping[str, str]) -> list[dict[str, Any]]:
    """The list's filter chips."""
    offered = [
        ("open", "on", _("With an open case")),
        ("again", "on", _("Came a second time within 90 days")),
        ("reseller", "on", _("Resellers")),
        ("stopped", "on", _("Reminders stopped")),
    ]
    return lists.chips(params, offered)
