"""System steps of P12."""

from __future__ import annotations

from bookings.actions import release
from playbooks.automatic import Handler
from playbooks.enums import SystemAction

HANDLERS: dict[str, Handler] = {SystemAction.RELEASE_BOOKING: release}
