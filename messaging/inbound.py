"""What a customer wrote to the shop: kept once, with what follows from it (an open window, an opt-out)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from cases import events
from cases.actions import Refused
from cases.enums import Actor
from cases.models import Case
from messaging.channels import carrier_of
from messaging.compose import contact_of
from messaging.enums import Direction, MessageState, Purpose
from messaging.guarding import approve
from messaging.models import Message, MessageTemplate
from messaging.recheck import GOODBYE_KEY
from messaging.words import render, values_for
from shops.actions import heard_from, opt_out, wants_out

log = logging.getLogger(__name__)

STOPPED = "stopped"  # the key of a shop's own wording of the confirmation
GOODBYE = {
    "id": "Baik {call}, kami mengerti. Mulai sekarang kami tidak mengirim pengingat atau penawaran lagi. "
    "Kalau {call} menulis kepada kami, tetap kami balas. Terima kasih sudah memberi tahu.",
    "en": "We understand. From now on we will send you no more reminders or offers. If you write to us we will "
    "still answer. Thank you for telling us.",
}
GOODBYE_WITHIN = timedelta(days=1)


def keep(case: Case, text: str, channel: str, at: datetime, *, key: str) -> Message:
    """Keep the customer's message; an opt-out in it holds from now on and is confirmed once (domain.md 3.3)."""
    if case.customer:
        heard_from(case.customer, channel, at)
        if wants_out(text):
            stop(case, at)
    return Message.objects.create(
        shop_id=case.shop_id,
        case=case,
        customer=case.customer,
        direction=Direction.IN,
        channel=channel,
        body=text[:8000],
        state=MessageState.RECEIVED,
        received_at=at,
        key=key,
    )


def stop(case: Case, at: datetime) -> None:
    """The customer wants nothing that is not essential; a second "stop" finds nothing open and is not answered."""
    if case.customer is None:
        return
    newly_closed = opt_out(case.customer, at)
    events.add_event(case, events.OPTED_OUT, actor=Actor.CUSTOMER, at=at)
    if newly_closed:
        say_goodbye(case, at)


def say_goodbye(case: Case, at: datetime) -> None:
    """Queue the one confirmation: mailed by itself, or ready for a hand where a person must send it."""
    point = contact_of(case)
    if point is None or case.customer is None:
        return
    language = case.customer.language or case.shop.language
    message = Message.objects.create(
        shop=case.shop,
        case=case,
        customer=case.customer,
        contact_point=point,
        direction=Direction.OUT,
        channel=point.channel,
        carrier=carrier_of(point.channel),
        purpose=Purpose.ACKNOWLEDGEMENT,
        address=point.address,
        language=language,
        body=render(goodbye(case, language), values_for(case, language, now=at)).text,
        state=MessageState.DRAFT,
        is_automatic=True,
        expires_at=at + GOODBYE_WITHIN,
        key=f"{GOODBYE_KEY}{case.code}:{at.timestamp()}",
    )
    try:
        approve(message, by=None, now=at)
    except Refused as refusal:  # the shop's own wording: it stays a draft for staff, the customer's words are kept
        log.warning("message %s: %s", message.pk, refusal)


def goodbye(case: Case, language: str) -> str:
    """The shop's own wording where it has one, else ours."""
    own = MessageTemplate.objects.filter(shop_id=case.shop_id, key=STOPPED, language=language)
    return own.values_list("body", flat=True).first() or GOODBYE.get(language, GOODBYE["en"])
