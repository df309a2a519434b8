"""The owner's page of the tone guard: where somebody says it was wrong, and the shop's own phrases."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from messaging.forms import GuardWordForm, rule_title
from messaging.models import GuardFeedback, GuardWord
from shops.access import ShopRequest, owner_required
from shops.actions import audit
from shops.setting_views import tabs
from tables.keyset import page


@require_GET
@owner_required
def index(request: ShopRequest) -> HttpResponse:
    """Open feedback, newest first, and the shop's own phrases."""
    return show(request, GuardWordForm(request.shop))


def show(request: ShopRequest, form: GuardWordForm) -> HttpResponse:
    """The page, also when a phrase was refused."""
    lines = GuardFeedback.objects.filter(shop=request.shop, reviewed_at=None).select_related("by")
    found = page(lines, "-pk", request.GET.get("at", ""))
    context: dict[str, Any] = {
        "lines": [(line, rule_title(line.rule)) for line in found.rows],
        "words": [(word, rule_title(word.rule)) for word in request.shop.guard_words.order_by("rule", "phrase")],
        "form": form,
        **found.links(request.GET.dict()),
        **tabs(request),
    }
    return render(request, "messaging/guard_page.html", context, status=422 if form.errors else 200)


@require_POST
@owner_required
def reviewed(request: ShopRequest, pk: int) -> HttpResponse:
    """The owner has read a line; it leaves the list and stays stored."""
    line = get_object_or_404(GuardFeedback, pk=pk, shop=request.shop)
    if line.reviewed_at is None:
        line.reviewed_at = timezone.now()
        line.save(update_fields=["reviewed_at"])
    return redirect("messaging:guard")


@require_POST
@owner_required
def add_word(request: ShopRequest) -> HttpResponse:
    """A phrase of the shop's own for one of the rules G1 to G8."""
    form = GuardWordForm(request.shop, request.POST)
    if not form.is_valid():
        return show(request, form)
    word = GuardWord.objects.create(shop=request.shop, **form.cleaned_data)
    audit(request.shop, request.user, "guard_word_added", rule=word.rule, phrase=word.phrase)
    messages.success(request, _("Added. From now on it is marked."))
    return redirect("messaging:guard")


@require_POST
@owner_required
def remove_word(request: ShopRequest, pk: int) -> HttpResponse:
    """Take back a phrase of the shop's own; the rules themselves cannot be switched off."""
    word = get_object_or_404(GuardWord, pk=pk, shop=request.shop)
    word.delete()
    audit(request.shop, request.user, "guard_word_removed", rule=word.rule, phrase=word.phrase)
    messages.success(request, _("Removed."))
    return redirect("messaging:guard")
