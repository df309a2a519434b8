"""The trained second opinion: a hunch that may raise a warning by itself, never a block."""

from __future__ import annotations

from collections.abc import Sequence

from messaging.tone.reading import Sentence
from messaging.tone.report import Finding


def hunch(text: str, sentences: Sequence[Sentence], findings: Sequence[Finding], language: str) -> list[Finding]:
    """At most one warning for a text in which the frames found nothing."""
    return []
