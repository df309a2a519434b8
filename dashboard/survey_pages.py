"""The survey as the customer sees it: no login, one question a screen, one tap an answer. Only a POST records."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases import surveys
from cases.models import Survey
from cases.surveys import RECOMMEND, RECOMMEND_SCALE

ANSWERS = [
    (1, _("Definitely not")),
    (2, _("Rather not")),
    (3, _("So-so")),
    (4, _("Mostly")),
    (5, _("Fully")),
]

RECOMMEND_ANSWERS = [(value, str(value)) for value in RECOMMEND_SCALE]
DIGITS = {str(value) for value in RECOMMEND_SCALE}
RECOMMEND_ENDS = (_("0: not at all"), _("10: very likely"))


def get_survey(slug: str, token: str) -> Survey:
    """The survey behind a link; the token is the only key."""
    rows = Survey.objects.select_related("shop", "customer", "case")
    return get_object_or_404(rows, token=token, shop__slug=slug)


def place_of(text: str, survey: Survey, answered: set[str]) -> int:
    """The item to show: the one asked for, else the first without an answer."""
    if text.isdecimal() and 0 <= int(text) <= len(survey.items):
        return int(text)
    return surveys.next_place(survey.items, answered)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """One question. Opening the link, also by a mail program that looks ahead, records nothing."""
    survey = get_survey(slug, token)
    if request.method == "POST":
        return answer(request, survey)
    answers = dict(survey.answers.values_list("item", "value"))
    place = place_of(request.GET.get("i", ""), survey, set(answers))
    is_open = surveys.is_open(survey, timezone.now())
    key = survey.items[place] if place < len(survey.items) else ""
    context = {
        "survey": survey,
        "shop": survey.shop,
        "is_open": is_open,
        "place": place,
        "number": place + 1,
        "total": len(survey.items),
        "item": key,
        "text": surveys.BY_KEY[key].text % {"shop": survey.shop.name} if key else "",
        "answers": RECOMMEND_ANSWERS if key == RECOMMEND.key else ANSWERS,
        "ends": RECOMMEND_ENDS if key == RECOMMEND.key else None,
        "chosen": answers.get(key),
        "back": place - 1 if place > 0 else None,
        "skip": place + 1,
        "talk": talk_url(survey),
    }
    return render(request, "survey.html", context)


def talk_url(survey: Survey) -> str:
    """Where one can talk back to the shop (S2-09)."""
    if survey.case:
        return reverse("status", args=[survey.shop.slug, survey.case.token])
    return reverse("public", args=[survey.shop.slug])


def answer(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Keep one tap and go on to the next question."""
    item, value = request.POST.get("item", ""), request.POST.get("value", "")
    surveys.record(survey, item, int(value) if value in DIGITS else -1)
    answered = set(survey.answers.values_list("item", flat=True))
    here = survey.items.index(item) + 1 if item in survey.items else 0
    place = surveys.next_place(survey.items, answered, here)
    return redirect(f"{reverse('survey', args=[survey.shop.slug, survey.token])}?i={place}")
