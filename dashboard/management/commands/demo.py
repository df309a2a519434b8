"""Make the demo shop “Toko Contoh” with its people, customers, orders and cases. Plainly examples, erasable."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from dashboard.samples import add_samples
from playbooks.loading import load_defaults
from shops.enums import Role
from shops.models import Member, Shop, User

PASSWORD = "toko-contoh"  # noqa: S105  (printed at every start; used only where the address is this machine)
PEOPLE = [
    ("ayu", "Ayu (contoh)", Role.OWNER),
    ("budi", "Budi (contoh)", Role.STAFF),
    ("citra", "Citra (contoh)", Role.VIEWER),
]


class Command(BaseCommand):
    help = "Make the demo shop with its people, customers, orders and cases; a second run adds nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--shop", default="demo", metavar="SLUG")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where any shop exists")

    def handle(self, *args: Any, shop: str, if_empty: bool, **options: Any) -> None:
        if if_empty and Shop.objects.exists():
            self.print_logins(Shop.objects.filter(slug=shop).first(), "")
            return
        demo, password = make_shop(shop)
        added = add_samples(demo, by=owner_of(demo))
        self.stdout.write(f"Demo shop “{demo.name}” ({demo.slug}): {added} sample complaints added.")
        self.print_logins(demo, password)

    def print_logins(self, demo: Shop | None, password: str) -> None:
        """The names to sign in with; the password where it is known."""
        names = [name for name, _full, _role in PEOPLE]
        members = Member.objects.filter(shop=demo, user__username__in=names).select_related("user").order_by("pk")
        if demo is None or not members:
            return
        known = password or (PASSWORD if members[0].user.check_password(PASSWORD) else "")
        who = ", ".join(f"{member.user.username} ({member.role})" for member in members)
        self.stdout.write(f"Demo logins: {who}" + (f"; password: {known}" if known else ""))


def make_shop(slug: str) -> tuple[Shop, str]:
    """The demo shop, set up, with its people; returns the password where people were made now."""
    shop, _made = Shop.objects.get_or_create(
        slug=slug,
        defaults={
            "name": "Toko Contoh",
            "languages": ["id", "en"],
            "email": "toko@example.com",
            "phone": "0800-0000-0000",
            "address": "Jalan Contoh 1, Jakarta",
            "pay_how": "Transfer ke rekening contoh 000-000",
            "set_up_at": timezone.now(),
        },
    )
    load_defaults(shop)
    return shop, make_people(shop)


def make_people(shop: Shop) -> str:
    """Owner, staff and viewer; who exists already keeps their password. Returns a password made now, else ""."""
    password = secrets.token_urlsafe(9) if settings.HTTPS else PASSWORD
    made_now = ""
    for username, full_name, role in PEOPLE:
        user, made = User.objects.get_or_create(
            username=username,
            defaults={
                "first_name": full_name,
                "email": f"{username}@example.com",
                "is_staff": role == Role.OWNER,
            },
        )
        if made:
            user.set_password(password)
            user.save(update_fields=["password"])
            made_now = password
        Member.objects.get_or_create(shop=shop, user=user, defaults={"role": role})
    return made_now


def owner_of(shop: Shop) -> User:
    """The demo shop's owner."""
    return Member.objects.select_related("user").get(shop=shop, user__username=PEOPLE[0][0]).user
