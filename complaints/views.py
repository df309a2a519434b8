"""Logging a message, the case page, and what staff do with a complaint."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.access import get_editable_case
from cases.actions import Refused
from cases.enums import Actor
from cases.files import attach
from cases.links import answer_url, case_url
from cases.models import Case
from complaints import actions, learning, showing
from complaints.access import get_complaint, get_editable_complaint
from complaints.forms import AssessForm, FindingForm, LogForm, ReplyForm, TagForm
from complaints.models import Complaint
from messaging.notices import seen_mention
from messaging.timeline import asks_for_whole
from playbooks import closing
from shops import search
from shops.access import ShopRequest, member_required, staff_required


@require_http_methods(["GET", "POST"])
@staff_required
def new(request: ShopRequest) -> HttpResponse:
    """Log a customer's message."""
    if request.method == "GET":
        return render(request, "complaints/new.html", {"form": LogForm(request.shop)})
    form = LogForm(request.shop, request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "complaints/new.html", {"form": form}, status=422)
    joined = get_editable_case(request, request.POST["add_to"]) if request.POST.get("add_to") else None
    if joined and (elsewhere := answer_url(joined)):
        return redirect(elsewhere, preserve_request=True)  # the same form, to the room that knows what it means
    case = add_to_case(request, form, joined) if joined else log(request, form)
    if form.cleaned_data["photo"]:
        attach(case, form.cleaned_data["photo"], by=request.user)
    # The tag tells the page's script that the draft kept on the device may go.
    messages.success(request, _("Logged as %(code)s.") % {"code": case.code}, extra_tags="complaints:new")
    return redirect(case_url(case))


def log(request: ShopRequest, form: LogForm) -> Case:
    """A new case from the form."""
    return actions.log_complaint(request.shop, form.intake(), by=request.user).case


def add_to_case(request: ShopRequest, form: LogForm, case: Case) -> Case:
    """The message joins an open case of the same shop instead of opening another; a double click adds it once."""
    data = form.cleaned_data
    actions.customer_replied(case, data["text"], data["channel"], by=request.user, key=data["intake_key"])
    return case


@require_GET
@staff_required
def lookup(request: ShopRequest) -> HttpResponse:
    """Orders, customers and open cases that fit what is being typed (htmx): "add to this case?"."""
    order, customer = request.GET.get("order", "")[:40], request.GET.get("customer", "")[:80]
    context = {
        "orders": search.orders(request.shop, order).select_related("customer").order_by("-placed_at", "-pk")[:8],
        "customers": search.customers(request.shop, customer).order_by("name")[:8],
        "open_cases": showing.open_cases(request.member, order=order, customer=customer),
    }
    return render(request, "complaints/_lookup.html", context)


@require_POST
@staff_required
def suggestion(request: ShopRequest) -> HttpResponse:
    """Who the customer blames, for the text being typed (htmx)."""
    text = request.POST.get("text", "")[:20_000]
    found = learning.suggestion(request.shop, text) if text.strip() else None
    context = {"suggestion": found, "marked": showing.marked(text, showing.cue_rows(found)) if found else []}
    return render(request, "complaints/_suggestion.html", context)


@require_GET
@member_required
def detail(request: ShopRequest, code: str) -> HttpResponse:
    """The case page: the customer's words first, the next thing to do second."""
    complaint = get_complaint(request, code)
    page = showing.case_page(complaint, request.member, whole=asks_for_whole(request.GET))
    if request.user.username in page["timeline"].mentioned:
        seen_mention(request.member, complaint.case)
    return render(request, "complaints/detail.html", page)


def acting(request: ShopRequest, code: str, act: Callable[[Complaint], str]) -> HttpResponse:
    """Do something to a complaint and go back to its page; a refusal is shown there."""
    complaint = get_editable_complaint(request, code)
    try:
        if done := act(complaint):
            messages.success(request, done)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("complaints:detail", args=[complaint.case.code]))


@require_POST
@staff_required
def tag(request: ShopRequest, code: str) -> HttpResponse:
    """Confirm or change who the customer blames."""

    def act(complaint: Complaint) -> str:
        form = TagForm(request.POST)
        if not form.is_valid():
            raise Refused(_("Choose who they blame."))
        actions.tag(complaint, form.cleaned_data["blame"], by=request.user)
        return _("Noted. The treatment follows.")

    return acting(request, code, act)


@require_POST
@staff_required
def assess(request: ShopRequest, code: str) -> HttpResponse:
    """Correct what went wrong and how bad it is."""

    def act(complaint: Complaint) -> str:
        form = AssessForm(request.POST)
        if not form.is_valid():
            raise Refused(_("Choose one of the values in each list."))
        actions.assess(complaint, by=request.user, **form.cleaned_data)
        return _("Noted. Clocks and treatment follow.")

    return acting(request, code, act)


@require_POST
@staff_required
def finding(request: ShopRequest, code: str) -> HttpResponse:
    """Our own view of the cause."""

    def act(complaint: Complaint) -> str:
        form = FindingForm(request.POST)
        if not form.is_valid():
            raise Refused(_("Choose one of the values in each list."))
        actions.set_finding(complaint, form.cleaned_data["finding"], form.cleaned_data["why"], by=request.user)
        return _("Finding noted. It stays inside the shop.")

    return acting(request, code, act)


@require_POST
@staff_required
def reply(request: ShopRequest, code: str) -> HttpResponse:
    """Log the customer's answer."""

    def act(complaint: Complaint) -> str:
        form = ReplyForm(request.POST)
        if not form.is_valid():
            raise Refused(_("The answer is empty."))
        actions.customer_replied(complaint.case, form.cleaned_data["text"], complaint.case.channel, by=request.user)
        return _("Answer noted.")

    return acting(request, code, act)


@require_POST
@staff_required
def merge(request: ShopRequest, code: str) -> HttpResponse:
    """Join this case into another open one of the same customer."""
    complaint = get_editable_complaint(request, code)
    into = get_editable_case(request, request.POST.get("into", ""))
    try:
        if into.customer_id != complaint.case.customer_id:
            raise Refused(_("Only cases of the same customer can be merged."))
        closing.merge(complaint.case, into, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(case_url(complaint.case))
    messages.success(request, _("Merged into %(code)s.") % {"code": into.code})
    return redirect(case_url(into))


@require_POST
@staff_required
def resolve(request: ShopRequest, code: str) -> HttpResponse:
    """The shop has done its part."""

    def act(complaint: Complaint) -> str:
        closing.resolve(complaint.case, by=request.user)
        return _("Resolved by the shop. The customer can confirm on their page.")

    return acting(request, code, act)


@require_POST
@staff_required
def reopen(request: ShopRequest, code: str) -> HttpResponse:
    """Take a resolved case, or one that ended within thirty days, up again."""

    def act(complaint: Complaint) -> str:
        actions.reopen(complaint.case, actor=Actor.STAFF, by=request.user)
        return _("Open again. The owner takes over.")

    return acting(request, code, act)
