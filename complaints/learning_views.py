"""The owner's page: how often staff kept the suggestion of who is blamed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from complaints import learning
from shops.access import ShopRequest, owner_required


@require_GET
@owner_required
def index(request: ShopRequest) -> HttpResponse:
    """By class, with counts and intervals; and whether the shop has a model of its own."""
    *by_class, total = learning.kept(request.shop)
    context = {"rows": by_class, "total": total.share, "trained_at": learning.trained_at(request.shop)}
    return render(request, "complaints/learning.html", context)
