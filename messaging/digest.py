"""The staff digest: one email a day at the hour the person chose, only when there is something to say."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from messaging import notices
from messaging.enums import Carrier, Direction, MessageState, Purpose
from messaging.models import Message, StaffNotice
from shops.enums import Role
from shops.models import Member

log = logging.getLogger(__name__)

SHOWN = 30


def next_hour(member: Member, now: datetime) -> datetime:
    """The next time the member's digest hour comes in the shop's zone."""
    local = now.astimezone(member.shop.tz)
    today = datetime.combine(local.date(), time(member.user.digest_hour), member.shop.tz)
    return today if today > now else datetime.combine(local.date() + timedelta(days=1), today.timetz())


def run(now: datetime | None = None, limit: int = 500) -> Counter[str]:
    """Queue the digests whose hour has come; each is claimed by moving the member's date on."""
    now = now or timezone.now()
    is_due = Q(next_digest_at=None) | Q(next_digest_at__lte=now)
    readers = Member.objects.exclude(role=Role.VIEWER).filter(user__is_active=True).select_related("shop", "user")
    report: Counter[str] = Counter()
    for member in readers.filter(is_due).order_by("next_digest_at")[:limit]:
        try:
            with transaction.atomic():  # a worker that dies in between has moved no date
                report["digests"] += claim(member, now) and queue(member, now)
        except Exception:  # one bad row must not stop the rest
            log.exception("digest of member %s", member.pk)
            report["errors"] += 1
    return report


def claim(member: Member, now: datetime) -> bool:
    """Move the date on; False where another worker was first, or where the first date was only now worked out."""
    rows = Member.objects.filter(pk=member.pk, next_digest_at=member.next_digest_at)
    return rows.update(next_digest_at=next_hour(member, now)) == 1 and member.next_digest_at is not None


def queue(member: Member, now: datetime) -> bool:
    """Put the digest into the outbox; False where there is nothing to say or no address."""
    found = list(notices.open_notices(member)[: SHOWN + 1])
    if not found or not member.user.email:
        return False
    with translation.override(member.user.language), transaction.atomic():
        context = {
            "member": member,
            "notices": lines(found[:SHOWN]),
            "more": len(found) > SHOWN,
            "site": settings.SITE_URL,
        }
        subject = ngettext("%(n)d thing waits for you", "%(n)d things wait for you", len(found)) % {"n": len(found)}
        Message.objects.create(
            shop=member.shop,
            member=member,
            direction=Direction.INTERNAL,
            carrier=Carrier.EMAIL,
            purpose=Purpose.STAFF_NOTICE,
            address=member.user.email,
            language=member.user.language,
            subject=f"{member.shop.name}: {subject}",
            body=render_to_string("messaging/mail/digest.txt", context),
            state=MessageState.READY,
            key=f"digest:{member.pk}:{now:%Y%m%d%H%M}",
            due_at=now,
            next_try_at=now,
            is_automatic=True,
        )
        StaffNotice.objects.filter(pk__in=[notice.pk for notice in found]).update(mailed_at=now)
    return True


def lines(found: list[StaffNotice]) -> list[dict[str, str]]:
    """Each notice as a line of the mail."""
    return [
        {
            "what": str(notices.LABELS[notice.code]),
            "who": str(notice.case.customer or notice.case.code) if notice.case else "",
            "words": notice.case.headline[:100] if notice.case else "",
        }
        for notice in found
    ]
