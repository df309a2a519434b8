"""System steps of P12."""

from __future__ import annotations

from playbooks.automatic import Handler

HANDLERS: dict[str, Handler] = {}
