"""The try-out's mails: files in the data folder, shown to the owner of the shop they belong to, and to nobody else.

Mails that belong to no shop (a forgotten password) are never shown: they would open another person's account.
"""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings

from messaging.channels.eml import NAME
from shops.models import Shop

SHOWN = 100


@dataclass(frozen=True)
class Mail:
    """One mail as a page shows it."""

    name: str
    to: str
    subject: str
    date: str
    text: str


def is_kept() -> bool:
    """True where mails become files instead of leaving."""
    return settings.EMAIL_BACKEND == "messaging.channels.eml.EmlBackend"


def mails(shop: Shop) -> list[Mail]:
    """The shop's newest mails, newest first."""
    names = sorted((path.name for path in folder().glob(f"*-shop{shop.pk}-*.eml")), reverse=True)
    return [read(folder() / name) for name in names[:SHOWN]]


def mail(shop: Shop, name: str) -> Mail | None:
    """One mail of this shop; None for anything else, also for names that lead out of the folder."""
    found = NAME.fullmatch(name)
    path = folder() / name
    return read(path) if found and found["shop"] == str(shop.pk) and path.is_file() else None


def folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def read(path: Path) -> Mail:
    """A mail's headers and plain text."""
    parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = parsed.get_body(("plain",))
    text = body.get_content() if body else ""
    return Mail(path.name, parsed["To"] or "", parsed["Subject"] or "", parsed["Date"] or "", text)
