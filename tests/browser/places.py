"""Every page that people see, with the demo shop behind it: for the accessibility tests and the screenshots."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import NoReverseMatch, reverse

from cases.enums import Kind
from cases.models import Case
from dashboard.insights import PAGES
from messaging.models import Message
from playbooks.models import Playbook, TreatmentStep
from shops.models import Customer, Order, Shop

PLAIN = [
    "dashboard:today",
    "complaints:list",
    "complaints:new",
    "reviews:list",
    "reviews:new",
    "reviews:import",
    "bookings:list",
    "bookings:new",
    "bookings:waiting",
    "bookings:funnel",
    "shops:customers",
    "shops:orders",
    "shops:settings",
    "shops:settings_members",
    "shops:settings_profile",
    "shops:settings_audit",
    "messaging:outbox",
    "messaging:notices",
    "messaging:guard",
    "dashboard:insights",
    "dashboard:insights_week",
    "dashboard:insights_surveys",
    "dashboard:insights_trials",
    "dashboard:improvements",
]
ROOMS = {Kind.COMPLAINT: "complaints:detail", Kind.REVIEW: "reviews:detail", Kind.BOOKING: "bookings:detail"}


def staff_pages(shop: Shop) -> Iterator[str]:
    """Paths for a signed-in owner; a page whose room has no such name is left out."""
    for name in PLAIN:
        yield from found(name)
    for part in PAGES:
        yield from found("dashboard:insights_part", part)
    for kind, name in ROOMS.items():
        case = Case.objects.filter(shop=shop, kind=kind).order_by("pk").first()
        if case:
            yield from found(name, case.code)
            if kind == Kind.COMPLAINT:
                yield from found("dashboard:insights_spread", case.code)
                yield from found("playbooks:improve", case.code)
    if step := TreatmentStep.objects.filter(shop=shop, kind="message", state="open", actor="staff").first():
        yield from found("playbooks:write", step.pk)
    if message := Message.objects.filter(shop=shop, direction="out").first():
        yield from found("messaging:show", message.pk)
    if customer := Customer.objects.filter(shop=shop).first():
        yield from found("shops:customer", customer.code)
    if order := Order.objects.filter(shop=shop).first():
        yield from found("shops:order", order.number)


def public_pages(shop: Shop) -> Iterator[str]:
    """Paths for customers and for people who are not signed in."""
    yield reverse("login")
    yield reverse("public", args=[shop.slug])
    case = Case.objects.filter(shop=shop, kind=Kind.COMPLAINT).order_by("pk").first()
    if case:
        yield reverse("status", args=[shop.slug, case.token])


def admin_pages(shop: Shop) -> Iterator[str]:
    """Paths of the admin that owners edit playbooks in."""
    yield reverse("admin:index")
    yield reverse("admin:playbooks_playbook_changelist")
    playbook = Playbook.objects.filter(shop=shop, code="P03").first()
    if playbook:
        yield reverse("admin:playbooks_playbook_change", args=[playbook.pk])


def found(name: str, *args: object) -> Iterator[str]:
    try:
        yield reverse(name, args=args)
    except NoReverseMatch:
        return
