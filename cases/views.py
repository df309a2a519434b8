"""What every case has, whatever its kind: files, assignment, theme."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from cases import actions
from cases.access import get_attachment, get_editable_case
from cases.forms import ThemeForm
from cases.links import case_url
from shops.access import ShopRequest, key_of, member_required, staff_required
from shops.models import Member


@require_GET
@member_required
def attachment(request: ShopRequest, code: str) -> HttpResponseBase:
    """A file, inert: fixed type, never sniffed, photos inline and everything else as a download."""
    found = get_attachment(request, code)
    inline = found.content_type.startswith("image/")
    response = FileResponse(
        found.file.open(), content_type=found.content_type, as_attachment=not inline, filename=found.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@staff_required
def assign(request: ShopRequest, code: str) -> HttpResponse:
    """Give the case to a member, or to nobody."""
    case = get_editable_case(request, code)
    chosen = request.POST.get("member", "")
    member = get_object_or_404(Member, shop=request.shop, pk=key_of(chosen)) if chosen else None
    actions.assign(case, member, by=request.user)
    return redirect(case_url(case))


@require_POST
@staff_required
def theme(request: ShopRequest, code: str) -> HttpResponse:
    """Note what the case was about and what caused it."""
    case, form = get_editable_case(request, code), ThemeForm(request.POST)
    if form.is_valid():
        actions.set_theme(case, form.cleaned_data["theme"], form.cleaned_data["root_cause"], by=request.user)
    else:
        messages.error(request, form.first_error())
    return redirect(case_url(case))
