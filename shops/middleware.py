"""Puts the signed-in person's membership and shops on the request, and their language on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from shops.enums import Role
from shops.models import Member

SESSION_KEY = "shop_id"
HOME = "/"


def members_of(request: HttpRequest) -> list[Member]:
    """The memberships of the signed-in person, the oldest first (one query); none for strangers."""
    if not request.user.is_authenticated:
        return []
    return list(Member.objects.filter(user=request.user).select_related("shop", "user").order_by("pk"))


def current(members: Sequence[Member], chosen: int | None) -> Member | None:
    """The membership chosen with the shop switcher, else the oldest one; None for strangers."""
    return next((member for member in members if member.shop_id == chosen), members[0] if members else None)


def needs_set_up(request: HttpRequest, member: Member | None) -> bool:
    """True on the home page of somebody without a shop, and of the owner of a shop nobody has set up."""
    if request.path != HOME or not request.user.is_authenticated:
        return False
    return member is None or (member.role == Role.OWNER and member.shop.set_up_at is None)


class CurrentMember:
    """Sets request.member, request.shop (None for strangers) and request.shops; activates the person's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        members = members_of(request)
        member = current(members, request.session.get(SESSION_KEY) if members else None)
        request.member = member  # type: ignore[attr-defined]
        request.shop = member.shop if member else None  # type: ignore[attr-defined]
        request.shops = [each.shop for each in members]  # type: ignore[attr-defined]
        if request.user.is_authenticated and request.user.language != translation.get_language():
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        if needs_set_up(request, member):
            return redirect("shops:setup")
        return self.get_response(request)


def shops(request: HttpRequest) -> dict[str, object]:
    """Context processor: `shops` to switch between."""
    return {"shops": getattr(request, "shops", [])}
