"""The owner's week: a page, and a mail on Monday mornings. A stage of the tick; a unique key stops a second mail."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dashboard.measures.week import week
from messaging.enums import Carrier, Direction, MessageState, Purpose
from messaging.models import Message
from playbooks import trials
from shops.access import ShopRequest, member_required
from shops.enums import Role
from shops.models import Member

MONDAY = 0
AT_ONCE = 50


@require_GET
@member_required
def show(request: ShopRequest) -> HttpResponse:
    """The week on a page."""
    return render(request, "dashboard/week.html", {"week": week(request.shop, timezone.now())})


def run(now: datetime | None = None) -> Counter[str]:
    """Queue the mails that are due, and end the trials that have their cases."""
    now = now or timezone.now()
    report: Counter[str] = Counter()
    report["trials_ended"] += trials.stop_complete(now)
    for member in due(now):
        report["weekly"] += queue(member, now)
    return +report


def is_due(member: Member, now: datetime) -> bool:
    """Monday from the person's digest hour on, on the shop's clock."""
    local = now.astimezone(member.shop.tz)
    return local.weekday() == MONDAY and local.hour >= member.user.digest_hour


def key_of(member: Member, now: datetime) -> str:
    """One mail for a person, a shop and a week."""
    year, number, _day = now.astimezone(member.shop.tz).isocalendar()
    return f"weekly:{member.pk}:{year}-{number:02d}"


def due(now: datetime) -> list[Member]:
    """Owners whose mail of this week has not been written (two queries, none but Mondays)."""
    if now.weekday() not in (6, MONDAY, 1):  # no zone on earth has Monday then
        return []
    owners = Member.objects.filter(role=Role.OWNER, shop__set_up_at__isnull=False).exclude(user__email="")
    keys = {key_of(member, now): member for member in owners.select_related("shop", "user") if is_due(member, now)}
    written = set(Message.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    return [member for key, member in keys.items() if key not in written][:AT_ONCE]


def queue(member: Member, now: datetime) -> int:
    """Put one mail into the outbox; 0 where another worker was first."""
    with translation.override(member.user.language):
        found = week(member.shop, now)
        body = render_to_string("dashboard/mail/week.txt", {"member": member, "week": found, "site": settings.SITE_URL})
        subject = f"{member.shop.name}: {_('your week')}"
    try:
        with transaction.atomic():
            Message.objects.create(
                shop=member.shop,
                member=member,
                direction=Direction.INTERNAL,
                carrier=Carrier.EMAIL,
                purpose=Purpose.STAFF_NOTICE,
                address=member.user.email,
                language=member.user.language,
                subject=subject[:160],
                body=body[:8000],
                state=MessageState.READY,
                key=key_of(member, now),
                due_at=now,
                next_try_at=now,
                is_automatic=True,
            )
    except IntegrityError:
        return 0
    return 1
