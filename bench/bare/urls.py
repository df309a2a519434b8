"""The map of pages and the bare one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from cases.models import Case
from shops.access import ShopRequest, member_required


@member_required
def fifty(request: ShopRequest) -> HttpResponse:
    """The shop's fifty newest cases with customer and order, in the site's own frame: one query, one table."""
    rows = Case.objects.filter(shop=request.shop).select_related("customer", "order").order_by("-opened_at", "-pk")
    return render(request, "bare/fifty.html", {"rows": rows[:50]})


urlpatterns = [path("bare/", fifty), path("", include("shopcare.urls"))]
handler500 = "shopcare.views.server_error"
