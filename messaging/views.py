"""The outbox: every outgoing message, its state, why it waits, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from cases.actions import Refused
from cases.links import case_url
from messaging import outbox
from messaging.access import get_message, visible_messages
from messaging.channels import CHANNELS
from messaging.enums import MessageState
from messaging.models import Message
from shops.access import ShopRequest, member_required, staff_required
from tables.keyset import page

TABS = [
    ("", gettext_lazy("All")),
    (MessageState.WAITING, MessageState.WAITING.label),
    (MessageState.READY, MessageState.READY.label),
    (MessageState.SENT, MessageState.SENT.label),
    (MessageState.MARKED_SENT, MessageState.MARKED_SENT.label),
    (MessageState.FAILED, MessageState.FAILED.label),
    (MessageState.UNCONFIRMED, MessageState.UNCONFIRMED.label),
    (MessageState.DRAFT, MessageState.DRAFT.label),
]


@require_GET
@member_required
def index(request: ShopRequest) -> HttpResponse:
    """All outgoing messages, newest first, by state."""
    state = request.GET.get("state", "")
    rows = visible_messages(request.member).select_related("case", "customer")
    if state in MessageState.values:
        rows = rows.filter(state=state)
    found = page(rows, "pk", request.GET.get("at", ""))
    tabs = [{"url": f"?state={value}" if value else "?", "label": label, "on": value == state} for value, label in TABS]
    return render(
        request, "messaging/outbox.html", {"rows": found.rows, "tabs": tabs, **found.links(request.GET.dict())}
    )


@require_GET
@member_required
def show(request: ShopRequest, pk: int) -> HttpResponse:
    """One message: its words, where it is, and the way to send it by hand."""
    message = get_message(request, pk)
    channel = CHANNELS.get(message.carrier)
    context = {
        "message": message,
        "link": channel.link(message) if channel and channel.link and message.address else "",
        "back": case_url(message.case) if message.case else "",
        "can_write": request.member.can_write,
    }
    return render(request, "messaging/show.html", context)


def acting(request: ShopRequest, pk: int, act: Callable[[Message], str]) -> HttpResponse:
    """Do something to a message, then show it again; a refusal is shown there."""
    message = get_message(request, pk)
    try:
        messages.success(request, act(message))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("messaging:show", pk)


@require_POST
@staff_required
def mark_sent(request: ShopRequest, pk: int) -> HttpResponse:
    """ "I sent it", for links and copies and for doubtful messages that did arrive."""

    def act(message: Message) -> str:
        outbox.mark_sent(message, by=request.user)
        return _("Marked as sent.")

    return acting(request, pk, act)


@require_POST
@staff_required
def unmark(request: ShopRequest, pk: int) -> HttpResponse:
    """Undo "I sent it"."""

    def act(message: Message) -> str:
        outbox.unmark_sent(message, by=request.user)
        return _("It waits to be sent again.")

    return acting(request, pk, act)


@require_POST
@staff_required
def undo(request: ShopRequest, pk: int) -> HttpResponse:
    """Take a queued message back to draft."""

    def act(message: Message) -> str:
        outbox.undo(message, by=request.user)
        return _("Taken back. It is a draft again.")

    return acting(request, pk, act)


@require_POST
@staff_required
def retry(request: ShopRequest, pk: int) -> HttpResponse:
    """Send a failed or doubtful message again."""

    def act(message: Message) -> str:
        outbox.retry(message, by=request.user)
        return _("It is tried again.")

    return acting(request, pk, act)


@require_POST
@staff_required
def cancel(request: ShopRequest, pk: int) -> HttpResponse:
    """Stop a message that has not gone."""

    def act(message: Message) -> str:
        if not outbox.cancel(message, request.POST.get("reason", "") or _("Stopped by hand."), by=request.user):
            raise Refused(_("Too late: it has left already."))
        return _("Cancelled.")

    return acting(request, pk, act)
