"""Improvements: from a recurring cause to a change with an owner and a date, and the word that it has happened."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.actions import Refused
from cases.links import case_url
from cases.models import Case
from complaints import letters
from complaints.letters import Letter, may_write_to
from dashboard.measures import themes
from dashboard.measures.themes import LOOK_BACK, Cause
from messaging.enums import Purpose
from messaging.guarding import GuardRefused
from messaging.models import Message
from playbooks.enums import LIVE_STEP
from playbooks.models import TreatmentStep
from shops.access import ShopRequest, member_required, staff_required
from shops.models import Improvement, Member, Shop

SHOWN = 100
MOST_CASES = 500
WORDS = {
    "id": "Halo {call}, terima kasih atas masukannya waktu itu. Sejak itu {change}. "
    "Semoga belanja berikutnya lebih enak ya.",
    "en": "Hello {call}, thank you for telling us about it back then. We have changed something since: {change}. "
    "We hope your next order goes smoothly.",
}
SUBJECT = {"id": "Yang berubah berkat masukannya", "en": "What changed because you told us"}


if TYPE_CHECKING:
    ImprovementModelForm = forms.ModelForm[Improvement]
else:
    ImprovementModelForm = forms.ModelForm  # Django's own cannot be subscripted while running


class ImprovementForm(ImprovementModelForm):
    """What we change, who sees to it, and by when: a change without a date is a wish."""

    class Meta:
        model = Improvement
        fields = ["title", "cause", "owner", "due_on"]
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, due_on = self.fields["owner"], self.fields["due_on"]
        if isinstance(owner, forms.ModelChoiceField):
            owner.queryset = Member.objects.filter(shop=shop).exclude(role="viewer").select_related("user")
            owner.label_from_instance = lambda member: str(member.user)  # type: ignore[method-assign,assignment]
            owner.required = True
        due_on.required = True


class ToldForm(forms.Form):
    """The words to those who told us, and who gets them."""

    change = forms.CharField(
        label=gettext_lazy("What has changed, in a few words"),
        max_length=160,
        help_text=gettext_lazy("It stands in the middle of the sentence: “Since then …”."),
    )
    cases = forms.MultipleChoiceField(label=gettext_lazy("To whom"), required=False)

    def __init__(self, cases: list[Case], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cases"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(case.code, case.code) for case in cases]


@require_GET
@member_required
def index(request: ShopRequest) -> HttpResponse:
    """What keeps coming, and what is being changed."""
    rows = Improvement.objects.filter(shop=request.shop).select_related("owner__user")
    found = list(rows.order_by("done_at", "due_on", "-pk")[:SHOWN])
    counts = dict(
        Improvement.cases.through.objects.filter(improvement__in=found)
        .values_list("improvement")
        .annotate(n=Count("pk"))
    )
    context = {
        "open": [(row, counts.get(row.pk, 0)) for row in found if row.done_at is None],
        "done": [(row, counts.get(row.pk, 0)) for row in found if row.done_at is not None],
        "causes": themes.recurring(request.shop, timezone.now()),
        "today": timezone.localdate(),
        "can_write": request.member.can_write,
    }
    return render(request, "dashboard/improvements.html", context)


@require_http_methods(["GET", "POST"])
@staff_required
def new(request: ShopRequest) -> HttpResponse:
    """A new improvement, from a cause or from nothing."""
    data = request.POST if request.method == "POST" else request.GET
    cause = themes.cause_of(data.get("kind", ""), data.get("value", ""), data.get("detail", ""))
    start = {"cause": cause.label[:160] if cause else "", "owner": request.member.pk}
    form = ImprovementForm(request.shop, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        improvement = store(request.shop, form, cause, timezone.now())
        messages.success(request, _("Noted."))
        return redirect("dashboard:improvement", improvement.pk)
    context = {"form": form, "cause": cause, "count": linked(request.shop, cause).count() if cause else 0}
    return render(request, "dashboard/improvement_new.html", context, status=422 if form.errors else 200)


def linked(shop: Shop, cause: Cause) -> Any:
    """The cases that a cause brings along."""
    return themes.cases_with(shop, cause, timezone.now() - LOOK_BACK)


def store(shop: Shop, form: ImprovementForm, cause: Cause | None, now: datetime) -> Improvement:
    """Keep it with the cases of its cause."""
    with transaction.atomic():
        improvement = form.save(commit=False)
        improvement.shop = shop
        improvement.save()
        if cause:
            improvement.cases.set(linked(shop, cause)[:MOST_CASES])
    return improvement


def get_improvement(request: ShopRequest, pk: int) -> Improvement:
    """An improvement of the current shop, or 404."""
    return get_object_or_404(Improvement.objects.select_related("owner__user"), pk=pk, shop=request.shop)


def cases_of(improvement: Improvement) -> list[Case]:
    """Its cases, the newest first."""
    rows = improvement.cases.select_related("customer", "shop").prefetch_related("customer__contact_points")
    return list(rows.order_by("-opened_at")[:MOST_CASES])


@require_http_methods(["GET", "POST"])
@member_required
def show(request: ShopRequest, pk: int) -> HttpResponse:
    """One improvement: change it, mark it done, tell those who told us."""
    improvement = get_improvement(request, pk)
    form = ImprovementForm(request.shop, request.POST or None, instance=improvement)
    if request.method == "POST" and not request.member.can_write:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("dashboard:improvement", pk)
    return page(request, improvement, form)


def page(
    request: ShopRequest, improvement: Improvement, form: ImprovementForm, told: ToldForm | None = None
) -> HttpResponse:
    """The page of one improvement."""
    cases = cases_of(improvement)
    waiting = untold(improvement, cases)
    promised = promised_to(waiting)
    language = request.shop.language if request.shop.language in WORDS else "id"
    context = {
        "improvement": improvement,
        "form": form,
        "cases": [(case, case_url(case)) for case in cases[:SHOWN]],
        "waiting": [(case, case.pk in promised) for case in waiting],
        "told": told or ToldForm(waiting),
        "words": WORDS[language].replace("{change}", "…").replace("{call}", "…"),
        "can_write": request.member.can_write,
    }
    has_errors = form.errors or (told and told.errors)
    return render(request, "dashboard/improvement.html", context, status=422 if has_errors else 200)


def promised_to(cases: list[Case]) -> set[int]:
    """Cases whose playbook promises to tell what changed."""
    steps = TreatmentStep.objects.filter(case__in=cases, purpose=Purpose.CHANGE, state__in=sorted(LIVE_STEP))
    return set(steps.values_list("case", flat=True))


def untold(improvement: Improvement, cases: list[Case]) -> list[Case]:
    """One case for each customer who can be reached and has had no word of a change in it; nobody before it is done."""
    if improvement.done_at is None:
        return []
    told = Message.objects.filter(case__in=cases, purpose=Purpose.CHANGE, sent_at__isnull=False)
    known = set(told.values_list("customer", flat=True)) | told_of(improvement)
    found: dict[int, Case] = {}
    for case in cases:
        if case.customer_id and case.customer_id not in known and may_write_to(case.customer):
            found.setdefault(case.customer_id, case)
    return list(found.values())


def told_of(improvement: Improvement) -> set[int | None]:
    """Customers with a letter about this improvement, sent or on its way."""
    rows = Message.objects.filter(shop=improvement.shop_id, key__startswith=f"change:{improvement.pk}:")
    return set(rows.values_list("customer", flat=True))


@require_POST
@staff_required
def done(request: ShopRequest, pk: int) -> HttpResponse:
    """It has really changed. A second word changes nothing."""
    improvement = get_improvement(request, pk)
    Improvement.objects.filter(pk=improvement.pk, done_at=None).update(done_at=timezone.now())
    messages.success(request, _("Done. You can now tell those who told you."))
    return redirect("dashboard:improvement", pk)


@require_POST
@staff_required
def tell(request: ShopRequest, pk: int) -> HttpResponse:
    """Tell the chosen customers what changed, each of them once."""
    improvement = get_improvement(request, pk)
    waiting = untold(improvement, cases_of(improvement))
    form = ToldForm(waiting, request.POST)
    if form.is_valid():
        chosen = [case for case in waiting if case.code in form.cleaned_data["cases"]]
        try:
            sent = send(request.member, improvement, chosen, form.cleaned_data["change"])
        except GuardRefused as refusal:
            form.add_error("change", str(refusal))
        except Refused as refusal:
            form.add_error("change", str(refusal))
        else:
            words = ngettext("%(n)d message is on its way.", "%(n)d messages are on their way.", sent)
            messages.success(request, words % {"n": sent})
            return redirect("dashboard:improvement", pk)
    return page(request, improvement, ImprovementForm(request.shop, instance=improvement), form)


def send(by: Member, improvement: Improvement, cases: list[Case], change: str) -> int:
    """Queue the letters; the playbooks' own step of telling becomes theirs."""
    language = by.shop.language if by.shop.language in WORDS else "id"
    people = [
        Letter(case.customer, f"change:{improvement.pk}:{case.customer_id}", {"change": change.strip(" .")}, case)
        for case in cases
        if case.customer
    ]
    with transaction.atomic():
        sent = letters.send_all(
            by.shop, people, purpose=Purpose.CHANGE, subject=SUBJECT[language], template=WORDS[language], by=by
        )
        for message in Message.objects.filter(shop=by.shop, key__in=[letter.key for letter in people]):
            step = TreatmentStep.objects.filter(case=message.case_id, purpose=Purpose.CHANGE, message=None)
            step.filter(state__in=sorted(LIVE_STEP)).update(message=message)
        if sent:
            Improvement.objects.filter(pk=improvement.pk, told_at=None).update(told_at=timezone.now())
    return sent
