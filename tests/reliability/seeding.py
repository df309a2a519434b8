"""Reminders to send: one shop, a customer, a case and a ready message each. Import it only after django.setup()."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cases.enums import Kind
from cases.models import Case
from messaging.enums import Carrier, Direction, MessageState, Purpose
from messaging.guard_record import guard_record
from messaging.models import Message
from messaging.tone import check
from shops.enums import Channel
from shops.models import ContactPoint, Customer, Member, Shop, User

BODY = "Halo kak, terima kasih sudah mengabari kami. Apakah penggantinya sudah sampai dengan baik?"
CHUNK = 1000


def seed_reminders(count: int, *, due_at: datetime | None = None) -> Shop:
    """`count` reminders to customers, due at `due_at` (default: a minute ago), and one notice for staff in fifty."""
    due = due_at or timezone.now() - timedelta(minutes=1)
    shop = Shop.objects.create(name="Toko", slug="toko", quiet_from="00:00", quiet_until="00:00", email="t@example.com")
    user = User.objects.create(username="ayu", email="ayu@example.com")
    member = Member.objects.create(shop=shop, user=user, role="owner", next_digest_at=due + timedelta(days=30))
    guard = guard_record(BODY, check(BODY))
    for start in range(0, count, CHUNK):
        some = range(start, min(start + CHUNK, count))
        customers = Customer.objects.bulk_create(
            [Customer(shop=shop, name=f"Rina {n}", province="DKI Jakarta") for n in some]
        )
        points = ContactPoint.objects.bulk_create(
            ContactPoint(shop=shop, customer=c, channel=Channel.EMAIL, address=f"rina{n}@example.com")
            for n, c in zip(some, customers, strict=True)
        )
        cases = Case.objects.bulk_create(Case(shop=shop, customer=c, kind=Kind.COMPLAINT) for c in customers)
        Message.objects.bulk_create(
            Message(
                shop=shop,
                case=case,
                customer=case.customer,
                contact_point=point,
                direction=Direction.OUT,
                channel=Channel.EMAIL,
                carrier=Carrier.EMAIL,
                purpose=Purpose.FOLLOW_UP,
                address=point.address,
                body=BODY,
                state=MessageState.READY,
                key=f"step:{case.pk}",
                due_at=due,
                next_try_at=due,
                is_shop_initiated=True,
                needs_open_case=True,
                guard=guard,
            )
            for case, point in zip(cases, points, strict=True)
        )
    Message.objects.bulk_create(notice(member, n, due) for n in range(count // 50))
    return shop


def notice(member: Member, number: int, due: datetime) -> Message:
    """One mail to staff."""
    return Message(
        shop=member.shop,
        member=member,
        direction=Direction.INTERNAL,
        carrier=Carrier.EMAIL,
        purpose=Purpose.STAFF_NOTICE,
        address=member.user.email,
        body="Ada yang menunggu.",
        state=MessageState.READY,
        key=f"digest:{number}",
        due_at=due,
        next_try_at=due,
        is_automatic=True,
    )
