"""Somebody asks for their data, or to be erased: when it came, so that 72 hours can be kept (UU 27/2022 art. 32)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dashboard.measures.obeyed import ASKED, DataRequest, fetch_open_requests
from shops.access import ShopRequest, get_customer, staff_required
from shops.actions import audit
from shops.forms import MomentField
from shops.models import AuditEvent, Customer

KINDS = [("copy", gettext_lazy("A copy of their data")), ("erasure", gettext_lazy("Erasure"))]
LATEST = timedelta(days=30)


class DataRequestForm(forms.Form):
    """What they ask for, and when they asked: now, or up to 30 days ago."""

    kind = forms.ChoiceField(label=gettext_lazy("They ask for"), choices=KINDS)
    at = MomentField(label=gettext_lazy("Asked on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"at": timezone.now()}, **kwargs})

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        now = timezone.now()
        if not now - LATEST <= at <= now + timedelta(minutes=5):
            raise forms.ValidationError(_("Choose a moment of the last 30 days."))
        return at


@require_POST
@staff_required
def note(request: ShopRequest, code: str) -> HttpResponse:
    """Keep a request; asked twice while the first is open, it is one."""
    customer = get_customer(request, code)
    form = DataRequestForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("shops:customer", code)
    kind, at = form.cleaned_data["kind"], form.cleaned_data["at"]
    if not any(each.kind == kind for each in open_requests(customer)):
        line = audit(request.shop, request.user, ASKED, customer=code, kind=kind)
        AuditEvent.objects.filter(pk=line.pk).update(at=at)
    messages.success(request, _("Noted. Answer within 72 hours."))
    return redirect("shops:customer", code)


def open_requests(customer: Customer) -> list[DataRequest]:
    """What this customer has asked for and not been given."""
    found = fetch_open_requests(customer.shop, timezone.now())
    return [each for each in found if each.customer == customer.code]
