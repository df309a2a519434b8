"""Writes to the shop's books that matter: customers and their addresses, consent, audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shops.enums import Channel
from shops.models import AuditEvent, ContactPoint, Customer, Shop, User

OPT_OUT_WORDS = ("stop", "berhenti", "jangan hubungi", "jangan wa", "unsubscribe")


def clean_address(channel: str, address: str) -> str:
    """The address as it is stored and compared. ValueError: an email address that is none."""
    address = address.strip()
    if channel == Channel.EMAIL:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValueError(_("“%(address)s” is not an email address.") % {"address": address}) from error
        return address.lower()
    if channel in (Channel.WHATSAPP, Channel.PHONE):
        digits = "".join(char for char in address if char.isdigit())
        if digits.startswith("0"):
            digits = "62" + digits[1:]
        if len(digits) < 8:
            raise ValueError(_("“%(address)s” is not a phone number.") % {"address": address})
        return digits
    return address[:120]


def find_or_add_customer(shop: Shop, name: str, channel: str = "", address: str = "") -> Customer:
    """The customer with this address on this channel, else with this very name and no address given, else a new one."""
    address = clean_address(channel, address) if address else ""
    if address:
        point = (
            ContactPoint.objects.filter(shop=shop, channel=channel, address=address).select_related("customer").first()
        )
        if point:
            return point.customer
    else:
        known = Customer.objects.filter(shop=shop, name__iexact=name.strip(), erased_at=None).order_by("pk").first()
        if known:
            return known
    with transaction.atomic():
        customer = Customer.objects.create(shop=shop, name=name.strip()[:80] or address)
        if address:
            add_contact_point(customer, channel, address)
    return customer


def add_contact_point(customer: Customer, channel: str, address: str) -> ContactPoint:
    """One more address of a customer. ValueError: it belongs to another customer of the shop."""
    address = clean_address(channel, address)
    try:
        with transaction.atomic():
            return ContactPoint.objects.create(
                shop_id=customer.shop_id, customer=customer, channel=channel, address=address
            )
    except IntegrityError:
        point = ContactPoint.objects.select_related("customer").get(
            shop_id=customer.shop_id, channel=channel, address=address
        )
        if point.customer_id != customer.pk:
            raise ValueError(_("This address belongs to %(name)s.") % {"name": point.customer.name}) from None
        return point


def heard_from(customer: Customer, channel: str, at: datetime) -> None:
    """The customer wrote on a channel: opens the 24-hour window there."""
    points = ContactPoint.objects.filter(customer=customer, channel=channel)
    points.exclude(last_inbound_at__gt=at).update(last_inbound_at=at)


def wants_out(text: str) -> bool:
    """True for a message that is an opt-out: one of the words alone, or a longer phrase anywhere (domain.md 3.3)."""
    plain = " ".join(text.lower().split()).strip(" .!")
    return plain in OPT_OUT_WORDS or any(phrase in plain for phrase in OPT_OUT_WORDS if " " in phrase)


def opt_out(customer: Customer, at: datetime | None = None) -> int:
    """Stop everything that is not essential on all of the customer's addresses; returns how many were open."""
    open_points = ContactPoint.objects.filter(customer=customer, opted_out_at=None)
    return open_points.update(opted_out_at=at or timezone.now(), opted_in_at=None)


def audit(shop: Shop, actor: User | None, code: str, **data: Any) -> AuditEvent:
    """Append one line to the shop's audit trail."""
    return AuditEvent.objects.create(shop=shop, actor=actor, code=code, data=data)
