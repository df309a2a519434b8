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
    template = "dashboard/_lanes.html" if request.htmx else "dashboard/today.html"
    return render(request, template, {"board": board(request.member, timezone.now())})
