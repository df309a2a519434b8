"""What a composer shows of the tone guard's report, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from messaging import tone
from messaging.guarding import Choices, choices_for, in_page_language
from messaging.mending import Edit, insertion
from messaging.tone.rules import BLOCK, RULES
from shops.models import Member

ELEMENTS: dict[str, str | Promise] = {
    "R1": gettext_lazy("Sorry, at the start"),
    "R2": gettext_lazy("Thanks for telling you"),
    "R3": gettext_lazy("What went wrong, by name"),
    "R4": gettext_lazy("The cause, as your own"),
    "R5": gettext_lazy("What they can choose from"),
    "R6": gettext_lazy("What happens next, and when"),
}


@dataclass(frozen=True)
class Piece:
    """A run of the text; `level` (block, warn) where a finding marks it."""

    text: str
    level: str = ""


@dataclass(frozen=True)
class Remark:
    """One finding in words; `edit` puts the rewrite in place of `sentence`."""

    index: int
    rule: str
    title: str
    level: str
    phrase: str
    reason: str
    ground: str
    rewrite: str
    hunch: bool
    sentence: str
    edit: Edit


@dataclass(frozen=True)
class Element:
    """One line of the checklist; a missing one comes with a ready sentence and where it goes."""

    code: str
    title: str | Promise
    sentence: str = ""
    replaced: str = ""
    edit: Edit | None = None


@dataclass(frozen=True)
class Remarks:
    """Everything the guard's part of a page shows. `choices` is None where the text is only looked at."""

    remarks: list[Remark]
    elements: list[Element]
    advice: list[str]
    pieces: list[Piece]
    summary: str
    choices: Choices | None = None


def remarks(report: tone.Report, text: str, purpose: str = "", member: Member | None = None) -> Remarks:
    """A report on this text for this reader; with a member also how the text may still be sent."""
    return Remarks(
        remarks=[remark(index, finding, text) for index, finding in enumerate(report.findings)],
        elements=[element(code, report, text) for code in sorted({*report.present, *report.missing})],
        advice=[in_page_language(advice.text) for advice in report.advice],
        pieces=pieces(text, report.findings),
        summary=summary(report),
        choices=choices_for(report, purpose, member) if member else None,
    )


def remark(index: int, finding: tone.Finding, text: str) -> Remark:
    """One finding, cut from the text it was made for."""
    start, end = finding.sentence
    whole = finding.hunch or finding.end - finding.start > 80
    return Remark(
        index=index,
        rule=finding.rule,
        title=in_page_language(RULES[finding.rule].title) if finding.rule in RULES else "",
        level=finding.level,
        phrase="" if whole else text[finding.start : finding.end],
        reason=in_page_language(finding.reason),
        ground=finding.ground,
        rewrite=finding.rewrite,
        hunch=finding.hunch,
        sentence=text[start:end],
        edit=Edit(start, end, finding.rewrite),
    )


def element(code: str, report: tone.Report, text: str) -> Element:
    """An element the message has or needs."""
    if code not in report.missing:
        return Element(code, ELEMENTS[code])
    sentence = report.suggestions[code].in_language(report.language)
    edit = insertion(text, code, sentence)
    return Element(code, ELEMENTS[code], sentence, text[edit.start : edit.end], edit)


def pieces(text: str, findings: Iterable[tone.Finding]) -> list[Piece]:
    """The text cut at the findings' marks, in order; where two overlap the first one wins."""
    cut, place = [], 0
    for finding in findings:
        start, end = max(finding.start, place), finding.end
        if start < end:
            cut += [Piece(text[place:start]), Piece(text[start:end], finding.level)]
            place = end
    return [piece for piece in [*cut, Piece(text[place:])] if piece.text]


def summary(report: tone.Report) -> str:
    """One line, read out while one types."""
    blocks = sum(finding.level == BLOCK for finding in report.findings)
    warns, missing = len(report.findings) - blocks, len(report.missing)
    lines = [
        ngettext("%(n)s thing to change", "%(n)s things to change", blocks) % {"n": blocks} if blocks else "",
        ngettext("%(n)s better said otherwise", "%(n)s better said otherwise", warns) % {"n": warns} if warns else "",
        ngettext("%(n)s still missing", "%(n)s still missing", missing) % {"n": missing} if missing else "",
    ]
    return " · ".join(line for line in lines if line) or _("Nothing to change.")
