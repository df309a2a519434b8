"""What a check gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from messaging.tone.rules import BLOCK, Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in the text that should not go out. `start:end` cuts it from the text; so does `sentence`.

    `rewrite` may replace the whole sentence (`apply`). A `hunch` comes from the trained second opinion alone.
    """

    rule: str
    level: str
    start: int
    end: int
    reason: Words
    ground: str
    rewrite: str
    frame: str
    sentence: tuple[int, int]
    hunch: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """A remark that never stands in the way: length, order, a fact that differs from the record."""

    code: str
    text: Words


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in reading order, the required elements that are missing, and advice.

    `suggestions` holds a ready sentence for each missing element, `present` the elements that were found.
    """

    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    suggestions: Mapping[str, Words] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    advice: tuple[Advice, ...] = ()
    language: str = "id"

    @property
    def ok(self) -> bool:
        """No block and nothing missing; warnings still ask for an explicit "send anyway"."""
        return not self.missing and not self.blocked

    @property
    def blocked(self) -> bool:
        """At least one finding forbids sending."""
        return any(finding.level == BLOCK for finding in self.findings)


def apply(text: str, finding: Finding) -> str:
    """The text with the finding's sentence replaced by its rewrite."""
    start, end = finding.sentence
    return text[:start] + finding.rewrite + text[end:]
