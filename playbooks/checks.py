"""What makes a playbook unusable: found before it is saved, each with the step and the field it belongs to.

Pure: plain mappings in (columns of Playbook and Step), problems out. The admin and the YAML import ask the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.enums import Actor
from messaging import tone
from messaging.enums import Purpose
from messaging.words import VARIABLES, render, unknown_variables
from playbooks.enums import SPEAKING, Anchor, StepKind

Row = Mapping[str, Any]
WORDS = ("title", "help", "subject", "body")
LANGUAGES = ("id", "en")

IN_ENGLISH = {
    "call": "Rina",
    "Call": "Rina",
    "item": "bag",
    "problem": "you ordered the blue bag and a black one came",
    "wanted": "blue bag",
    "typed": "black bag",
    "received": "black bag",
    "courier": "the courier",
    "reply_by": "today at 15:00 WIB",
    "next_update": "tomorrow at 10:00 WIB",
    "limit": "tomorrow at 12:00 WIB",
    "pay": "transfer or QRIS",
    "change": "we pack earlier",
}
SAMPLE: Mapping[str, Mapping[str, str]] = {"id": VARIABLES, "en": {**VARIABLES, **IN_ENGLISH}}


@dataclass(frozen=True)
class Problem:
    """What is wrong; `step` is the index of the step (None: the playbook itself), `field` its column."""

    step: int | None
    field: str
    text: str


def problems(book: Row, steps: Sequence[Row], languages: Iterable[str] = LANGUAGES) -> list[Problem]:
    """Everything that forbids saving this playbook, steps in order."""
    active = [language for language in languages if language in LANGUAGES]
    found = [*book_problems(book, steps, active), *key_problems(steps), *order_problems(steps)]
    for index, step in enumerate(steps):
        found += step_problems(index, step)
        found += language_problems(index, step, active)
        found += word_problems(index, step)
    return found


def book_problems(book: Row, steps: Sequence[Row], languages: Sequence[str]) -> Iterator[Problem]:
    """A playbook needs a name, steps and an exit in every language in use."""
    if not steps:
        yield Problem(None, "", _("A playbook needs at least one step."))
    for language in languages:
        if not str(book.get(f"name_{language}") or "").strip():
            yield Problem(None, f"name_{language}", _("Every playbook needs a name in this language."))
        if not str(book.get(f"exit_{language}") or "").strip():
            yield Problem(
                None, f"exit_{language}", _("Say when this playbook ends: without an exit a case never closes.")
            )
    if not book.get("silence_days"):
        yield Problem(None, "silence_days", _("At least one day: without a limit a silent case never closes."))


def key_problems(steps: Sequence[Row]) -> Iterator[Problem]:
    """Each step has a key of its own."""
    seen: set[str] = set()
    for index, step in enumerate(steps):
        if step["key"] in seen:
            yield Problem(index, "key", _("Another step has this key."))
        seen.add(step["key"])


def waits_for(steps: Sequence[Row], index: int) -> Iterator[tuple[int, str]]:
    """The steps this one waits for, each with the field that says so: its gate, and the step before."""
    step = steps[index]
    for other, row in enumerate(steps):
        if step.get("gate") and row["key"] == step["gate"]:
            yield other, "gate"
            break
    if step.get("anchor") == Anchor.PREVIOUS and index:
        yield index - 1, "anchor"


def order_problems(steps: Sequence[Row]) -> Iterator[Problem]:
    """Gates must name a step that somebody can finish, and no step may wait for itself, not even round a corner."""
    keys = {step["key"] for step in steps}
    for index, step in enumerate(steps):
        gate = step.get("gate")
        if gate and gate not in keys:
            yield Problem(
                index, "gate", _("There is no step “%(gate)s”, so this one would never open.") % {"gate": gate}
            )
        for other, field in waits_for(steps, index):
            if index == other or index in reachable(steps, other):
                yield Problem(index, field, _("These steps wait for each other, so neither would ever open."))
        if step.get("until") and not step.get("repeat_h"):
            yield Problem(index, "until", _("Only a step that comes again needs an end."))


def reachable(steps: Sequence[Row], start: int) -> set[int]:
    """Every step that `start` waits for, directly or not."""
    seen: set[int] = set()
    todo = [start]
    while todo:
        for other, _field in waits_for(steps, todo.pop()):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def step_problems(index: int, step: Row) -> Iterator[Problem]:
    """A step that speaks says what for; a system step has something to do; only the acknowledgement goes by itself."""
    speaks = step["kind"] in SPEAKING
    if speaks and not step.get("purpose"):
        yield Problem(index, "purpose", _("Say what this message is for; the tone guard needs to know."))
    if step.get("actor") == Actor.SYSTEM and not step.get("action"):
        yield Problem(index, "action", _("The system would never finish this step: choose an action, or a person."))
    if step.get("is_automatic") and step.get("purpose") != Purpose.ACKNOWLEDGEMENT:
        yield Problem(index, "is_automatic", _("Only the acknowledgement goes out without a person."))
    if step.get("repeat_h") is not None and not 1 <= int(step["repeat_h"]) <= 24 * 30:
        yield Problem(index, "repeat_h", _("Between one hour and thirty days."))


def language_problems(index: int, step: Row, languages: Sequence[str]) -> Iterator[Problem]:
    """Every language in use has its title, and its words where the step speaks."""
    speaks = step["kind"] in SPEAKING or (step["kind"] == StepKind.REMEDY and step.get("purpose"))
    for language in languages:
        if not str(step.get(f"title_{language}") or "").strip():
            yield Problem(index, f"title_{language}", _("This language has no title."))
        if speaks and not str(step.get(f"body_{language}") or "").strip():
            yield Problem(index, f"body_{language}", _("This language has no words to send."))


def word_problems(index: int, step: Row) -> Iterator[Problem]:
    """Only known variables; and nothing that the tone guard would hold back."""
    for language in LANGUAGES:
        for name in WORDS:
            field = f"{name}_{language}"
            text = str(step.get(field) or "")
            if unknown := unknown_variables(text):
                names = ", ".join(f"{{{one}}}" for one in unknown)
                yield Problem(index, field, _("Unknown: %(names)s. See the list of variables.") % {"names": names})
        body = str(step.get(f"body_{language}") or "")
        for finding in blocks(body, str(step.get("purpose") or ""), language):
            yield Problem(index, f"body_{language}", finding)


def blocks(body: str, purpose: str, language: str) -> Iterator[str]:
    """Why the tone guard would not let these words out, in the reader's language."""
    if not body.strip():
        return
    report = tone.check(render(body, SAMPLE[language]).text, context={"purpose": purpose, "language": language})
    for finding in report.findings:
        if finding.level == "block":
            words = finding.reason.id if (get_language() or "id").startswith("id") else finding.reason.en
            yield f"{finding.rule}: {words} → {finding.rewrite}"
