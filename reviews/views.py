"""Reviews: list, one review, what staff do with them, themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.actions import Refused
from messaging.notices import seen_mention
from messaging.timeline import asks_for_whole
from reviews import actions, opening, platforms, queries, showing
from reviews.access import get_editable_review, get_review, get_review_of_case
from reviews.forms import ImproveForm, ReviewForm, SeenForm, WindowsForm, reason_of
from reviews.models import Review
from reviews.triage import assess
from shops.access import ShopRequest, member_required, staff_required


@require_http_methods(["GET", "POST"])
@staff_required
def new(request: ShopRequest) -> HttpResponse:
    """Log one review."""
    form = ReviewForm(request.shop, request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "reviews/new.html", {"form": form}, status=200 if request.method == "GET" else 422)
    review = actions.log_review(request.shop, form.intake(), by=request.user)
    said = _("Noted. The reply is drafted: read it first.") if review.case else _("Noted. No follow-up needed.")
    messages.success(request, said)
    return redirect(showing.url_of(review))


@require_POST
@staff_required
def triage(request: ShopRequest) -> HttpResponse:
    """What triage makes of the review being typed (htmx)."""
    stars, text = request.POST.get("stars", ""), request.POST.get("text", "")[: actions.TEXT]
    if stars not in ("1", "2", "3", "4", "5"):
        return render(request, "reviews/_triage.html")
    review = Review(shop=request.shop, stars=int(stars), text=text, **actions.triaged(assess(int(stars), text)))
    context = {"review": review, "pieces": showing.pieces(review), "themes": showing.in_words(review.themes)}
    return render(request, "reviews/_triage.html", {**context, "hints": showing.hints(review)})


@require_GET
@member_required
def detail(request: ShopRequest, code: str) -> HttpResponse:
    """The page of a review's case."""
    review = get_review_of_case(request, code)
    page = showing.review_page(review, request.member, whole=asks_for_whole(request.GET))
    if review.case and request.user.username in page["timeline"].mentioned:
        seen_mention(request.member, review.case)
    return render(request, "reviews/detail.html", page)


@require_GET
@member_required
def show(request: ShopRequest, pk: int) -> HttpResponse:
    """The page of a review, also without a case."""
    review = get_review(request, pk)
    if review.case:
        return redirect(showing.url_of(review))
    return render(request, "reviews/detail.html", showing.review_page(review, request.member))


def acting(request: ShopRequest, pk: int, act: Callable[[Review], str]) -> HttpResponse:
    """Do something to a review and go back to its page; a refusal is shown there."""
    review = get_editable_review(request, pk)
    try:
        messages.success(request, act(review))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(showing.url_of(review))


@require_POST
@staff_required
def take_up(request: ShopRequest, pk: int) -> HttpResponse:
    """Start the follow-up by hand."""

    def act(review: Review) -> str:
        actions.follow_up_after_all(review, by=request.user)
        return _("Started. The reply is drafted: read it first.")

    return acting(request, pk, act)


@require_POST
@staff_required
def posted(request: ShopRequest, pk: int) -> HttpResponse:
    """The public reply stands on the marketplace now."""

    def act(review: Review) -> str:
        actions.mark_posted(review, by=request.user)
        return _("Noted. The rest of the follow-up is open now.")

    return acting(request, pk, act)


@require_POST
@staff_required
def spreading(request: ShopRequest, pk: int) -> HttpResponse:
    """Others join in: it is a public complaint now."""

    def act(review: Review) -> str:
        opening.spread(review, by=request.user)
        return _("Noted. The owner takes it from here.")

    return acting(request, pk, act)


@require_POST
@staff_required
def set_aside(request: ShopRequest, pk: int) -> HttpResponse:
    """No follow-up needed, with a reason."""

    def act(review: Review) -> str:
        actions.no_follow_up([review], reason_of(request.POST), by=request.user)
        return _("Set aside.")

    return acting(request, pk, act)


@require_POST
@staff_required
def saw(request: ShopRequest, pk: int) -> HttpResponse:
    """What the review says now."""

    def act(review: Review) -> str:
        form = SeenForm(request.POST)
        if not form.is_valid():
            raise Refused(form.first_error())
        changed = actions.observe(review, form.cleaned_data["stars"], form.cleaned_data["text"], by=request.user)
        return _("Noted: it has changed.") if changed else _("Noted: unchanged.")

    return acting(request, pk, act)


# --- themes -----------------------------------------------------------------------------------------------------------


@require_GET
@member_required
def themes(request: ShopRequest) -> HttpResponse:
    """What reviews complain about, per product and courier and over time."""
    since = queries.since_months()
    months = queries.themes_by_month(request.shop, since)
    context: dict[str, Any] = {
        "labels": list(showing.theme_labels().values()),
        "months": showing.theme_table(months, "month", since),
        "groups": [
            (title, showing.theme_table(queries.themes_by(request.shop, group, since), group, since))
            for group, title in (("product", _("By product")), ("courier", _("By courier")))
        ],
        "choices": showing.theme_labels().items(),
        "form": ImproveForm(),
        "can_write": request.member.can_write,
        "improvements": list(queries.improvements(request.shop)),
    }
    return render(request, "reviews/themes.html", context)


@require_POST
@staff_required
def improve(request: ShopRequest) -> HttpResponse:
    """An improvement that cites the recent reviews of a theme."""
    form, theme = ImproveForm(request.POST), request.POST.get("theme", "")
    if not form.is_valid() or theme not in queries.THEMES:
        messages.error(request, form.first_error() or _("Choose a theme."))
        return redirect("reviews:themes")
    count = actions.improve(request.shop, theme, by=request.member, **form.cleaned_data)
    messages.success(request, ngettext("Kept, with %(n)d review.", "Kept, with %(n)d reviews.", count) % {"n": count})
    return redirect("reviews:themes")


@require_http_methods(["GET", "POST"])
@staff_required
def windows(request: ShopRequest) -> HttpResponse:
    """How long customers may change a review, per platform."""
    form = WindowsForm(platforms.edit_days(request.shop), request.POST or None)
    if request.method == "POST" and form.is_valid():
        platforms.keep_days(request.shop, form.cleaned_data)
        messages.success(request, _("Kept. It counts for reviews from now on."))
        return redirect("reviews:list")
    return render(request, "reviews/windows.html", {"form": form}, status=422 if form.is_bound else 200)
