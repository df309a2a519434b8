"""Noting who takes part in a public thread: who started it, who joined in, who was warned (S1-10 to S1-12)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cases import events
from cases.access import get_case, get_editable_case
from cases.links import case_url
from cases.models import Case
from complaints.models import Complaint, SpreadNode
from shops.access import ShopRequest, member_required, staff_required
from shops.models import Member

SHOWN = 200
MOST_AT_ONCE = 50


class AccountsForm(forms.Form):
    """Accounts as they are seen, one a line."""

    part = forms.ChoiceField(label=gettext_lazy("What did they do?"), choices=SpreadNode.Part.choices, initial="ally")
    accounts = forms.CharField(
        label=gettext_lazy("Accounts"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One a line, as they call themselves there. Only for counting and caring, never to name."
        ),
    )

    def clean_accounts(self) -> list[str]:
        """Names without the leading @, each once, at most 50."""
        lines = [line.strip().lstrip("@").strip()[:80] for line in self.cleaned_data["accounts"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if not found or len(found) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Between 1 and %(n)d accounts at once.") % {"n": MOST_AT_ONCE})
        return found


def complaint_of(case: Case) -> Complaint:
    """The case's complaint, or 404: only complaints spread."""
    return get_object_or_404(Complaint, case=case)


@require_http_methods(["GET", "POST"])
@member_required
def show(request: ShopRequest, code: str) -> HttpResponse:
    """The accounts of one public complaint, and a form for more."""
    case = get_case(request, code)
    complaint = complaint_of(case)
    form = AccountsForm(request.POST or None)
    if request.method == "POST":
        if not request.member.can_write:
            raise PermissionDenied
        if form.is_valid():
            add(complaint, form.cleaned_data["part"], form.cleaned_data["accounts"], by=request.member)
            messages.success(request, _("Noted."))
            return redirect("dashboard:insights_spread", code)
    nodes = SpreadNode.objects.filter(complaint=complaint).select_related("own_case").order_by("-seen_at", "-pk")
    context = {
        "case": case,
        "case_url": case_url(case),
        "nodes": [(node, case_url(node.own_case) if node.own_case else "") for node in nodes[:SHOWN]],
        "form": form,
        "can_write": request.member.can_write,
    }
    return render(request, "dashboard/spread.html", context, status=422 if form.errors else 200)


def add(complaint: Complaint, part: str, accounts: list[str], *, by: Member) -> int:
    """Keep accounts, each once for a complaint; returns how many are new. An event makes new figures at once."""
    with transaction.atomic():
        known = set(
            SpreadNode.objects.filter(complaint=complaint, account__in=accounts).values_list("account", flat=True)
        )
        fresh = [
            SpreadNode(shop_id=complaint.shop_id, complaint=complaint, part=part, account=account)
            for account in accounts
            if account not in known
        ]
        SpreadNode.objects.bulk_create(fresh, ignore_conflicts=True)
        if fresh:
            events.add_event(complaint.case, events.SPREADING, by=by.user, part=part, n=len(fresh))
    return len(fresh)


@require_POST
@staff_required
def link(request: ShopRequest, code: str, pk: int) -> HttpResponse:
    """Say which case an account has of its own; an empty code takes the link away."""
    complaint = complaint_of(get_editable_case(request, code))
    node = get_object_or_404(SpreadNode, pk=pk, complaint=complaint)
    own = request.POST.get("own", "").strip().upper()
    SpreadNode.objects.filter(pk=node.pk).update(own_case=get_case(request, own) if own else None)
    return redirect("dashboard:insights_spread", code)
