"""What may ring on a person's device: cases that are public or spread, and messages that did not go out.

Today's page carries them with its lanes, so its poll brings what is new; static/js/notify.js tells each once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.links import url_of
from dashboard.queries import Row

MOST = 20  # the newest ones; nobody reads more on a lock screen
WORDS = 80


@dataclass(frozen=True)
class Alert:
    """One notification. `key` names the thing: the same key is never told twice on a device."""

    key: str
    title: str
    body: str
    url: str


def alerts(public: Sequence[Row], failed: Sequence[Row]) -> list[Alert]:
    """Alerts for rows of dashboard.queries: what the member has looked at already rings nowhere."""
    return [*of_messages(failed), *of_cases(public)][:MOST]


def of_cases(rows: Sequence[Row]) -> Iterator[Alert]:
    """A reopened case is news again."""
    for row in rows:
        if not row.is_seen:
            key, url = f"case:{row.code}:{row.reopened_count}", url_of(row.kind, row.code)
            yield Alert(key, _("Spreading in public"), said(row.customer__name, row.headline), url)


def of_messages(rows: Sequence[Row]) -> Iterator[Alert]:
    """A message that fails again after a retry is news again."""
    for row in rows:
        if not row.is_seen:
            key, url = f"message:{row.pk}:{row.attempts}", reverse("messaging:show", args=[row.pk])
            yield Alert(key, _("Did not go out"), said(row.customer__name, row.body), url)


def said(who: str | None, words: str) -> str:
    """ "Rina: tasnya sobek", short enough for a lock screen."""
    line = " ".join(words.split())
    return f"{who or _('Unknown customer')}: {line[:WORDS]}{'…' if len(line) > WORDS else ''}"
