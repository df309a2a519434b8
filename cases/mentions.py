"""Whom a note names: "@budi" asks the member of that user name."""

from __future__ import annotations

import re

_MENTION = re.compile(r"(?<!\w)@([\w.+-]{1,150})")


def names_in(note: str) -> list[str]:
    """The user names that a note mentions."""
    return [name.rstrip(".") for name in _MENTION.findall(note)]
