"""How messages leave the shop. Each carrier is one module with a Channel; the outbox knows only this contract."""

from __future__ import annotations

from messaging.channels import copy_paste, email, file, whatsapp_link
from messaging.channels.contract import Channel, Outcome, Promise, Rejected, TryAgain
from messaging.enums import Carrier
from shops.enums import Channel as Place

CHANNELS: dict[str, Channel] = {
    Carrier.EMAIL: email.CHANNEL,
    Carrier.WHATSAPP_LINK: whatsapp_link.CHANNEL,
    Carrier.COPY: copy_paste.CHANNEL,
    Carrier.FILE: file.CHANNEL,
}
CARRIER_OF = {Place.EMAIL: Carrier.EMAIL, Place.WHATSAPP: Carrier.WHATSAPP_LINK}


def carrier_of(place: str) -> str:
    """How a message to this place leaves: email by itself, WhatsApp by link, everything else by copy and paste."""
    return CARRIER_OF.get(Place(place), Carrier.COPY) if place in Place.values else Carrier.COPY


__all__ = ["CHANNELS", "Channel", "Outcome", "Promise", "Rejected", "TryAgain", "carrier_of"]
