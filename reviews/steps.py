"""System steps of P07."""

from __future__ import annotations

from playbooks.automatic import Handler

HANDLERS: dict[str, Handler] = {}
