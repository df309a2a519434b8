"""Bookings: the board by time left, agreeing, the plan, and the one-tap answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bookings import actions, queries, showing
from bookings import waiting as lines
from bookings.access import get_booking, get_editable_booking, get_entry
from bookings.forms import AgreeForm, AnswerForm, WaitForm, proposed
from bookings.models import Booking, WaitingEntry
from cases.actions import Refused
from cases.files import attach
from messaging.notices import seen_mention
from messaging.timeline import asks_for_whole
from shops.access import ShopRequest, key_of, member_required, staff_required
from shops.actions import clean_address
from shops.models import Customer
from shops.templatetags.money import rupiah

FUNNEL_DAYS = {"90": 90, "180": 180, "365": 365}


@require_http_methods(["GET", "POST"])
@staff_required
def new(request: ShopRequest) -> HttpResponse:
    """Agree on a hold: five fields, or a pasted chat that fills them."""
    entry = chosen_entry(request)
    if request.method == "GET":
        return agree_page(request, AgreeForm(request.shop, initial=first_values(request, entry)), entry)
    if request.POST.get("action") == "read":
        return agree_page(
            request, AgreeForm(request.shop, initial=proposed(request.POST.get("chat", "")[:8000])), entry
        )
    form = AgreeForm(request.shop, request.POST)
    if not form.is_valid():
        return agree_page(request, form, entry, status=422)
    try:
        booking = actions.agree(request.shop, form.deal(entry), by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return agree_page(request, form, entry, status=422)
    return redirect("bookings:plan", booking.case.code)


def chosen_entry(request: ShopRequest) -> WaitingEntry | None:
    """The place in a waiting line that this booking is for, if any."""
    asked = request.GET.get("waiting", "") or request.POST.get("waiting", "")
    return get_entry(request, key_of(asked)) if asked else None


def first_values(request: ShopRequest, entry: WaitingEntry | None) -> dict[str, object]:
    """What the form starts with: from the waiting list, else from the link."""
    if entry is None:
        return {name: request.GET[name][:160] for name in ("item", "customer") if name in request.GET}
    price = rupiah(entry.freed_by.price).removeprefix("Rp") if entry.freed_by else ""
    point = entry.customer.contact_points.first()
    values: dict[str, object] = {"item": entry.item, "customer": entry.customer.name, "price": price}
    return {**values, "channel": point.channel, "address": point.address} if point else values


def agree_page(request: ShopRequest, form: AgreeForm, entry: WaitingEntry | None, status: int = 200) -> HttpResponse:
    """The form, with the hint to send the pay link first where the private counter says so."""
    known = entry.customer if entry else known_customer(request, form)
    hint = known is not None and queries.pay_link_first(known, timezone.now())
    return render(request, "bookings/new.html", {"form": form, "entry": entry, "pay_first": hint}, status=status)


def known_customer(request: ShopRequest, form: AgreeForm) -> Customer | None:
    """The customer the form speaks of, looked up and never added."""
    address, channel = str(form["address"].value() or ""), str(form["channel"].value() or "")
    name = str(form["customer"].value() or "").strip()
    rows = Customer.objects.filter(shop=request.shop, erased_at=None)
    if address:
        try:
            point = {"contact_points__channel": channel, "contact_points__address": clean_address(channel, address)}
        except ValueError:
            return None
        return rows.filter(**point).first()
    return rows.filter(name__iexact=name).order_by("pk").first() if name else None


@require_http_methods(["GET", "POST"])
@staff_required
def plan(request: ShopRequest, code: str) -> HttpResponse:
    """The agreement: the limit to tell, the planned messages and their times; "agree and schedule" approves them."""
    booking = get_editable_booking(request, code)
    if request.method == "GET":
        return render(request, "bookings/plan.html", showing.plan_page(booking) | pay_hint(booking))
    bodies = bodies_of(request)
    told, anyway = "told" in request.POST, "send_anyway" in request.POST
    try:
        actions.schedule(booking, bodies, by=request.member, told=told, send_anyway=anyway)
    except Refused as refusal:
        messages.error(request, str(refusal))
        context = showing.plan_page(booking, bodies, asked=True) | pay_hint(booking)
        return render(request, "bookings/plan.html", context, status=422)
    messages.success(request, _("Scheduled. You will be told when it is your turn."))
    return redirect("bookings:detail", code)


def bodies_of(request: ShopRequest) -> dict[int, str]:
    """The words of each drafted message, by its pk."""
    named = ((name.removeprefix("body-"), str(body)) for name, body in request.POST.items() if name.startswith("body-"))
    return {key_of(pk): body for pk, body in named}


def pay_hint(booking: Booking) -> dict[str, bool]:
    """Whether to suggest sending the pay link first."""
    return {"pay_first": queries.pay_link_first(booking.customer, timezone.now())}


@require_GET
@member_required
def detail(request: ShopRequest, code: str) -> HttpResponse:
    """The booking: time left and the three answers first."""
    booking = get_booking(request, code)
    page = showing.booking_page(booking, request.member, whole=asks_for_whole(request.GET))
    if request.user.username in page["timeline"].mentioned:
        seen_mention(request.member, booking.case)
    return render(request, "bookings/detail.html", page)


def acting(
    request: ShopRequest, code: str, act: Callable[[Booking], str], then: str = "bookings:detail", tag: str = ""
) -> HttpResponse:
    """Do something to a booking and go to a page of it; a refusal is shown on the booking's own page."""
    booking = get_editable_booking(request, code)
    try:
        messages.success(request, act(booking), extra_tags=tag)
    except Refused as refusal:
        messages.error(request, str(refusal))
        then = "bookings:detail"
    return redirect(then, code)


@require_POST
@staff_required
def paid(request: ShopRequest, code: str) -> HttpResponse:
    """They paid."""

    def act(booking: Booking) -> str:
        actions.paid(booking, by=request.user)
        return _("Paid. Nothing more is sent about it.")

    return acting(request, code, act)


@require_POST
@staff_required
def extend(request: ShopRequest, code: str) -> HttpResponse:
    """ "Ada halangan": one more window, no proof asked."""

    def act(booking: Booking) -> str:
        actions.extend(booking, by=request.user)
        return _("Kept for one more window. Read the new words and schedule them.")

    return acting(request, code, act, "bookings:plan")


@require_POST
@staff_required
def cancelled(request: ShopRequest, code: str) -> HttpResponse:
    """They changed their mind, or it was let go after talking."""

    def act(booking: Booking) -> str:
        actions.cancelled(booking, by=request.user, why=request.POST.get("why", "")[:200])
        return _("Cancelled, and that is fine. The next in line is told first.")

    return acting(request, code, act)


@require_POST
@staff_required
def resold(request: ShopRequest, code: str) -> HttpResponse:
    """The item went to somebody else."""

    def act(booking: Booking) -> str:
        actions.resold(booking, by=request.user)
        return _("Noted.")

    return acting(request, code, act)


@require_POST
@staff_required
def reply(request: ShopRequest, code: str) -> HttpResponse:
    """Log the customer's answer."""

    def act(booking: Booking) -> str:
        form = AnswerForm(request.POST, request.FILES)
        if not form.is_valid():
            raise Refused(next(str(errors[0]) for errors in form.errors.values()))
        data = form.cleaned_data
        channel = data["channel"] or booking.case.channel
        actions.customer_replied(booking.case, data["text"], channel, by=request.user, key=data["intake_key"])
        if data["photo"]:
            attach(booking.case, data["photo"], by=request.user)
        return _("Answer noted.")

    # The tag tells the page's script that a draft kept on the device may go.
    return acting(request, code, act, tag="complaints:new" if "intake_key" in request.POST else "")


@require_http_methods(["GET", "POST"])
@member_required
def waiting_list(request: ShopRequest) -> HttpResponse:
    """Who waits for what, in order; staff add people."""
    form = WaitForm(request.shop, request.POST or None, initial={"item": request.GET.get("item", "")[:160]})
    if request.method == "POST" and request.member.can_write and form.is_valid():
        data = form.cleaned_data
        try:
            lines.join(request.shop, form.person(), data["item"], data["channel"], by=request.member)
            messages.success(request, _("On the list. They are told first when it is free."))
            return redirect("bookings:waiting")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "places": showing.places(queries.waiting_list(request.shop), timezone.now()),
        "tabs": showing.tabs("waiting"),
        "form": form,
        "can_write": request.member.can_write,
    }
    status = 403 if request.method == "POST" and not request.member.can_write else 422 if form.is_bound else 200
    return render(request, "bookings/waiting.html", context, status=status)


@require_POST
@staff_required
def leave(request: ShopRequest, pk: int) -> HttpResponse:
    """They do not wait any more."""
    lines.leave(get_entry(request, pk), by=request.user)
    messages.success(request, _("Taken off the list."))
    return redirect("bookings:waiting")


@require_GET
@member_required
def funnel(request: ShopRequest) -> HttpResponse:
    """What became of the bookings (domain.md 6.10)."""
    now, chosen = timezone.now(), request.GET.get("days", "180")
    days = FUNNEL_DAYS.get(chosen, 180)
    found = queries.funnel(request.shop, now - timedelta(days=days), now)
    context = {
        **showing.funnel_page(found),
        "tabs": showing.tabs("funnel"),
        "days": days,
        "choices": list(FUNNEL_DAYS.values()),
    }
    return render(request, "bookings/funnel.html", context)
