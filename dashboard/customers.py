"""The customer's page: everything every room knows about one person. Erasing them, and their own data to take away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bookings.models import Booking
from cases.access import visible_cases
from cases.actions import Refused
from cases.enums import UNENDED
from cases.links import case_url
from dashboard import erasing
from dashboard.data_requests import DataRequestForm, open_requests
from dashboard.personal import personal_zip
from reviews.models import Review
from shops.access import ShopRequest, get_customer, member_required, owner_required
from shops.actions import audit
from shops.enums import Standing
from shops.forms import ContactForm
from shops.models import Customer, Member
from shops.queries import standing_of

SHOWN = 20


@require_GET
@member_required
def show(request: ShopRequest, code: str) -> HttpResponse:
    """One customer."""
    customer = get_customer(request, code)
    return render(request, "dashboard/customer.html", customer_page(customer, request.member))


def customer_page(customer: Customer, member: Member) -> dict[str, Any]:
    """What the page shows; a bounded number of queries."""
    cases = visible_cases(member).filter(customer=customer).select_related("order").order_by("-opened_at")[:SHOWN]
    return {
        "customer": customer,
        "standing": Standing(standing_of(customer, timezone.now())).label,
        "points": customer.contact_points.order_by("pk"),
        "orders": customer.orders.order_by("-placed_at")[:SHOWN],
        "cases": [(case, case_url(case), case.state in UNENDED) for case in cases],
        "reviews": Review.objects.filter(customer=customer).order_by("-posted_at")[:SHOWN],
        "bookings": Booking.objects.filter(customer=customer).order_by("-agreed_at")[:SHOWN],
        "contact_form": ContactForm(),
        "data_form": DataRequestForm(),
        "data_requests": open_requests(customer),
        "can_write": member.can_write and customer.erased_at is None,
    }


@require_GET
@owner_required
def export(request: ShopRequest, code: str) -> HttpResponse:
    """The customer's own data as a ZIP."""
    customer = get_customer(request, code)
    audit(request.shop, request.user, "exported_customer", customer=code)
    response = HttpResponse(personal_zip(customer), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{code}.zip"'
    return response


@require_http_methods(["GET", "POST"])
@owner_required
def erase(request: ShopRequest, code: str) -> HttpResponse:
    """Preview with what stays and why; a POST erases and shows the receipt."""
    customer = get_customer(request, code)
    if request.method == "GET" and customer.erased_at is None:
        context = {"customer": customer, "gone": erasing.gone(customer), "stays": erasing.stays(customer)}
        return render(request, "dashboard/customer_erase.html", context)
    try:
        receipt = erasing.erase(customer, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("shops:customer_erase", code)
    context = {"customer": customer, "receipt": receipt, "receipt_text": erasing.receipt_text(receipt)}
    messages.success(request, _("Erased."))
    return render(request, "dashboard/customer_erase.html", context)
