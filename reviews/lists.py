"""The reviews list: filters, search, sorts, export, and setting many aside."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from cases import lists, saved_views, undo
from cases.actions import Refused
from reviews import bulk, queries, showing
from reviews.access import visible_reviews
from reviews.enums import NoFollowUp
from reviews.forms import ListFilter, reason_of
from reviews.models import Review
from shops.access import ShopRequest, key_of, member_required, staff_required
from shops.search import is_too_short

SHOWN = "case", "customer"


def line(row: Review) -> tuple[object, ...]:
    """One review as exported."""
    themes = " ".join(row.themes)
    return row.posted_at, row.platform, row.author, row.product, row.courier, row.stars, row.text, row.urgency, themes


LISTING = lists.Listing(
    name=bulk.LIST,
    sorts={
        "urgent": lists.Sort(gettext_lazy("Most urgent"), "-urgency"),
        "newest": lists.Sort(gettext_lazy("Newest"), "-posted_at"),
        "stars": lists.Sort(gettext_lazy("Fewest stars"), "stars", "-pk"),
    },
    heads=("posted", "platform", "author", "product", "courier", "stars", "text", "urgency", "themes"),
    line=line,
)


@require_GET
@member_required
def index(request: ShopRequest) -> HttpResponseBase:
    """The list by keyset pages; ?format=csv or xlsx gives what is shown as a file."""
    form = ListFilter(request.GET)
    form.is_valid()
    rows = queries.narrowed(visible_reviews(request.member), form.cleaned_data).select_related(*SHOWN)
    if lists.wants_file(request):
        return lists.as_file(request, LISTING, rows)
    found = lists.page_of(request, LISTING, rows)
    context = {
        "rows": showing.rows(found.rows, timezone.now()),
        "chips": showing.chips(request.GET),
        "tabs": showing.tabs(form.cleaned_data.get("show", "")),
        "filter": form.cleaned_data,
        "too_short": is_too_short(form.cleaned_data.get("q", "")),
        "reasons": NoFollowUp.choices,
        "can_write": request.member.can_write,
        **lists.frame(request, LISTING, found),
    }
    return render(request, "reviews/_rows.html" if request.htmx else "reviews/list.html", context)


@require_POST
@staff_required
def bulk_action(request: ShopRequest) -> HttpResponse:
    """Set the ticked reviews aside with one reason."""
    ids = [key_of(value) for value in request.POST.getlist("pk")[: undo.MOST]]
    ticked = list(visible_reviews(request.member).filter(pk__in=ids))
    try:
        count = bulk.set_aside_all(ticked, reason_of(request.POST), by=request.member, session=request.session)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(n)d set aside.", "%(n)d set aside.", count) % {"n": count}
        messages.success(request, words, extra_tags="back:reviews:bulk_undo")
    return back(request)


@require_POST
@staff_required
def bulk_undo(request: ShopRequest) -> HttpResponse:
    """Take the last bulk action back."""
    count = bulk.undo(request.member, request.session)
    messages.success(request, ngettext("%(n)d put back.", "%(n)d put back.", count) % {"n": count})
    return back(request)


def back(request: ShopRequest) -> HttpResponse:
    """To the page of the list where the button was."""
    return redirect(saved_views.address(LISTING.name, request.POST.get("query", "")))
