"""The audit trail in words: stored as codes, translated when shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from shops.models import AuditEvent

LABELS = {
    "settings": _("Settings changed"),
    "closed_day": _("Closed day noted"),
    "invited": _("Invitation made"),
    "invitation_withdrawn": _("Invitation taken back"),
    "joined": _("Joined the shop"),
    "role": _("Role changed"),
    "removed": _("Taken out of the shop"),
    "customer": _("Customer changed"),
    "stop_all": _("Reminders stopped"),
    "allow_reminders": _("Reminders allowed again"),
    "data_request": _("Customer asked for their data"),
    "erased": _("Customer erased"),
    "exported": _("Shop exported"),
    "list_exported": _("List exported"),
    "exported_customer": _("Customer's data exported"),
    "imported": _("File imported"),
    "samples_added": _("Sample cases added"),
    "samples_removed": _("Sample cases erased"),
    "set_up": _("Shop set up"),
    "guard_word_added": _("Own phrase for the tone guard added"),
    "trial_started": _("Trial of two versions started"),
    "trial_ended": _("Trial of two versions ended"),
    "incident_noted": _("Incident noted"),
    "guard_word_removed": _("Own phrase for the tone guard removed"),
}


def audit_lines(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    """Events as components/timeline_item.html shows them."""
    return [
        {
            "at": event.at,
            "title": LABELS.get(event.code, event.code),
            "actor": str(event.actor) if event.actor else "",
            "text": details(event.data),
            "icon": "dot",
        }
        for event in events
    ]


def details(data: dict[str, Any]) -> str:
    """What was kept with an event, as "name: value" pieces."""
    pieces = [
        f"{key}: {', '.join(map(str, value)) if isinstance(value, list) else value}" for key, value in data.items()
    ]
    return " · ".join(pieces)
