"""Who else has a case open or is typing in it: a row per member, forgotten after a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.access import get_case
from cases.models import Case, Presence
from shops.access import ShopRequest, member_required
from shops.models import Member

FRESH = timedelta(seconds=60)


def seen(case: Case, member: Member, *, typing: bool, now: datetime) -> None:
    """Note that the member is here."""
    Presence.objects.update_or_create(case=case, member=member, defaults={"at": now, "is_typing": typing})


def others(case: Case, member: Member, now: datetime) -> QuerySet[Presence]:
    """Everybody else who was here within the last minute."""
    rows = Presence.objects.filter(case=case, at__gt=now - FRESH).exclude(member=member)
    return rows.select_related("member__user").order_by("-is_typing", "member__user__username")


@require_POST
@member_required
def here(request: ShopRequest, code: str) -> HttpResponse:
    """The page says it is still open (htmx); the answer names the others."""
    case, now = get_case(request, code), timezone.now()
    seen(case, request.member, typing=bool(request.POST.get("typing")), now=now)
    return render(request, "cases/_presence.html", {"present": others(case, request.member, now)})
