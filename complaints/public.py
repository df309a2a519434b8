"""Pages without an account: the shop's complaint page (PP 80/2019 art. 27) and the customer's own page of a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.actions import Refused
from cases.enums import ENDED, Actor, State
from cases.files import attach, check_upload
from cases.models import Case
from complaints import actions
from complaints.actions import Intake
from complaints.enums import Source
from messaging.enums import WENT_OUT, Direction
from messaging.models import Message
from messaging.words import when
from playbooks import closing
from playbooks.enums import Voice
from shops.actions import clean_address, find_or_add_customer
from shops.enums import Channel
from shops.models import Order, Shop

Answer = Callable[[Case, str, str], Message]  # what logs a customer's answer: handed in, because each room has its own

PER_HOUR = 20  # messages from one address: a person never needs more, a script does


class PublicForm(forms.Form):
    """A complaint from the shop's own page."""

    text = forms.CharField(
        label=gettext_lazy("What happened?"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
    )
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80)
    contact = forms.CharField(label=gettext_lazy("Your WhatsApp number or email"), max_length=120)
    order = forms.CharField(label=gettext_lazy("Order number, if you have it"), max_length=40, required=False)
    photo = forms.FileField(label=gettext_lazy("A photo, if you like"), required=False)
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # only robots fill it in
    intake_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_photo(self) -> Any:
        return check_upload(self.cleaned_data["photo"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        contact = data.get("contact", "")
        data["channel"] = Channel.EMAIL if "@" in contact else Channel.WHATSAPP
        try:
            data["contact"] = clean_address(data["channel"], contact) if contact else ""
        except ValueError as error:
            self.add_error("contact", str(error))
        return data


def too_many(request: HttpRequest) -> bool:
    """True where this address has sent more than PER_HOUR complaints within an hour."""
    key = f"complaints:{request.META.get('REMOTE_ADDR', '')}"
    try:
        cache.add(key, 0, timeout=3600)
        return int(cache.incr(key)) > PER_HOUR
    except ValueError:  # the hour ended between the two calls, or the cache is away
        return False  # a customer is never turned away because our counter is


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The public complaint page: how to reach the shop, what happens next, and a form."""
    shop = get_object_or_404(Shop, slug=slug)
    form = PublicForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(
            request, "complaints/public.html", {"shop": shop, "form": form, "hours": hours(shop)}, status=status
        )
    if form.cleaned_data["website"] or too_many(request):
        form.add_error(None, _("Too many messages at once. Please write to us on WhatsApp or by email."))
        return render(request, "complaints/public.html", {"shop": shop, "form": form, "hours": hours(shop)}, status=429)
    case = store(shop, form.cleaned_data)
    return redirect("status", slug=shop.slug, token=case.token)


def store(shop: Shop, data: dict[str, Any]) -> Case:
    """Keep a public complaint. An order number of somebody else is only noted in the text, never opened."""
    with transaction.atomic():
        customer = find_or_add_customer(shop, data["name"], data["channel"], data["contact"])
        number = data["order"].strip().lstrip("#")
        order = Order.objects.filter(shop=shop, number__iexact=number, customer=customer).first() if number else None
        text = data["text"] if order or not number else f"{data['text']}\n\n(#{number})"
        intake = Intake(
            text=text,
            channel=data["channel"],
            customer=customer,
            order=order,
            source=Source.PUBLIC_PAGE,
            voice=Voice.TO_SHOP,
            intake_key=data["intake_key"],
        )
        case = actions.log_complaint(shop, intake).case
        if data["photo"]:
            attach(case, data["photo"], by=None)
    return case


WEEKDAYS = [
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
]


def hours(shop: Shop) -> list[tuple[Any, str]]:
    """Opening hours by weekday, in words."""
    spans = [shop.hours.get(str(day)) for day in range(7)]
    return [
        (day, f"{span[0]}–{span[1]} {shop.zone_letters}" if span else _("closed"))
        for day, span in zip(WEEKDAYS, spans, strict=True)
    ]


def get_status_case(slug: str, token: str) -> Case:
    """The case behind a customer's link; the token is the only key."""
    return get_object_or_404(Case.objects.select_related("shop", "customer", "order"), token=token, shop__slug=slug)


@never_cache
@require_GET
def status(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The customer's own page: what was said, where it stands, what comes next. Never blame or finding (I4)."""
    case = get_status_case(slug, token)
    zone = (case.customer.zone if case.customer else None) or case.shop.zone
    language = request.LANGUAGE_CODE[:2]
    said = [
        message
        for message in case.messages.order_by("created_at")
        if message.direction == Direction.IN or (message.direction == Direction.OUT and message.state in WENT_OUT)
    ]
    context = {
        "case": case,
        "shop": case.shop,
        "said": said,
        "shipment": case.order.shipments.order_by("-pk").first() if case.order else None,
        "reply_by": when(case.first_reply_due_at, zone, language)
        if case.first_reply_due_at and not case.first_replied_at
        else "",
        "can_confirm": case.state == State.RESOLVED,
        "is_ended": case.state in ENDED,
    }
    return render(request, "complaints/status.html", context)


@require_POST
def confirm(request: HttpRequest, slug: str, token: str, answer: Answer) -> HttpResponse:
    """The customer says whether it is right now: only here can a case become confirmed (I7)."""
    case = get_status_case(slug, token)
    try:
        if request.POST.get("answer") == "yes":
            closing.confirm(case)
        else:
            answer(case, request.POST.get("text") or _("It is not solved yet."), Channel.WEB)
            if case.state == State.RESOLVED:
                actions.reopen(case, actor=Actor.CUSTOMER)
    except Refused:
        pass  # answered twice: the page shows how it stands
    return redirect("status", slug=slug, token=token)


@require_POST
def talk_back(request: HttpRequest, slug: str, token: str, answer: Answer) -> HttpResponse:
    """The customer writes again from their page (S2-09). `answer` logs it in the room of the case."""
    case, text = get_status_case(slug, token), request.POST.get("text", "").strip()[:8000]
    if text and not too_many(request):
        answer(case, text, Channel.WEB)
    return redirect("status", slug=slug, token=token)
