"""Incident pages: note one, say who was affected, tell each of them once, see what it cost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.actions import Refused
from complaints import incidents, letters
from complaints.models import Incident
from messaging.enums import Purpose
from messaging.guarding import GuardRefused
from playbooks.enums import Failure
from shops.access import ShopRequest, member_required, staff_required
from shops.templatetags.money import rupiah
from shops.zones import PROVINCE_CHOICES

SHOWN = 50
MOMENT = {"type": "datetime-local"}


class MomentField(forms.DateTimeField):
    """A date and time on the shop's clock, as browsers send it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **options)


class IncidentForm(forms.Form):
    """What happened, from when until when."""

    title = forms.CharField(label=gettext_lazy("What happened?"), max_length=120)
    failure = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Failure.choices, initial=Failure.SITE_PROBLEM)
    started_at = MomentField(label=gettext_lazy("From"))
    ended_at = MomentField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Leave it empty while it lasts.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("started_at") and data.get("ended_at") and data["ended_at"] < data["started_at"]:
            self.add_error("ended_at", _("The end lies before the start."))
        return data


class AffectedForm(forms.Form):
    """Whose orders were hit."""

    since = MomentField(label=gettext_lazy("Ordered from"), required=False)
    until = MomentField(label=gettext_lazy("Ordered until"), required=False)
    courier = forms.CharField(label=gettext_lazy("Courier"), max_length=40, required=False)
    item = forms.CharField(label=gettext_lazy("Item contains"), max_length=80, required=False)
    province = forms.ChoiceField(label=gettext_lazy("Province"), choices=[("", "—"), *PROVINCE_CHOICES], required=False)
    paste = forms.CharField(
        label=gettext_lazy("Or paste order numbers, phone numbers or email addresses"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LetterForm(forms.Form):
    """The words to all of them."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=160)
    body = forms.CharField(label=gettext_lazy("Words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))


@require_http_methods(["GET", "POST"])
@member_required
def index(request: ShopRequest) -> HttpResponse:
    """All incidents, the newest first, and a form for a new one."""
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and request.member.can_write and form.is_valid():
        incident = incidents.open_incident(request.shop, **form.cleaned_data, by=request.member)
        incidents.adopt_complaints(incident)
        return redirect("complaints:incident", incident.pk)
    rows = Incident.objects.filter(shop=request.shop).order_by("-started_at")[:SHOWN]
    context = {"rows": rows, "form": form, "can_write": request.member.can_write}
    return render(request, "complaints/incidents.html", context, status=422 if form.errors else 200)


def get_incident(request: ShopRequest, pk: int) -> Incident:
    """An incident of the current shop, or 404."""
    return get_object_or_404(Incident.objects.select_related("shop"), pk=pk, shop=request.shop)


@require_GET
@member_required
def show(request: ShopRequest, pk: int) -> HttpResponse:
    """One incident."""
    return page(request, get_incident(request, pk))


def page(request: ShopRequest, incident: Incident, form: LetterForm | None = None, status: int = 200) -> HttpResponse:
    """The page of one incident: who, told, cost."""
    subject, body = incidents.words(incident)
    waiting = incidents.letters(incident)
    cost = incidents.cost(incident, timezone.now())
    preview = letters.words_for(incident.shop, body, waiting[0]).text if waiting else ""
    context = {
        "incident": incident,
        "affected": incident.affected.order_by("pk")[:SHOWN],
        "count": incident.affected.count(),
        "waiting": len(waiting),
        "preview": preview,
        "cost": cost,
        "given": rupiah(cost.remedies),
        "cases": incident.complaints.select_related("case").order_by("-pk")[:SHOWN],
        "letter": form or LetterForm(initial={"subject": subject.replace("{shop}", incident.shop.name), "body": body}),
        "who": AffectedForm(initial={"since": incident.started_at, "until": incident.ended_at}),
        "can_write": request.member.can_write,
    }
    return render(request, "complaints/incident.html", context, status=status)


@require_POST
@staff_required
def affected(request: ShopRequest, pk: int) -> HttpResponse:
    """Add customers by filter or by a pasted list."""
    incident, form = get_incident(request, pk), AffectedForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("complaints:incident", pk)
    data = form.cleaned_data
    paste = data.pop("paste")
    unknown: list[str] = []
    if paste.strip():
        found, unknown = incidents.pasted(request.shop, paste)
        new = incidents.add(incident, found)
    else:
        new = incidents.add(incident, incidents.found_by(request.shop, incidents.Affected(**data)))
    messages.success(request, ngettext("%(n)d customer added.", "%(n)d customers added.", new) % {"n": new})
    if unknown:
        messages.error(request, _("Fits nobody in the books: %(words)s") % {"words": ", ".join(unknown[:20])})
    return redirect("complaints:incident", pk)


@require_POST
@staff_required
def end(request: ShopRequest, pk: int) -> HttpResponse:
    """It is repaired."""
    incident = get_incident(request, pk)
    incidents.end(incident, timezone.now())
    incidents.adopt_complaints(incident)
    return redirect("complaints:incident", pk)


@require_POST
@staff_required
def tell(request: ShopRequest, pk: int) -> HttpResponse:
    """Write to everybody affected who has not been written to: one message each, whatever happens."""
    incident, form = get_incident(request, pk), LetterForm(request.POST)
    if not form.is_valid():
        return page(request, incident, form, 422)
    try:
        sent = letters.send_all(
            request.shop,
            incidents.letters(incident),
            purpose=Purpose.INCIDENT,
            subject=form.cleaned_data["subject"],
            template=form.cleaned_data["body"],
            by=request.member,
        )
    except GuardRefused as refusal:
        form.add_error("body", " ".join([str(refusal), *(finding.reason.en for finding in refusal.report.findings)]))
        return page(request, incident, form, 422)
    except Refused as refusal:
        form.add_error("body", str(refusal))
        return page(request, incident, form, 422)
    if sent:
        Incident.objects.filter(pk=incident.pk, told_at=None).update(told_at=timezone.now())
    messages.success(
        request, ngettext("%(n)d message is on its way.", "%(n)d messages are on their way.", sent) % {"n": sent}
    )
    return redirect("complaints:incident", pk)
