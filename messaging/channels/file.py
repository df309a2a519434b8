"""Dry run: each message becomes a text file in the data folder."""

from __future__ import annotations

from django.conf import settings

from messaging.channels.contract import Channel, Outcome, Promise
from messaging.models import Message


def send(message: Message) -> Outcome:
    """Write the message to DATA_DIR/dry_run/."""
    folder = settings.DATA_DIR / "dry_run"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{message.shop_id}-{message.pk}.txt"
    path.write_text(f"To: {message.address}\nSubject: {message.subject}\n\n{message.body}\n", encoding="utf-8")
    return Outcome(external_id=path.name)


CHANNEL = Channel(Promise.WRITTEN, send)
