"""The outbox: every outgoing message, its state, why it waits, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from cases.actions import Refused
from cases.links import case_url
from messaging import actions, mailbox, notices, outbox, showing
from messaging.access import get_message, visible_messages
from messaging.channels import CHANNELS
from messaging.enums import MessageState
from messaging.models import Message
from messaging.queries import punctuality
from shops.access import ShopRequest, get_customer, member_required, owner_required, staff_required
from tables.keyset import page

TABS = [
    ("", gettext_lazy("All")),
    *(
        (state.value, state.label)
        for state in (
            MessageState.WAITING,
            MessageState.READY,
            MessageState.SENDING,
            MessageState.SENT,
            MessageState.MARKED_SENT,
            MessageState.FAILED,
            MessageState.UNCONFIRMED,
            MessageState.DRAFT,
            MessageState.CANCELLED,
            MessageState.EXPIRED,
        )
    ),
]


@require_GET
@member_required
def index(request: ShopRequest) -> HttpResponse:
    """All outgoing messages, newest first, by state; how punctual the last 24 hours were."""
    state, now = request.GET.get("state", ""), timezone.now()
    rows = visible_messages(request.member).select_related("case", "customer")
    if state in MessageState.values:
        rows = rows.filter(state=state)
    found = page(rows, "-pk", request.GET.get("at", ""))
    for row in found.rows:
        row.shop = request.shop
    context = {
        "rows": [showing.delivery(row, now) for row in found.rows],
        "tabs": [
            {"url": f"?state={value}" if value else "?", "label": label, "on": value == state} for value, label in TABS
        ],
        "punctuality": showing.punctual_words(punctuality(request.shop, now)),
        "mails": mailbox.is_kept() and request.member.is_owner,
        **found.links(request.GET.dict()),
    }
    return render(request, "messaging/outbox.html", context)


@require_GET
@member_required
def show(request: ShopRequest, pk: int) -> HttpResponse:
    """One message: its words, where it is, and the way to send it by hand."""
    message, now = get_message(request, pk), timezone.now()
    channel = CHANNELS.get(message.carrier)
    delivery = showing.delivery(message, now)
    step = message.steps.first() if message.state == MessageState.DRAFT else None
    context = {
        "message": message,
        "delivery": delivery,
        "objection": showing.objection(message, now) if delivery.by_hand else "",
        "link": channel.link(message) if channel and channel.link and message.address else "",
        "back": case_url(message.case) if message.case else "",
        "step": step,
        "can_write": request.member.can_write,
        "can_stop": message.customer is not None and not message.customer.no_reminders,
    }
    return render(request, "messaging/show.html", context)


# --- what people do to one message ------------------------------------------------------------------------------------


def acting(request: ShopRequest, pk: int, act: Callable[[Message], str], undo: str = "") -> HttpResponse:
    """Do something to a message, then show where it happened; a refusal is shown there."""
    message = get_message(request, pk)
    try:
        messages.success(request, act(message), extra_tags=undo)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return back_to(request, pk)


def back_to(request: ShopRequest, pk: int) -> HttpResponse:
    """The page the button stood on, else the message."""
    return redirect(place_of(request) or reverse("messaging:show", args=[pk]))


def place_of(request: ShopRequest) -> str:
    """The page a button stood on, as its form says (`next`); "" where that is not a path of ours."""
    place = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    return place if place.startswith("/") and is_ours else ""


@require_POST
@staff_required
def mark_sent(request: ShopRequest, pk: int) -> HttpResponse:
    """ "I sent it", for links and copies and for doubtful messages that did arrive."""

    def act(message: Message) -> str:
        outbox.mark_sent(message, by=request.user)
        return _("Marked as sent.")

    return acting(request, pk, act, f"unmark:{pk}")


@require_POST
@staff_required
def unmark(request: ShopRequest, pk: int) -> HttpResponse:
    """Undo "I sent it"."""

    def act(message: Message) -> str:
        outbox.unmark_sent(message, by=request.user)
        return _("It is not marked as sent any more.")

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


@require_POST
@staff_required
def came_back(request: ShopRequest, pk: int) -> HttpResponse:
    """A mail that the server took came back: the address is stopped."""

    def act(message: Message) -> str:
        outbox.came_back(message, by=request.user)
        return _("Noted. Nothing more goes to this address until somebody tries again.")

    return acting(request, pk, act)


@require_POST
@staff_required
def stop(request: ShopRequest, code: str) -> HttpResponse:
    """One tap: no more reminders to this customer."""
    customer = get_customer(request, code)
    count = actions.stop_reminders(customer, by=request.user)
    text = ngettext(
        "No more reminders to this customer; %(n)d waiting message was stopped.",
        "No more reminders to this customer; %(n)d waiting messages were stopped.",
        count,
    )
    messages.success(request, text % {"n": count})
    return redirect(place_of(request) or "messaging:outbox")


# --- notices ----------------------------------------------------------------------------------------------------------


@require_GET
@member_required
def notice_list(request: ShopRequest) -> HttpResponse:
    """What this member should know now; owners also see what waits for others."""
    rows = list(notices.open_notices(request.member).select_related("case__customer", "member__user")[:100])
    lines = showing.notice_lines(rows)
    context = {
        "mine": [line for line in lines if line.member_id in (None, request.member.pk)],
        "others": [line for line in lines if line.member_id not in (None, request.member.pk)],
    }
    return render(request, "messaging/notices.html", context)


@require_POST
@member_required
def notices_read(request: ShopRequest) -> HttpResponse:
    """I have seen them."""
    notices.mark_read(request.member)
    return redirect("messaging:notices")


# --- the try-out's mails ----------------------------------------------------------------------------------------------


@require_GET
@owner_required
def mail_list(request: ShopRequest) -> HttpResponse:
    """The shop's mails in the data folder, where no mail server is set up."""
    if not mailbox.is_kept():
        raise Http404("mails leave for real")
    return render(request, "messaging/mails.html", {"mails": mailbox.mails(request.shop)})


@require_GET
@owner_required
def mail(request: ShopRequest, name: str) -> HttpResponse:
    """One of them, as text."""
    found = mailbox.mail(request.shop, name) if mailbox.is_kept() else None
    if found is None:
        raise Http404("no such mail")
    return render(request, "messaging/mail.html", {"mail": found})
