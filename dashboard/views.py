"""Today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dashboard.today import board
from shops.access import ShopRequest, member_required


@require_GET
@member_required
def today(request: ShopRequest) -> HttpResponse:
    """The board; htmx polls the lanes only."""
    lanes = board(request.member, timezone.now())
    context = {"lanes": lanes, "all_clear": not any(lane.cards for lane in lanes)}
    return render(request, "dashboard/_lanes.html" if request.htmx else "dashboard/today.html", context)
