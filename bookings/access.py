"""The only doors to bookings in a view: 404 for outsiders, 403 for viewers who want to write."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from bookings.models import Booking, WaitingEntry
from cases.access import of_reachable_cases, of_visible_cases
from shops.access import ShopRequest
from shops.models import Member


def visible_bookings(member: Member) -> QuerySet[Booking]:
    """Bookings whose case this member may see."""
    return of_visible_cases(Booking.objects.filter(shop=member.shop), member)


def get_booking(request: ShopRequest, code: str) -> Booking:
    """A booking of the current shop, or 404."""
    related = ("case__shop", "case__customer", "case__order", "customer", "shop", "order")
    rows = of_reachable_cases(Booking.objects.filter(shop=request.shop), request.member)
    return get_object_or_404(rows.select_related(*related), case__code=code)


def get_editable_booking(request: ShopRequest, code: str) -> Booking:
    """The same, or 403 for viewers."""
    booking = get_booking(request, code)
    if not request.member.can_write:
        raise PermissionDenied
    return booking


def get_entry(request: ShopRequest, pk: int) -> WaitingEntry:
    """An entry of the shop's waiting lists, or 404. The list belongs to the shop, not to one case."""
    rows = WaitingEntry.objects.select_related("shop", "customer", "message", "freed_by__shop")
    return get_object_or_404(rows, pk=pk, shop=request.shop)
