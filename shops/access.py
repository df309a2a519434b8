"""The only doors to a shop's objects: 404 for outsiders, 403 for members without the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from shops.models import Customer, Member, Order, Shop, User

P = ParamSpec("P")


class ShopRequest(HttpRequest):
    """A request that passed member_required: who asks, and for which shop."""

    user: User
    member: Member
    shop: Shop
    shops: list[Shop]
    htmx: HtmxDetails


View = Callable[Concatenate[ShopRequest, P], HttpResponseBase]


def _guarded(view: View[P], allowed: Callable[[Member], bool]) -> View[P]:
    @wraps(view)
    @login_required
    def wrapper(request: ShopRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.member:
            raise Http404("no shop")
        if not allowed(request.member):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


def member_required(view: View[P]) -> View[P]:
    """Any member of the shop, viewers too: for pages that only show."""
    return _guarded(view, lambda member: True)


def staff_required(view: View[P]) -> View[P]:
    """Owners and staff: for everything that writes."""
    return _guarded(view, lambda member: member.can_write)


def owner_required(view: View[P]) -> View[P]:
    """Owners only: settings, approvals, private measures."""
    return _guarded(view, lambda member: member.is_owner)


def key_of(text: str) -> int:
    """A row's key as a form or an address sends it; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def get_customer(request: ShopRequest, code: str) -> Customer:
    """A customer of the current shop, or 404."""
    return get_object_or_404(Customer, shop=request.shop, code=code)


def get_order(request: ShopRequest, number: str) -> Order:
    """An order of the current shop, or 404."""
    return get_object_or_404(Order.objects.select_related("customer"), shop=request.shop, number=number)
