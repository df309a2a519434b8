"""Saved views: a list's filters and sort under a name, for one person or, kept by the owner, for the whole shop."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.forms import SmallForm
from cases.models import SavedView
from shops.access import ShopRequest, member_required
from shops.models import Member

PAGES = {
    "complaints": "complaints:list",
    "reviews": "reviews:list",
    "bookings": "bookings:list",
    "customers": "shops:customers",
    "orders": "shops:orders",
}
PASSING = ("at", "format")  # parameters of the moment: the place in the list, the kind of file
MOST = 20


class NameForm(SmallForm):
    """What a view is called."""

    name = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Give the view a name.")})


class ViewForm(NameForm):
    """A new view."""

    query = forms.CharField(
        max_length=400,
        required=False,
        error_messages={"max_length": gettext_lazy("These are too many filters for one view.")},
    )
    shared = forms.BooleanField(required=False)

    def clean_query(self) -> str:
        return view_query(self.cleaned_data["query"])


def view_query(query: str) -> str:
    """A list's parameters as a view keeps them: without empty and passing ones, in one order."""
    kept = ((key, value) for key, value in QueryDict(query).dict().items() if value and key not in PASSING)
    clean = QueryDict(mutable=True)
    clean.update(dict(sorted(kept)))
    return clean.urlencode()


def of(member: Member, page: str) -> QuerySet[SavedView]:
    """A list's views that this member may use, by name."""
    mine = Q(member=member) | Q(member=None)
    return SavedView.objects.filter(mine, shop=member.shop, page=page).order_by("name", "pk")


def address(page: str, query: str = "") -> str:
    """The list with these filters."""
    return reverse(PAGES[page]) + (f"?{query}" if query else "")


@require_POST
@member_required
def save(request: ShopRequest, page: str) -> HttpResponse:
    """Keep the list's present filters under a name; only the owner keeps one for the whole shop."""
    if page not in PAGES:
        raise Http404("no such list")
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.first_error())
        return redirect(address(page))
    data = form.cleaned_data
    owner = None if data["shared"] and request.member.is_owner else request.member
    if of(request.member, page).filter(member=owner).count() >= MOST:
        messages.error(request, _("There are %(most)d views already. Remove one first.") % {"most": MOST})
    elif not store(SavedView(shop=request.shop, member=owner, page=page, name=data["name"], query=data["query"])):
        messages.error(request, _("There is a view of this name already."))
    return redirect(address(page, data["query"]))


def store(view: SavedView) -> bool:
    """Write a view; False where its name is taken."""
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        return False
    return True


def get_own_view(request: ShopRequest, pk: int) -> SavedView:
    """A view this member may change, or 404: one's own; a shared one as the owner."""
    mine = Q(member=request.member) | (Q(member=None) if request.member.is_owner else Q(pk=None))
    return get_object_or_404(SavedView.objects.filter(mine), pk=pk, shop=request.shop)


@require_POST
@member_required
def rename(request: ShopRequest, pk: int) -> HttpResponse:
    """Give a view another name."""
    view, form = get_own_view(request, pk), NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.first_error())
        return redirect(address(view.page, view.query))
    view.name = form.cleaned_data["name"]
    if not store(view):
        messages.error(request, _("There is a view of this name already."))
    return redirect(address(view.page, view.query))


@require_POST
@member_required
def drop(request: ShopRequest, pk: int) -> HttpResponse:
    """Remove a view; the list stays as it is shown."""
    view = get_own_view(request, pk)
    view.delete()
    return redirect(address(view.page, view.query))
