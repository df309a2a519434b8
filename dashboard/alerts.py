"""What may ring on a person's device: cases that are public or spread, and messages that did not go out.

Today's page carries them with its lanes, so its poll brings what is new; static/js/notify.js tells each once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.links import case_url
from cases.models import Case
from messaging.models import Message

MOST = 20  # the newest ones; nobody reads more on a lock screen
WORDS = 80


@dataclass(frozen=True)
class Alert:
    """One notification. `key` names the thing: the same key is never told twice on a device."""

    key: str
    title: str
    body: str
    url: str


def alerts(public: Sequence[Case], failed: Sequence[Message]) -> list[Alert]:
    """Alerts for rows that carry `is_seen`: what the member has looked at already rings nowhere."""
    return [*of_messages(failed), *of_cases(public)][:MOST]


def of_cases(cases: Sequence[Case]) -> Iterator[Alert]:
    """A reopened case is news again."""
    for case in cases:
        if not case.is_seen:  # type: ignore[attr-defined]  # annotated by dashboard.queries
            key = f"case:{case.code}:{case.reopened_count}"
            yield Alert(key, _("Spreading in public"), said(case.customer, case.headline), case_url(case))


def of_messages(messages: Sequence[Message]) -> Iterator[Alert]:
    """A message that fails again after a retry is news again."""
    for message in messages:
        if not message.is_seen:  # type: ignore[attr-defined]  # annotated by dashboard.queries
            key, url = f"message:{message.pk}:{message.attempts}", reverse("messaging:show", args=[message.pk])
            yield Alert(key, _("Did not go out"), said(message.customer, message.body), url)


def said(who: object, words: str) -> str:
    """ "Rina: tasnya sobek", short enough for a lock screen."""
    line = " ".join(words.split())
    return f"{who or _('Unknown customer')}: {line[:WORDS]}{'…' if len(line) > WORDS else ''}"
