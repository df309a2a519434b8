"""The same words to many people, each of them once: what changed, an incident, an invitation.

A person reads and approves the words; then every letter goes the usual way: tone guard, outbox, quiet hours, caps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Case
from messaging import tone
from messaging.channels import carrier_of
from messaging.enums import Direction, MessageState
from messaging.guarding import approve, guard_words
from messaging.models import Message
from messaging.words import Draft, render
from shops.enums import Channel
from shops.models import ContactPoint, Customer, Member, Shop

ORDER = [Channel.EMAIL, Channel.WHATSAPP]


@dataclass(frozen=True)
class Letter:
    """One person's letter: `key` makes a second one impossible, `values` fill its words."""

    customer: Customer
    key: str
    values: Mapping[str, str]
    case: Case | None = None


def address_of(customer: Customer, channel: str = "") -> ContactPoint | None:
    """Where to write: the wanted channel, email, WhatsApp, else any address; none that refused or opted out."""
    points = [p for p in customer.contact_points.all() if p.bounced_at is None and p.opted_out_at is None]
    order = [channel, *ORDER]
    return min(points, key=lambda p: order.index(p.channel) if p.channel in order else len(order), default=None)


def may_write_to(customer: Customer | None) -> bool:
    """False for people who were erased, who want no word from us, or whom we cannot reach."""
    if customer is None or customer.erased_at or customer.no_reminders:
        return False
    return address_of(customer) is not None


def values_of(shop: Shop, customer: Customer) -> dict[str, str]:
    """Names that every letter may use."""
    call = customer.term or customer.name
    return {"shop": shop.name, "call": call, "Call": call[:1].upper() + call[1:], "name": customer.name}


def words_for(shop: Shop, template: str, letter: Letter) -> Draft:
    """The letter's text; blanks stay visible."""
    return render(template, {**values_of(shop, letter.customer), **letter.values})


def send_all(
    shop: Shop,
    letters: Iterable[Letter],
    *,
    purpose: str,
    subject: str,
    template: str,
    by: Member,
    now: datetime | None = None,
) -> int:
    """Approve and queue each letter, all or nothing; returns how many are new. GuardRefused: words held back."""
    now, sent = now or timezone.now(), 0
    with transaction.atomic():
        for letter in letters:
            message = draft(shop, letter, purpose, subject, words_for(shop, template, letter).text)
            if message is not None:
                approve(message, by=by, needs=tone.required(purpose), send_anyway=True, now=now)
                sent += 1
    return sent


def draft(shop: Shop, letter: Letter, purpose: str, subject: str, body: str) -> Message | None:
    """The letter's row; None where it was written before, or the person cannot be written to."""
    point = address_of(letter.customer, letter.case.channel if letter.case else "")
    if point is None or not may_write_to(letter.customer):
        return None
    try:
        with transaction.atomic():
            return Message.objects.create(
                shop=shop,
                case=letter.case,
                customer=letter.customer,
                contact_point=point,
                direction=Direction.OUT,
                channel=point.channel,
                carrier=carrier_of(point.channel),
                purpose=purpose,
                address=point.address,
                language=letter.customer.language or shop.language,
                subject=subject[:160],
                body=body,
                state=MessageState.DRAFT,
                key=letter.key,
                is_shop_initiated=True,
            )
    except IntegrityError:
        return None


def check(shop: Shop, purpose: str, text: str) -> tone.Report:
    """The guard's word on a text, before anything is sent."""
    return tone.check(text, needs=tone.required(purpose), extra_words=guard_words(shop))
