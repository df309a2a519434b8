"""Puts the signed-in person's membership and shop on the request, and their language on the page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from shops.models import Member

SESSION_KEY = "shop_id"


def member_of(request: HttpRequest) -> Member | None:
    """The membership chosen with the shop switcher, else the oldest one; None for strangers."""
    if not request.user.is_authenticated:
        return None
    members = Member.objects.filter(user=request.user).select_related("shop", "user").order_by("pk")
    chosen = request.session.get(SESSION_KEY)
    if chosen is not None and (member := members.filter(shop_id=chosen).first()):
        return member
    return members.first()


class CurrentMember:
    """Sets request.member and request.shop (None for strangers) and activates the person's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member = member_of(request)
        request.member = member  # type: ignore[attr-defined]
        request.shop = member.shop if member else None  # type: ignore[attr-defined]
        if request.user.is_authenticated and request.user.language != translation.get_language():
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
