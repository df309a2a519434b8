"""The list of orders: filters, search, sorts and export.

No bulk actions: orders come from imports, and "paid" on many at once would stop messages that nobody can take back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from cases import lists
from cases.access import visible_cases
from cases.enums import UNENDED
from shops import search
from shops.access import ShopRequest, member_required
from shops.models import Member, Order, Shipment
from shops.templatetags.money import rupiah


class ListFilter(forms.Form):
    """The list's filters; anything invalid is simply not filtered by."""

    q = forms.CharField(required=False, max_length=100)
    late = forms.BooleanField(required=False)
    unpaid = forms.BooleanField(required=False)
    cancelled = forms.BooleanField(required=False)
    open = forms.BooleanField(required=False)


def line(row: Order) -> tuple[object, ...]:
    """One order as exported, with its newest parcel."""
    parcel = max(row.shipments.all(), key=lambda parcel: parcel.pk, default=Shipment())
    return (
        row.number,
        row.channel,
        row.customer.name if row.customer else "",
        row.item,
        row.quantity,
        row.total,
        row.placed_at,
        row.paid_at,
        row.cancelled_at,
        parcel.courier,
        parcel.tracking,
        parcel.promised_latest,
        parcel.delivered_at,
    )


LISTING = lists.Listing(
    name="orders",
    sorts={
        "newest": lists.Sort(gettext_lazy("Newest"), "-placed_at"),
        "value": lists.Sort(gettext_lazy("Highest value"), "-total"),
        "oldest": lists.Sort(gettext_lazy("Oldest"), "placed_at"),
    },
    heads=(
        *("number", "channel", "customer", "item", "quantity", "total", "ordered", "paid", "cancelled"),
        *("courier", "tracking", "promised_at_the_latest", "delivered"),
    ),
    line=line,
)


@require_GET
@member_required
def index(request: ShopRequest) -> HttpResponseBase:
    """The list by keyset pages; ?format=csv or xlsx gives what is shown as a file."""
    form = ListFilter(request.GET)
    form.is_valid()
    today = timezone.localdate(timezone=request.shop.tz)
    rows = narrowed(request.member, form.cleaned_data, today).select_related("customer").prefetch_related("shipments")
    if lists.wants_file(request):
        return lists.as_file(request, LISTING, rows)
    found = lists.page_of(request, LISTING, rows)
    context = {
        "rows": [(order, rupiah(order.total), days_late(order, today)) for order in found.rows],
        "chips": chips(request.GET),
        "filter": form.cleaned_data,
        "too_short": search.is_too_short(form.cleaned_data.get("q", "")),
        "is_narrowed": any(form.cleaned_data.values()),
        **lists.frame(request, LISTING, found),
    }
    return render(request, "shops/orders.html", context)


def narrowed(member: Member, wanted: Mapping[str, Any], today: date) -> QuerySet[Order]:
    """The orders that pass the filters."""
    text = wanted.get("q", "")
    rows = search.orders(member.shop, text) if search.words_of(text) else Order.objects.filter(shop=member.shop)
    if wanted.get("late"):
        # Parcels on the road past their promised day: a partial index holds just these.
        late = Shipment.objects.filter(shop=member.shop, delivered_at=None, promised_latest__lt=today)
        rows = rows.filter(pk__in=late.values("order"))
    if wanted.get("unpaid"):
        rows = rows.filter(paid_at=None, cancelled_at=None)
    if wanted.get("cancelled"):
        rows = rows.filter(cancelled_at__isnull=False)
    if wanted.get("open"):
        cases = visible_cases(member).filter(order__isnull=False, state__in=sorted(UNENDED))
        rows = rows.filter(pk__in=cases.values("order"))
    return rows


def days_late(order: Order, today: date) -> int:
    """Of the order's worst parcel; its parcels must be loaded."""
    return max((parcel.days_late(today) for parcel in order.shipments.all()), default=0)


def chips(params: Mapping[str, str]) -> list[dict[str, Any]]:
    """The list's filter chips."""
    offered = [
        ("late", "on", _("Late on the road")),
        ("unpaid", "on", _("Not paid yet")),
        ("cancelled", "on", _("Cancelled")),
        ("open", "on", _("With an open case")),
    ]
    return lists.chips(params, offered)
