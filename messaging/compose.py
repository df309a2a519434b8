"""Answering a customer in one's own words: stored once under the form's key, checked, queued."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from cases.models import Case
from messaging import tone
from messaging.channels import carrier_of
from messaging.enums import Carrier, Direction, MessageState, Purpose
from messaging.guarding import approve, guard_words, is_approved
from messaging.models import Message
from messaging.states import move
from shops.enums import Channel
from shops.models import ContactPoint, Member


def contact_of(case: Case) -> ContactPoint | None:
    """Where to answer: the channel of the case, else email, else WhatsApp, else any address that has not refused."""
    if case.customer is None:
        return None
    points = case.customer.contact_points.filter(bounced_at=None).order_by("pk")
    order = [case.channel, Channel.EMAIL, Channel.WHATSAPP]
    return min(points, key=lambda p: order.index(p.channel) if p.channel in order else len(order), default=None)


def reply_for(case: Case, key: UUID, body: str, subject: str) -> Message:
    """The draft of this form, made at the first call; the same key again finds it."""
    point = contact_of(case)
    values = {
        "case": case,
        "customer": case.customer,
        "contact_point": point,
        "direction": Direction.OUT,
        "channel": point.channel if point else case.channel,
        "carrier": carrier_of(point.channel) if point else Carrier.COPY,
        "purpose": Purpose.FREE,
        "address": point.address if point else "",
        "language": (case.customer.language if case.customer else "") or case.shop.language,
        "subject": subject,
        "body": body,
        "state": MessageState.DRAFT,
    }
    try:
        with transaction.atomic():
            return Message.objects.create(shop_id=case.shop_id, key=f"form:{key}", **values)
    except IntegrityError:
        return Message.objects.select_related("case__customer", "shop").get(shop_id=case.shop_id, key=f"form:{key}")


def context_of(message: Message) -> dict[str, Any]:
    """What the tone guard may check a free text against."""
    case = message.case
    return {
        "purpose": message.purpose,
        "channel": message.channel,
        "language": message.language,
        "customer_text": case.headline if case else "",
    }


def check(message: Message, body: str) -> tone.Report:
    """The guard's report on a text, without sending it."""
    words = guard_words(message.shop)
    return tone.check(body, needs=tone.required(message.purpose), context=context_of(message), extra_words=words)


def save_draft(message: Message, body: str, subject: str) -> None:
    """Keep the text as it stands; nothing is sent. Stale: it is no draft any more."""
    move(message, {MessageState.DRAFT}, {"body": body, "subject": subject})


def send(message: Message, body: str, subject: str, *, by: Member, choices: Mapping[str, Any]) -> Message:
    """Check the text and queue it; the same text sent twice is queued once. Raises what approve raises."""
    if is_approved(message, body):
        return message
    save_draft(message, body, subject)
    needs = tone.required(message.purpose)
    return approve(message, by=by, needs=needs, context=context_of(message), **choices)
