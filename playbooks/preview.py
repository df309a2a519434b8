"""Every message of a playbook as a customer would read it, with what the tone guard says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cases.models import Case
from messaging import tone
from messaging.guarding import guard_words
from messaging.words import render
from playbooks.checks import SAMPLE
from playbooks.drafts import values_of
from playbooks.models import Playbook, Step

LANGUAGES = ("id", "en")
MAINLY_SELF = ("P01", "P02")  # their customers blame themselves: no apology for a wrong of ours is needed


@dataclass(frozen=True)
class Shown:
    """One message in one language: subject, words, the guard's report, what stays blank."""

    step: Step
    language: str
    subject: str
    text: str
    blanks: tuple[str, ...]
    report: tone.Report


def messages(playbook: Playbook, case: Case | None = None) -> list[list[Shown]]:
    """For every step that has words: Indonesian and English, filled from the case or from the sample."""
    values = {language: values_of(case, language) if case else SAMPLE[language] for language in LANGUAGES}
    words = guard_words(playbook.shop)
    return [
        [shown(playbook, step, language, values[language], words) for language in LANGUAGES if body(step, language)]
        for step in playbook.steps.all()
        if any(body(step, language) for language in LANGUAGES)
    ]


def body(step: Step, language: str) -> str:
    """The step's template in one language."""
    return str(getattr(step, f"body_{language}"))


def shown(
    playbook: Playbook, step: Step, language: str, values: Mapping[str, str], words: Mapping[str, list[str]]
) -> Shown:
    """One message, filled and checked."""
    draft = render(body(step, language), values)
    needs = tone.required(step.purpose, blame="self" if playbook.code[:3] in MAINLY_SELF else "shop")
    context = {"purpose": step.purpose, "language": language}
    report = tone.check(draft.text, needs=needs, context=context, extra_words=words)
    subject = render(getattr(step, f"subject_{language}"), values).text
    return Shown(step, language, subject, draft.text, draft.blanks, report)
