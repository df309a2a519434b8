"""Taking a bulk action back: what the ticked rows were before is kept in the session until that list's next one."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.base import SessionBase

MOST = 200  # rows that one bulk action changes


def key_of(name: str) -> str:
    return f"undo:{name}"


def keep(session: SessionBase, name: str, before: dict[str, Any]) -> None:
    """Remember how it was before; `before` must be JSON."""
    session[key_of(name)] = before


def is_kept(session: SessionBase, name: str) -> bool:
    """True where the list's last bulk action can be taken back."""
    return key_of(name) in session


def take(session: SessionBase, name: str) -> dict[str, Any] | None:
    """What was kept, once; None where there is nothing to take back."""
    kept: dict[str, Any] | None = session.pop(key_of(name), None)
    return kept
