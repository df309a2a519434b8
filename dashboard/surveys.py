"""Inviting people to the surveys: who would be asked, the words, one click. A person approves every invitation (I1)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cases import surveys
from cases.actions import Refused
from cases.enums import Kind, State, SurveyKind
from cases.models import Case, Survey
from cases.surveys import AFTER_RESOLVED, APART
from complaints import letters
from complaints.letters import Letter, may_write_to
from messaging.enums import Purpose
from playbooks.enums import OWED
from playbooks.models import Remedy
from shops.access import ShopRequest, staff_required
from shops.models import Customer, Member, Order, Shop

ONE_IN = 5  # random sample: one in five buyers, until the answers are enough
DELIVERED = timedelta(days=3)
RECENT = timedelta(days=60)
AT_ONCE = 50
SUBJECT = {"id": "Bagaimana menurut kakak?", "en": "How was it for you?"}
WORDS = {
    SurveyKind.AFTER_CASE: {
        "id": "Halo {call}, terima kasih sudah memberi kami kesempatan membereskannya. Boleh minta satu menit? "
        "Lima ketukan, tanpa akun: {link} Boleh juga tidak diisi; tidak ada yang bergantung padanya. "
        "Mau langsung bicara? Balas pesan ini ya.",
        "en": "Hello {call}, thank you for letting us put it right. Do you have a minute? "
        "Five taps, no account: {link} You may leave it; nothing hangs on it. "
        "Would you rather talk? Just reply to this message.",
    },
    SurveyKind.EXPERIENCE: {
        "id": "Halo {call}, terima kasih sudah belanja di {shop}. Boleh minta dua menit? "
        "Dua belas ketukan, tanpa akun: {link} Boleh juga tidak diisi; tidak ada yang bergantung padanya. "
        "Mau langsung bicara? Balas pesan ini ya.",
        "en": "Hello {call}, thank you for shopping at {shop}. Do you have two minutes? "
        "Twelve taps, no account: {link} You may leave it; nothing hangs on it. "
        "Would you rather talk? Just reply to this message.",
    },
}


def not_asked(now: datetime) -> Combinable:
    """True where the customer was asked nothing within 90 days."""
    return ~Exists(Survey.objects.filter(customer=OuterRef("customer"), asked_at__gt=now - APART))


def after_cases(shop: Shop, now: datetime) -> list[Case]:
    """Cases to ask about: solved two days ago, every remedy carried out, nobody asked within 90 days."""
    owed = Remedy.objects.filter(case=OuterRef("pk"), state__in=sorted(OWED))
    rows = Case.objects.filter(
        shop=shop,
        kind=Kind.COMPLAINT,
        resolved_at__lte=now - AFTER_RESOLVED,
        resolved_at__gte=now - RECENT,
        state__in=[State.RESOLVED, State.CONFIRMED, State.DECLINED, State.CLOSED_NO_REPLY],
    )
    rows = rows.filter(~Exists(owed), not_asked(now), surveys=None).select_related("customer", "shop")
    found: dict[int, Case] = {}
    for case in rows.prefetch_related("customer__contact_points").order_by("resolved_at")[: 4 * AT_ONCE]:
        if case.customer_id and may_write_to(case.customer):
            found.setdefault(case.customer_id, case)
    return list(found.values())[:AT_ONCE]


def buyers(shop: Shop, now: datetime) -> QuerySet[Order]:
    """Orders that arrived some days ago, of people asked nothing within 90 days and without an open case."""
    open_case = Case.objects.filter(customer=OuterRef("customer"), ended_at=None)
    rows = Order.objects.filter(
        Q(shipments__delivered_at__lte=now - DELIVERED, shipments__delivered_at__gte=now - RECENT),
        shop=shop,
        customer__erased_at=None,
        customer__no_reminders=False,
    )
    return rows.filter(not_asked(now), ~Exists(open_case)).exclude(customer=None)


def sampled(shop: Shop, now: datetime) -> list[Customer]:
    """A random one in five of them, the same all day long: nobody picks whom they like."""
    ids = sorted(set(buyers(shop, now).values_list("customer", flat=True)[:5000]))
    dice = random.Random(f"{shop.pk}:{timezone.localdate(now):%Y%m%d}")  # noqa: S311  (sampling, not secrets)
    chosen = dice.sample(ids, len(ids) // ONE_IN)[: 2 * AT_ONCE]
    people = Customer.objects.filter(pk__in=chosen).prefetch_related("contact_points").order_by("pk")
    return [customer for customer in people if may_write_to(customer)][:AT_ONCE]


def link_of(survey: Survey, shop: Shop) -> str:
    """The survey's own page."""
    return settings.SITE_URL + reverse("survey", args=[shop.slug, survey.token])


@require_http_methods(["GET", "POST"])
@staff_required
def invite(request: ShopRequest) -> HttpResponse:
    """Who is next, the words, and the button that approves them."""
    now, shop = timezone.now(), request.shop
    cases, people = after_cases(shop, now), sampled(shop, now)
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind in SurveyKind.values:
            pairs: Sequence[tuple[Customer, Case | None]] = (
                [(case.customer, case) for case in cases if case.customer]
                if kind == SurveyKind.AFTER_CASE
                else [(c, None) for c in people]
            )
            send(request, kind, pairs, now)
        return redirect("dashboard:insights_surveys")
    language = shop.language if shop.language in SUBJECT else "id"
    groups = [
        {
            "kind": SurveyKind.AFTER_CASE,
            "label": _("After a case"),
            "names": [c.customer.name for c in cases if c.customer],
            "words": preview(shop, WORDS[SurveyKind.AFTER_CASE][language], [c.customer for c in cases]),
        },
        {
            "kind": SurveyKind.EXPERIENCE,
            "label": _("Random buyers"),
            "names": [c.name for c in people],
            "words": preview(shop, WORDS[SurveyKind.EXPERIENCE][language], people),
        },
    ]
    return render(request, "dashboard/surveys.html", {"groups": groups, "one_in": ONE_IN})


def preview(shop: Shop, template: str, people: Sequence[Customer | None]) -> str:
    """The invitation as the first of them will read it; the link is made when it is sent."""
    first = next((customer for customer in people if customer), None)
    return letters.words_for(shop, template, Letter(first, "", {"link": "…"})).text if first else ""


def send(request: ShopRequest, kind: str, pairs: Sequence[tuple[Customer, Case | None]], now: datetime) -> None:
    """Make the surveys and queue their invitations, all or nothing."""
    try:
        with transaction.atomic():
            sent = send_invitations(request.member, kind, pairs, now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    messages.success(
        request, ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", sent) % {"n": sent}
    )


def send_invitations(by: Member, kind: str, pairs: Sequence[tuple[Customer, Case | None]], now: datetime) -> int:
    """One survey and one letter for each; people asked meanwhile are left out."""
    shop = by.shop
    language = shop.language if shop.language in SUBJECT else "id"
    people = []
    for customer, case in pairs:
        survey = surveys.invite(customer, kind, case=case, now=now)
        if survey is not None:
            people.append(Letter(customer, f"survey:{survey.pk}", {"link": link_of(survey, shop)}, case))
    return letters.send_all(
        shop,
        people,
        purpose=Purpose.SURVEY,
        subject=SUBJECT[language],
        template=WORDS[SurveyKind(kind)][language],
        by=by,
        now=now,
    )
