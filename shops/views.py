"""Customers and orders: editing, and the page of an order. Their lists and the customer's page live in dashboard."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shops import actions
from shops.access import ShopRequest, get_customer, get_order, member_required, staff_required
from shops.forms import ContactForm, CustomerForm, OrderForm, ShipmentForm
from shops.models import Customer, Order, Shipment
from shops.wishes import suggestions


@require_http_methods(["GET", "POST"])
@staff_required
def customer_new(request: ShopRequest) -> HttpResponse:
    """A customer entered by hand."""
    form = CustomerForm(request.POST or None, instance=Customer(shop=request.shop))
    if request.method == "POST" and form.is_valid():
        customer = form.save()
        messages.success(request, _("Saved."))
        return redirect("shops:customer", customer.code)
    return render(request, "shops/customer_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_required
def customer_edit(request: ShopRequest, code: str) -> HttpResponse:
    """Change what is known of a customer."""
    customer = get_customer(request, code)
    form = CustomerForm(request.POST or None, instance=customer)
    if request.method == "POST" and form.is_valid():
        changed = sorted(form.changed_data)
        form.save()
        actions.audit(request.shop, request.user, "customer", customer=code, changed=changed)
        messages.success(request, _("Saved."))
        return redirect("shops:customer", code)
    context = {"form": form, "customer": customer}
    return render(request, "shops/customer_form.html", context, status=422 if form.errors else 200)


@require_POST
@staff_required
def contact_add(request: ShopRequest, code: str) -> HttpResponse:
    """One more address of a customer, with consent to offers where given."""
    customer, form = get_customer(request, code), ContactForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("shops:customer", code)
    data = form.cleaned_data
    try:
        point = actions.add_contact_point(customer, data["channel"], data["address"])
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("shops:customer", code)
    if data["offers"]:
        actions.opt_in(point, data["source"])
    messages.success(request, _("Added."))
    return redirect("shops:customer", code)


@require_POST
@staff_required
def stop_all(request: ShopRequest, code: str) -> HttpResponse:
    """One tap: no more reminders and nothing that is not essential, on every address."""
    customer = get_customer(request, code)
    actions.stop_all(customer, by=request.user)
    messages.success(request, _("Stopped. %(name)s gets no more reminders.") % {"name": customer.name})
    return redirect("shops:customer", code)


@require_POST
@staff_required
def allow_reminders(request: ShopRequest, code: str) -> HttpResponse:
    """The customer asks for reminders again; addresses they opted out of stay out."""
    customer = get_customer(request, code)
    actions.allow_reminders(customer, by=request.user)
    messages.success(request, _("Reminders are possible again."))
    return redirect("shops:customer", code)


@require_GET
@member_required
def order(request: ShopRequest, number: str) -> HttpResponse:
    """One order with its four records and parcels."""
    found = get_order(request, number)
    today = timezone.localdate(timezone=request.shop.tz)
    parcels = [(s, s.days_late(today), s.days_late_packing(today)) for s in found.shipments.order_by("pk")]
    records = [
        (_("wanted"), found.wanted),
        (_("typed at checkout"), found.typed),
        (_("packed"), found.packed),
        (_("received"), found.received),
    ]
    context = {"order": found, "parcels": parcels, "records": records, "can_write": request.member.can_write}
    context["wishes"] = suggestions(found.customer)
    return render(request, "shops/order.html", context)


@require_http_methods(["GET", "POST"])
@staff_required
def order_new(request: ShopRequest) -> HttpResponse:
    """An order entered by hand."""
    return edit_order(request, Order(shop=request.shop), Shipment(shop=request.shop))


@require_http_methods(["GET", "POST"])
@staff_required
def order_edit(request: ShopRequest, number: str) -> HttpResponse:
    """Change an order and its newest parcel."""
    found = get_order(request, number)
    parcel = found.shipments.order_by("-pk").first() or Shipment(shop=request.shop, order=found)
    return edit_order(request, found, parcel)


def edit_order(request: ShopRequest, found: Order, parcel: Shipment) -> HttpResponse:
    """The form of an order, new or known."""
    form = OrderForm(request.shop, request.POST or None, instance=found)
    parcel_form = ShipmentForm(request.POST or None, instance=parcel)
    if request.method == "POST" and form.is_valid() and parcel_form.is_valid():
        saved = actions.save_order(
            form.save(commit=False),
            form.cleaned_data["customer_name"],
            parcel_form.save(commit=False) if parcel_form.says_something or parcel.pk else None,
        )
        messages.success(request, _("Saved."))
        return redirect("shops:order", saved.number)
    context = {"form": form, "parcel_form": parcel_form, "order": found}
    failed = bool(form.errors or parcel_form.errors)
    return render(request, "shops/order_form.html", context, status=422 if failed else 200)
