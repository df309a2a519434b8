"""The lists of bookings, open and ended: filters, search, sorts and export.

No bulk actions: each answer ends a promise to one person and may send a message, which nobody can take back.
"""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from bookings import queries, showing
from bookings.forms import ListFilter
from bookings.models import Booking
from cases import lists
from shops.access import ShopRequest, member_required
from shops.search import is_too_short

NAME = "bookings"
HEADS = (
    "code",
    "agreed",
    "customer",
    "item",
    "quantity",
    "price",
    "to_pay",
    "kept_until",
    "outcome",
    "paid_when",
    "ended",
)


def line(row: Booking) -> tuple[object, ...]:
    """One booking as exported."""
    return (
        row.case.code,
        row.agreed_at,
        row.customer.name,
        row.item,
        row.quantity,
        row.price,
        row.total,
        row.release_at,
        row.outcome,
        row.paid_when,
        row.ended_at,
    )


NEWEST = lists.Sort(_("Newest"), "-agreed_at")
SOONEST = lists.Sort(_("Ends soonest"), "release_at")
ENDED_LAST = lists.Sort(_("Ended last"), "-ended_at")
OPEN = lists.Listing(NAME, {"soonest": SOONEST, "newest": NEWEST}, HEADS, line)
ENDED = lists.Listing(NAME, {"ended": ENDED_LAST, "newest": NEWEST}, HEADS, line)


@require_GET
@member_required
def index(request: ShopRequest) -> HttpResponseBase:
    """The board of open bookings by time left, or the ended ones; ?format=csv or xlsx gives what is shown as a file."""
    form = ListFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    listing, rows = ENDED if wanted.get("ended") else OPEN, queries.narrowed(request.member, wanted)
    if lists.wants_file(request):
        return lists.as_file(request, listing, rows)
    found = lists.page_of(request, listing, rows)
    context = {
        "rows": showing.rows(found.rows, timezone.now()),
        "tabs": showing.tabs("ended" if wanted.get("ended") else "list"),
        "chips": showing.chips(request.GET),
        "filter": wanted,
        "too_short": is_too_short(wanted.get("q", "")),
        "ended": wanted.get("ended"),
        "is_narrowed": any(value for name, value in wanted.items() if name != "ended"),
        **lists.frame(request, listing, found),
    }
    return render(request, "bookings/list.html", context)
