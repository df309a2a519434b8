"""What tests need, made plainly. The cast: Ayu owns the shop, Budi works in it, Vera only looks, Citra is outside."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from cases.actions import set_theme
from cases.models import Case
from complaints.actions import Intake, log_complaint
from complaints.models import Complaint
from messaging.enums import Carrier, Direction, MessageState, Purpose
from messaging.guard_record import guard_record
from messaging.models import Message
from messaging.tone import check
from playbooks import closing
from playbooks.loading import load_defaults
from shops.actions import add_contact_point
from shops.enums import Channel, Role
from shops.models import Customer, Member, Order, Shop, User

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10:00 WIB on a working day
NUMBER = count(1)


def make_shop(slug: str = "", *, playbooks: bool = True, **fields: Any) -> Shop:
    """A shop in Jakarta, set up, with the default playbooks."""
    values = {"name": "Toko Contoh", "email": "toko@example.com", "pay_how": "transfer atau QRIS", "set_up_at": MONDAY}
    shop = Shop.objects.create(slug=slug or f"toko-{next(NUMBER)}", **{**values, **fields})
    shop.refresh_from_db()  # times as times: the defaults are written as text
    if playbooks:
        load_defaults(shop)
    return shop


def make_user(name: str, **fields: Any) -> User:
    """A person who signs in with the password "rahasia-sekali" and reads English pages."""
    values = {"language": "en", "first_name": name, **fields}
    return User.objects.create_user(name.lower(), f"{name.lower()}@example.com", "rahasia-sekali", **values)


def make_member(shop: Shop, name: str, role: str = Role.STAFF) -> Member:
    """A person with a role in a shop."""
    return Member.objects.create(shop=shop, user=make_user(name), role=role)


def make_customer(shop: Shop, name: str = "Rina", *, email: str = "", phone: str = "", **fields: Any) -> Customer:
    """A customer in Jakarta, with an email address or a WhatsApp number where given."""
    customer = Customer.objects.create(shop=shop, name=name, **{"province": "DKI Jakarta", **fields})
    for channel, address in ((Channel.EMAIL, email), (Channel.WHATSAPP, phone)):
        if address:
            add_contact_point(customer, channel, address)
    return customer


def make_order(shop: Shop, customer: Customer | None = None, **fields: Any) -> Order:
    """An order with a number of its own."""
    values = {"number": f"{next(NUMBER):05d}", "item": "tas", "total": 185_000, "placed_at": MONDAY, "paid_at": MONDAY}
    return Order.objects.create(shop=shop, customer=customer, **{**values, **fields})


def make_complaint(shop: Shop, text: str = "pesan biru yang datang hitam", **fields: Any) -> Complaint:
    """A complaint that went the whole road of intake: tagged shop, wrong item, under treatment."""
    values: dict[str, Any] = {"blame": "shop", "failure": "wrong_item", "severity": "S2"}
    values |= {"channel": Channel.EMAIL, "received_at": MONDAY}
    by = fields.pop("by", None)
    return log_complaint(shop, Intake(text=text, **{**values, **fields}), by=by)


def say_cause(case: Case, by: Member) -> None:
    """What a complaint needs before it can be resolved: theme, cause, and a change with a date."""
    set_theme(case, "product", "label tertukar", by=by.user)
    closing.improve(case, by=by, title="Label warna", due_on=date(2026, 12, 1))


def make_message(shop: Shop, **fields: Any) -> Message:
    """An outgoing email that is ready to go, its guard result valid."""
    body = fields.pop("body", "Terima kasih sudah mengabari kami, kak.")
    values: dict[str, Any] = {
        "direction": Direction.OUT,
        "carrier": Carrier.EMAIL,
        "channel": Channel.EMAIL,
        "purpose": Purpose.FREE,
        "address": "rina@example.com",
        "state": MessageState.READY,
        "key": f"test:{next(NUMBER)}",
        "due_at": MONDAY,
        "next_try_at": MONDAY,
        "guard": guard_record(body, check(body)),
    }
    return Message.objects.create(shop=shop, body=body, **{**values, **fields})
