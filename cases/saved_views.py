"""Saved views: a list's filters under a name, for one person or for the whole shop."""

from __future__ import annotations

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models import SavedView
from shops.access import ShopRequest, member_required
from shops.models import Member

PAGES = {"complaints": "complaints:list", "reviews": "reviews:list", "bookings": "bookings:list"}


def of(member: Member, page: str) -> QuerySet[SavedView]:
    """A list's views that this member may use, by name."""
    mine = Q(member=member) | Q(member=None)
    return SavedView.objects.filter(mine, shop=member.shop, page=page).order_by("name")


@require_POST
@member_required
def save(request: ShopRequest, page: str) -> HttpResponse:
    """Keep the list's present filters under a name; `shared` needs the right to write."""
    name, query = request.POST.get("name", "").strip()[:40], request.POST.get("query", "")[:400]
    shared = bool(request.POST.get("shared")) and request.member.can_write
    if page not in PAGES or not name:
        messages.error(request, _("Give the view a name."))
        return redirect(reverse(PAGES.get(page, "dashboard:today")))
    try:
        with transaction.atomic():
            owner = None if shared else request.member
            SavedView.objects.create(shop=request.shop, member=owner, page=page, name=name, query=query)
    except IntegrityError:
        messages.error(request, _("There is a view of this name already."))
    return redirect(f"{reverse(PAGES[page])}?{query}")


@require_POST
@member_required
def drop(request: ShopRequest, pk: int) -> HttpResponse:
    """Remove a view: one's own, or a shared one with the right to write."""
    mine = Q(member=request.member) | (Q(member=None) if request.member.can_write else Q(pk=None))
    view = get_object_or_404(SavedView.objects.filter(mine), pk=pk, shop=request.shop)
    view.delete()
    return redirect(reverse(PAGES[view.page]))
