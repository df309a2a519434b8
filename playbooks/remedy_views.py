"""Giving something back: propose, decide, offer, choose, carry out; and what the shop changes afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.access import get_case, get_editable_case
from cases.actions import Refused
from cases.files import attach
from cases.forms import SmallForm
from cases.links import case_url
from cases.models import Case
from playbooks import closing, evidence, remedies
from playbooks.access import get_remedy
from playbooks.forms import ClaimForm, ImproveForm, ProofForm, RemedyForm
from playbooks.models import Promise, Remedy
from shops.access import ShopRequest, key_of, owner_required, staff_required

IMPROVE_WITHIN = timedelta(days=14)


def acting(request: ShopRequest, case: Case, act: Callable[[], str]) -> HttpResponse:
    """Do it and go back to the case; a refusal is shown there."""
    try:
        with transaction.atomic():
            done = act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(case_url(case))


def checked(form: SmallForm) -> SmallForm:
    """The form if it is valid; Refused says what is wrong."""
    if not form.is_valid():
        raise Refused(form.first_error())
    return form


@require_POST
@staff_required
def propose(request: ShopRequest, code: str) -> HttpResponse:
    """Note what is to be given; above the limit an owner is asked."""
    case = get_editable_case(request, code)

    def act() -> str:
        data = checked(RemedyForm(request.POST)).cleaned_data
        remedy = remedies.propose(case, by=request.member, **data)
        return _("Approved.") if remedy.decided_at else _("Noted. An owner decides.")

    return acting(request, case, act)


@require_POST
@staff_required
def claim(request: ShopRequest, code: str) -> HttpResponse:
    """A published promise is claimed: its quantity is proposed within its caps."""
    case = get_editable_case(request, code)

    def act() -> str:
        data = checked(ClaimForm(request.POST)).cleaned_data
        promise = get_object_or_404(Promise, shop=request.shop, pk=data["promise"])
        remedy = remedies.claim(case, promise, data["broken"], by=request.member, cost=data["cost"])
        return _("Noted: %(n)d pieces.") % {"n": remedy.quantity}

    return acting(request, case, act)


@require_POST
@staff_required
def offer(request: ShopRequest, code: str) -> HttpResponse:
    """Offer the ticked remedies to the customer, best as a choice of two."""
    case = get_editable_case(request, code)

    def act() -> str:
        ticked = [key_of(pk) for pk in request.POST.getlist("remedy")]
        rows = list(Remedy.objects.filter(case=case, pk__in=ticked).order_by("pk"))
        if not rows:
            raise Refused(_("Tick what you offer."))
        for remedy in rows:
            remedy.case = case
            remedies.offer(remedy, by=request.member)
        return _("Offered. The words to send are in the step above.")

    return acting(request, case, act)


@require_POST
@staff_required
def decide(request: ShopRequest, pk: int) -> HttpResponse:
    """An owner approves or refuses, with a reason."""
    remedy = get_remedy(request, pk)

    def act() -> str:
        approve = request.POST.get("answer") == "yes"
        remedies.decide(remedy, by=request.member, approve=approve, reason=request.POST.get("reason", ""))
        return _("Approved.") if approve else _("Not approved.")

    return acting(request, remedy.case, act)


@require_POST
@staff_required
def choose(request: ShopRequest, pk: int) -> HttpResponse:
    """The customer chose this one."""
    remedy = get_remedy(request, pk)

    def act() -> str:
        remedies.choose(remedy, by=request.member)
        return _("Noted. Carrying it out is the next step.")

    return acting(request, remedy.case, act)


@require_POST
@staff_required
def carry_out(request: ShopRequest, pk: int) -> HttpResponse:
    """It was carried out: the proof is kept with the case."""
    remedy = get_remedy(request, pk)

    def act() -> str:
        data = checked(ProofForm(request.POST, request.FILES)).cleaned_data
        photo = data["photo"]
        proof = attach(remedy.case, photo, by=request.user, is_proof=True) if photo else None
        remedies.carry_out(remedy, by=request.member, proof_text=data["proof_text"], proof=proof)
        return _("Carried out.")

    return acting(request, remedy.case, act)


@require_POST
@staff_required
def withdraw(request: ShopRequest, pk: int) -> HttpResponse:
    """Take back what was not chosen."""
    remedy = get_remedy(request, pk)

    def act() -> str:
        remedies.withdraw(remedy, by=request.member, reason=request.POST.get("reason", ""))
        return _("Withdrawn.")

    return acting(request, remedy.case, act)


@require_http_methods(["GET", "POST"])
@staff_required
def improve(request: ShopRequest, code: str) -> HttpResponse:
    """Say what the shop changes, and by when: the change known for this cause is chosen, a new one gets two weeks."""
    case = get_editable_case(request, code)
    first = {"existing": closing.known_change(case), "due_on": timezone.localdate() + IMPROVE_WITHIN}
    form = ImproveForm(request.shop, request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        try:
            closing.improve(case, by=request.member, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. It is on the list of improvements."))
            return redirect(case_url(case))
    context = {
        "case": case,
        "form": form,
        "changes": case.improvements.order_by("due_on", "pk"),
        "back": case_url(case),
    }
    return render(request, "playbooks/improve.html", context, status=422 if form.errors else 200)


@require_GET
@owner_required
def evidence_pack(request: ShopRequest, code: str) -> HttpResponseBase:
    """Timeline, messages, photos and payments as one ZIP, for an outside body (P14)."""
    case = get_case(request, code)
    pack = evidence.pack(case, by=request.user)
    return FileResponse(pack, as_attachment=True, filename=f"{case.code}.zip", content_type="application/zip")
