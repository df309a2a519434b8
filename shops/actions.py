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
from shops.models import AuditEvent, ContactPoint, Customer, Order, Shipment, Shop, User

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
        customer = Customer.objects.create(shop=shop, name=(name.strip() or address)[:80])
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
    """The customer wrote on a channel: opens the 24-hour window there, and moves them up among the customers."""
    points = ContactPoint.objects.filter(customer=customer, channel=channel)
    points.exclude(last_inbound_at__gt=at).update(last_inbound_at=at)
    Customer.objects.filter(pk=customer.pk).exclude(heard_at__gt=at).update(heard_at=at)


def wants_out(text: str) -> bool:
    """True for a message that is an opt-out: one of the words alone, or a longer phrase anywhere (domain.md 3.3)."""
    plain = " ".join(text.lower().split()).strip(" .!")
    return plain in OPT_OUT_WORDS or any(phrase in plain for phrase in OPT_OUT_WORDS if " " in phrase)


def opt_out(customer: Customer, at: datetime | None = None) -> int:
    """Stop everything that is not essential on all of the customer's addresses; returns how many were open."""
    open_points = ContactPoint.objects.filter(customer=customer, opted_out_at=None)
    return open_points.update(opted_out_at=at or timezone.now(), opted_in_at=None)


def opt_in(point: ContactPoint, source: str, at: datetime | None = None) -> None:
    """The customer agreed to offers on this address; how is kept as the proof (UU 27/2022 art. 22)."""
    point.opted_in_at, point.opt_in_source, point.opted_out_at = at or timezone.now(), source[:120], None
    point.save(update_fields=["opted_in_at", "opt_in_source", "opted_out_at"])


def stop_all(customer: Customer, *, by: User | None) -> None:
    """No reminders and nothing that is not essential to this customer, on any address."""
    with transaction.atomic():
        Customer.objects.filter(pk=customer.pk).update(no_reminders=True)
        customer.no_reminders = True
        opt_out(customer)
        audit(customer.shop, by, "stop_all", customer=customer.code)


def allow_reminders(customer: Customer, *, by: User) -> None:
    """Reminders may be sent again; addresses the customer opted out of stay out."""
    with transaction.atomic():
        Customer.objects.filter(pk=customer.pk).update(no_reminders=False)
        customer.no_reminders = False
        audit(customer.shop, by, "allow_reminders", customer=customer.code)


def save_order(order: Order, customer_name: str, shipment: Shipment | None) -> Order:
    """Keep an order with its customer (found by name, or new) and its parcel, all or nothing."""
    with transaction.atomic():
        name = customer_name.strip()
        if not name:
            order.customer = None
        elif order.customer is None or order.customer.name != name:
            order.customer = find_or_add_customer(order.shop, name)
        order.save()
        if shipment is not None:
            shipment.order = order
            shipment.save()
    return order


def audit(shop: Shop, actor: User | None, code: str, **data: Any) -> AuditEvent:
    """Append one line to the shop's audit trail."""
    return AuditEvent.objects.create(shop=shop, actor=actor, code=code, data=data)
