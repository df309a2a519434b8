"""WhatsApp without an API: a wa.me link with the text filled in; a person presses send and marks it (domain.md 3.2)."""

from __future__ import annotations

import re
from urllib.parse import quote

from messaging.channels.contract import Channel, Promise
from messaging.models import Message


def international(number: str) -> str:
    """Digits of a phone number with the country code: 0812-3456 -> 628123456; "" where there are none."""
    digits = re.sub(r"\D", "", number)
    if digits.startswith("0"):
        return "62" + digits[1:]
    return digits if not digits.startswith("8") else "62" + digits


def link(message: Message) -> str:
    """The click-to-chat address of a message."""
    return f"https://wa.me/{international(message.address)}?text={quote(message.body)}"


CHANNEL = Channel(Promise.MARKED, send=None, link=link)
