"""What a composer's small buttons do to a text: take a rewrite, add a ready sentence, say the guard was wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from django.http import QueryDict

from messaging import tone
from messaging.models import GuardFeedback
from shops.models import Member

BODY_MAX = 8000  # letters: Message.body
BUTTONS = ("apply", "insert", "feedback")
# "Halo kak Rina," and the like: an apology comes right after it, not before.
GREETING = re.compile(
    r"\s*(?:hai|halo|hallo|hi|hello|dear|selamat|assalamu\S*|good (?:morning|day|afternoon|evening))\b"
    r"[^.,!?\n]{0,40}[.,!?\n]+\s*",
    re.IGNORECASE,
)


class Edit(NamedTuple):
    """Letters start to end of a text give way to `put`."""

    start: int
    end: int
    put: str


def applied(text: str, edit: Edit) -> str:
    """The text after the edit."""
    return text[: edit.start] + edit.put + text[edit.end :]


def insertion(text: str, code: str, sentence: str) -> Edit:
    """Where a ready sentence goes: the apology (R1) first, after a greeting; everything else at the end."""
    if code != "R1":
        end = len(text.rstrip())
        return Edit(end, len(text), f" {sentence}" if end else sentence)
    greeting = GREETING.match(text)
    start = greeting.end() if greeting else len(text) - len(text.lstrip())
    rest = text[start : start + 1]
    if greeting and "," in greeting[0]:
        sentence = sentence[:1].lower() + sentence[1:]
    gap = "" if not text[:start] or text[start - 1].isspace() else " "
    return Edit(start, start + len(rest), f"{gap}{sentence} {rest.upper()}" if rest else gap + sentence)


def tidy(data: QueryDict) -> QueryDict:
    """A posted composer, its text as it is checked and stored: lines end in one letter, no blanks around it."""
    data = data.copy()
    data["body"] = data.get("body", "").replace("\r\n", "\n").strip()
    return data


def body_of(data: QueryDict) -> str:
    """The text to be looked at; what is too long to be stored is not read to its end."""
    return str(data.get("body", ""))[:BODY_MAX]


def is_pressed(data: Mapping[str, str]) -> bool:
    """True where a button was pressed that only helps to write: nothing is to be sent."""
    return data.get("action") == "check" or any(name in data for name in BUTTONS)


def mended(text: str, data: Mapping[str, str], report: tone.Report) -> str:
    """The text after "Use this" (`apply`: the finding's index) or "Add this" (`insert`: R1 to R6); else as it was."""
    if finding := chosen(data.get("apply", ""), report):
        return tone.apply(text, finding)
    code = data.get("insert", "")
    if code in report.suggestions:
        return applied(text, insertion(text, code, report.suggestions[code].in_language(report.language)))
    return text


def note(text: str, data: Mapping[str, str], report: tone.Report, by: Member) -> str:
    """Keep what a member says of the guard; gives back which button it was, "" for none.

    `feedback` is "missed" (the whole text) or a finding's index (that sentence is no problem).
    """
    pressed = data.get("feedback", "")
    if pressed == "missed" and text.strip():
        keep(by, GuardFeedback.Verdict.MISSED, text)
    elif finding := chosen(pressed, report):
        keep(by, GuardFeedback.Verdict.FALSE_ALARM, text[slice(*finding.sentence)], finding.rule)
    else:
        return ""
    return pressed


def keep(by: Member, verdict: str, text: str, rule: str = "") -> None:
    """One open line per person, verdict, rule and text, however often the button is pressed."""
    line = {"shop": by.shop, "by": by.user, "verdict": verdict, "rule": rule, "text": text[:BODY_MAX]}
    if not GuardFeedback.objects.filter(**line, reviewed_at=None).exists():
        GuardFeedback.objects.create(**line)


def chosen(index: str, report: tone.Report) -> tone.Finding | None:
    """The finding with this number, where there is one."""
    with suppress(ValueError, IndexError):
        return report.findings[int(index)] if int(index) >= 0 else None
    return None
