"""Pages to write to a customer: a free answer on a case, and a draft that lies in the outbox."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.access import get_editable_case
from cases.actions import Refused
from cases.links import case_url
from messaging import compose, mending, tone
from messaging.access import get_message
from messaging.channels import CHANNELS
from messaging.enums import MessageState, Purpose
from messaging.forms import DraftForm, ReplyForm, draft_form
from messaging.guarding import GuardRefused
from messaging.models import Message, MessageTemplate
from messaging.remarks import remarks
from messaging.words import render as render_words
from messaging.words import values_for
from shops.access import ShopRequest, staff_required


@require_http_methods(["GET", "POST"])
@staff_required
def write(request: ShopRequest, code: str) -> HttpResponse:
    """A free answer on a case. The form's own key stores it once, however often it is sent."""
    case = get_editable_case(request, code)
    posted = mending.tidy(request.POST)
    form = ReplyForm(posted)
    shown = Message(shop=request.shop, case=case, customer=case.customer, channel=case.channel)
    shown.language = (case.customer.language if case.customer else "") or request.shop.language
    if mending.is_pressed(posted):
        return look(request, shown, ReplyForm, posted)
    if request.method == "GET":
        return composer(request, shown, begun_with(saved_reply(shown, request.GET.get("saved", "")), shown))
    if not form.is_valid():
        return composer(request, shown, form)
    data = form.cleaned_data
    message = compose.reply_for(case, data["key"], data["body"], data["subject"])
    return press(request, message, form)


def saved_replies(message: Message) -> QuerySet[MessageTemplate]:
    """The shop's saved replies in the language of the message."""
    rows = MessageTemplate.objects.filter(shop=message.shop, purpose=Purpose.FREE, language=message.language)
    return rows.order_by("key")


def saved_reply(message: Message, key: str) -> MessageTemplate | None:
    """The saved reply that was chosen, None where none was or it is gone."""
    return saved_replies(message).filter(key=key).first() if key else None


def begun_with(saved: MessageTemplate | None, message: Message) -> ReplyForm:
    """An empty answer, or one that begins with a saved reply filled from the case."""
    if saved is None or message.case is None:
        return ReplyForm()
    values = values_for(message.case, message.language)
    words = {name: render_words(getattr(saved, name), values).text for name in ("subject", "body")}
    return ReplyForm(initial=words)


@require_http_methods(["GET", "POST"])
@staff_required
def edit(request: ShopRequest, pk: int) -> HttpResponse:
    """Change a draft, keep it or send it. A step's own draft has its composer in the treatment."""
    message = get_message(request, pk)
    if message.state != MessageState.DRAFT:
        messages.error(request, _("Only drafts can be changed. Take it back first."))
        return redirect("messaging:show", pk)
    if request.method == "GET":
        return composer(request, message, draft_form(message), compose.check(message, message.body))
    posted = mending.tidy(request.POST)
    if mending.is_pressed(posted):
        return look(request, message, DraftForm, posted)
    form = DraftForm(posted)
    return press(request, message, form) if form.is_valid() else composer(request, message, form)


def look(request: ShopRequest, message: Message, form_class: type[DraftForm], posted: QueryDict) -> HttpResponse:
    """Check the words, take a rewrite, add a sentence, say that the guard was wrong. Nothing is stored or sent."""
    body = mending.body_of(posted)
    report = compose.check(message, body)
    noted = mending.note(body, posted, report, request.member)
    body = mending.mended(body, posted, report)
    form = form_class(initial={**posted.dict(), "body": body, "send_anyway": False})
    return composer(request, message, form, compose.check(message, body), noted)


def press(request: ShopRequest, message: Message, form: DraftForm) -> HttpResponse:
    """One of the composer's buttons: keep, send."""
    data, action = form.cleaned_data, request.POST.get("action", "send")
    try:
        if action == "send":
            choices = {"send_anyway": data["send_anyway"], "override_reason": data["override_reason"]}
            compose.send(message, data["body"], data["subject"], by=request.member, choices=choices)
        else:
            compose.save_draft(message, data["body"], data["subject"])
    except GuardRefused as refusal:
        form.add_error(None, str(refusal))
        return composer(request, message, form, refusal.report)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return composer(request, message, form, compose.check(message, data["body"]))
    return stored(request, message, sent=action == "send")


def stored(request: ShopRequest, message: Message, *, sent: bool) -> HttpResponse:
    """Say what happens next; what leaves by itself can be taken back for ten seconds."""
    if not sent:
        messages.success(request, _("Kept as a draft."))
    elif CHANNELS[message.carrier].by_hand:
        messages.success(request, _("Ready. Open the chat, send it there, then press “I sent it”."))
        return redirect("messaging:show", message.pk)
    else:
        messages.success(
            request, _("It leaves in 10 seconds. You can still take it back."), extra_tags=f"undo:{message.pk}"
        )
    return redirect(case_url(message.case) if message.case else "messaging:outbox")


def composer(
    request: ShopRequest, message: Message, form: DraftForm, report: tone.Report | None = None, noted: str = ""
) -> HttpResponse:
    """The page, or with htmx only the guard's part. `noted`: the feedback button that was just pressed."""
    body = str(form["body"].value() or "")
    context = {
        "message": message,
        "case": message.case,
        "form": form,
        "guard": remarks(report, body, message.purpose, request.member) if report else None,
        "noted": noted,
        "back": case_url(message.case) if message.case else "",
        "saved": saved_replies(message) if message.pk is None else (),
    }
    template = "playbooks/_guard.html" if request.htmx else "messaging/write.html"
    return render(request, template, context, status=422 if form.errors else 200)
