"""Starting and ending a 50/50 trial: one click, with its end fixed beforehand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions import Refused
from dashboard.parts.works import version_name
from playbooks import trials
from playbooks.models import Playbook, PlaybookVersion, Trial
from playbooks.trials import HOLDOUT, HOLDOUT_FOR, MIN_CASES
from shops.access import ShopRequest, owner_required
from shops.models import Shop


class TrialForm(forms.Form):
    """Two versions of one playbook, and after how many cases it is read."""

    pair = forms.ChoiceField(label=gettext_lazy("Which two?"))
    stop_after = forms.IntegerField(
        label=gettext_lazy("Read it after so many cases"),
        initial=60,
        min_value=MIN_CASES,
        max_value=2000,
        help_text=gettext_lazy(
            "Fixed now: a trial that is looked at again and again finds differences that are not there."
        ),
    )

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pair"]
        if isinstance(field, forms.ChoiceField):
            field.choices = pairs_of(shop)


def pairs_of(shop: Shop) -> list[tuple[str, str]]:
    """For each playbook its newest version against each older one, and against the holdout where that is fair."""
    kept: dict[Playbook, list[int]] = {}
    rows = PlaybookVersion.objects.filter(playbook__shop=shop, playbook__is_active=True).select_related("playbook")
    for version in rows.order_by("playbook__code", "-number"):
        kept.setdefault(version.playbook, []).append(version.number)
    found = []
    for playbook, numbers in kept.items():
        others = [*numbers[1:6], *([HOLDOUT] if playbook.code in HOLDOUT_FOR else [])]
        for other in others:
            words = _("%(playbook)s: %(a)s against %(b)s") % {
                "playbook": playbook,
                "a": version_name(numbers[0]),
                "b": version_name(other),
            }
            found.append((f"{playbook.pk}:{numbers[0]}:{other}", words))
    return found


@require_http_methods(["GET", "POST"])
@owner_required
def index(request: ShopRequest) -> HttpResponse:
    """Start a trial, and those under way."""
    form = TrialForm(request.shop, request.POST or None)
    if request.method == "POST" and form.is_valid():
        playbook, a, b = form.cleaned_data["pair"].split(":")
        book = get_object_or_404(Playbook, pk=playbook, shop=request.shop)
        try:
            trials.start_trial(
                book, version_a=int(a), version_b=int(b), stop_after=form.cleaned_data["stop_after"], by=request.member
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The trial has started: new cases get one of the two versions at random."))
            return redirect("dashboard:insights_trials")
    running = Trial.objects.filter(shop=request.shop, ended_at=None).select_related("playbook").order_by("-started_at")
    context = {
        "form": form,
        "has_pairs": bool(pairs_of(request.shop)),
        "running": [
            (trial, trials.treated(trial), version_name(trial.version_a), version_name(trial.version_b))
            for trial in running
        ],
    }
    return render(request, "dashboard/trials.html", context, status=422 if form.errors else 200)


@require_POST
@owner_required
def stop(request: ShopRequest, pk: int) -> HttpResponse:
    """End a trial before its time: then it says nothing."""
    trials.stop_trial(get_object_or_404(Trial, pk=pk, shop=request.shop), by=request.member)
    messages.success(request, _("Ended."))
    return redirect("dashboard:insights_trials")
