"""A note for colleagues: whoever is named in it is told at once."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cases import actions
from cases.access import get_editable_case
from cases.forms import NoteForm
from cases.links import case_url
from messaging.notices import tell_mentioned
from shops.access import ShopRequest, staff_required


@require_POST
@staff_required
def note(request: ShopRequest, code: str) -> HttpResponse:
    """Add a remark to a case."""
    case, form = get_editable_case(request, code), NoteForm(request.POST)
    if form.is_valid():
        with transaction.atomic():
            tell_mentioned(actions.add_note(case, form.cleaned_data["text"], by=request.user))
    else:
        messages.error(request, form.first_error())
    return redirect(case_url(case))
