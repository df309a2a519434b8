"""Doing a treatment's steps: done, skip, write and send."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions import Refused
from cases.links import case_url
from messaging import mending, tone
from messaging.channels import CHANNELS
from messaging.enums import PUBLIC
from messaging.guarding import GuardRefused
from messaging.models import Message
from messaging.remarks import remarks
from messaging.words import fill, labelled_blanks
from playbooks import compose, treatments
from playbooks.access import get_step
from playbooks.drafts import message_for
from playbooks.forms import ComposeForm, SkipForm
from playbooks.models import TreatmentStep
from shops.access import ShopRequest, staff_required


@require_POST
@staff_required
def done(request: ShopRequest, pk: int) -> HttpResponse:
    """Mark a step as done."""
    step = get_step(request, pk)
    try:
        treatments.complete(step, by=request.user, note=request.POST.get("note", "")[:300])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(case_url(step.case))


@require_POST
@staff_required
def skip(request: ShopRequest, pk: int) -> HttpResponse:
    """Leave a step out, with a reason."""
    step, form = get_step(request, pk), SkipForm(request.POST)
    try:
        treatments.skip(step, form.cleaned_data["reason"] if form.is_valid() else "", by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(case_url(step.case))


@require_http_methods(["GET", "POST"])
@staff_required
def write(request: ShopRequest, pk: int) -> HttpResponse:
    """The composer: the drafted words, the guard's remarks, send."""
    step = get_step(request, pk)
    message = message_for(step)
    if request.method == "GET":
        form = ComposeForm(initial={"subject": message.subject, "body": message.body})
        return composer(request, step, message, form, compose.check(step, message.body))
    data = filled(request.POST)
    if mending.is_pressed(data):
        return look(request, step, message, data)
    form = ComposeForm(data)
    if form.is_valid():
        return send(request, step, message, form)
    return composer(request, step, message, form, compose.check(step, mending.body_of(data)))


def look(request: ShopRequest, step: TreatmentStep, message: Message, data: QueryDict) -> HttpResponse:
    """Check the words, take a rewrite, add a sentence, say that the guard was wrong. Nothing is sent."""
    body = mending.body_of(data)
    report = compose.check(step, body)
    noted = mending.note(body, data, report, request.member)
    data["body"] = body = mending.mended(body, data, report)
    form = ComposeForm(initial={**data.dict(), "send_anyway": False})  # other words, other remarks: to be read anew
    return composer(request, step, message, form, compose.check(step, body), noted)


def filled(data: QueryDict) -> QueryDict:
    """The posted form with what was typed into the blanks' own fields put into the message."""
    values = {name.removeprefix("blank_"): str(value) for name, value in data.items() if name.startswith("blank_")}
    data = mending.tidy(data)
    data["body"] = fill(str(data["body"]), values)
    return data


def send(request: ShopRequest, step: TreatmentStep, message: Message, form: ComposeForm) -> HttpResponse:
    """Queue the message, or show what holds it back."""
    data = form.cleaned_data
    choices = {"send_anyway": data["send_anyway"], "override_reason": data["override_reason"]}
    try:
        compose.send(step, message, data["body"], by=request.member, subject=data["subject"], choices=choices)
    except GuardRefused as refusal:
        form.add_error(None, str(refusal))
        return composer(request, step, message, form, refusal.report)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return composer(request, step, message, form, compose.check(step, data["body"]))
    undo = "" if CHANNELS[message.carrier].by_hand else f"undo:{message.pk}"
    messages.success(request, sent_text(message), extra_tags=undo)
    return redirect(case_url(step.case))


def sent_text(message: Message) -> str:
    """What happens next with a message that was just approved."""
    if CHANNELS[message.carrier].by_hand:
        return _("Ready. Open the chat, send it there, then press “I sent it”.")
    return _("It leaves in 10 seconds. You can still take it back.")


def composer(
    request: ShopRequest,
    step: TreatmentStep,
    message: Message,
    form: ComposeForm,
    report: tone.Report,
    noted: str = "",
) -> HttpResponse:
    """The composer page, or only the guard's part for htmx. `noted`: the feedback button that was just pressed."""
    body = str(form["body"].value() or "")
    context = {
        "step": step,
        "case": step.case,
        "message": message,
        "form": form,
        "guard": remarks(report, body, message.purpose, request.member),
        "noted": noted,
        "back": case_url(step.case),
        "is_public": message.purpose in PUBLIC,
        "blanks": labelled_blanks(body),
        "by_hand": CHANNELS[message.carrier].by_hand,
    }
    name = "playbooks/_guard.html" if request.htmx else "playbooks/compose.html"
    return render(request, name, context, status=422 if form.errors and not request.htmx else 200)
