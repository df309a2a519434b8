"""A playbook as a YAML file and back: the form of our defaults, so that shops can share what works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from playbooks import checks, loading, versions
from playbooks.models import Playbook, Step
from shops.models import Shop, User

MAX_BYTES = 200_000
PAIRS = ("name", "when", "objective", "forbidden")
STEP_PAIRS = ("title", "help", "subject", "body")


class Unreadable(Exception):
    """The file cannot become a playbook; `problems` says what is wrong, one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


# --- out --------------------------------------------------------------------------------------------------------------


def as_yaml(playbook: Playbook) -> str:
    """The playbook as a file."""
    text: str = yaml.safe_dump(as_data(playbook), allow_unicode=True, sort_keys=False, width=120)
    return text


def as_data(playbook: Playbook) -> dict[str, Any]:
    """The playbook in the form of our defaults."""
    shot = loading.snapshot(playbook)
    book = shot["playbook"]
    return {
        "code": playbook.code,
        "slot": book["slot"],
        **{name: pair for name in PAIRS if (pair := both(book, name))},
        "ladder": {"from": book["ladder_from"], "to": book["ladder_to"], "text": both(book, "ladder")},
        "exit": {"silence_days": book["silence_days"], "text": both(book, "exit")},
        "steps": [step_data(step) for step in shot["steps"]],
    }


def both(row: Mapping[str, Any], name: str) -> dict[str, str]:
    """The languages of a text that are filled."""
    return {language: row[f"{name}_{language}"] for language in loading.LANGUAGES if row[f"{name}_{language}"]}


def step_data(step: Mapping[str, Any]) -> dict[str, Any]:
    """A step in the form of our defaults; what is empty is left out."""
    counted = step["unit"] in ("first_reply", "decision", "execution")
    after = step["unit"] if counted else f"{step['offset']} {step['unit']}"
    data = {
        "key": step["key"],
        "kind": step["kind"],
        "actor": step["actor"],
        "after": f"{after} from {step['anchor']}",
        "gate": step["gate"],
        "purpose": step["purpose"],
        "action": step["action"],
        "automatic": step["is_automatic"],
        "optional": step["is_optional"],
        "expires_h": step["expires_h"],
        "leads": step["leads"],
        "repeat_h": step["repeat_h"],
        "until": step["until"],
        **{name: both(step, name) for name in STEP_PAIRS},
    }
    return {name: value for name, value in data.items() if value}


# --- in ---------------------------------------------------------------------------------------------------------------


def read(text: str) -> dict[str, Any]:
    """The file as plain data. Unreadable: too large, not YAML, or not in this form."""
    if len(text) > MAX_BYTES:
        raise Unreadable([_("The file is too large for a playbook.")])
    if "&" in text and "*" in text and has_alias(text):
        raise Unreadable([_("References (& and *) are not allowed in a playbook file.")])
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = _("line %(n)d: ") % {"n": mark.line + 1} if mark else ""
        raise Unreadable([place + _("this is not YAML.")]) from error
    if not isinstance(data, dict) or not isinstance(data.get("steps"), list) or not data.get("code"):
        raise Unreadable([_("A playbook file has at least: code, slot, name, exit, steps.")])
    return data


def has_alias(text: str) -> bool:
    """True where the file uses references, which could blow it up."""
    try:
        return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return False


def store(shop: Shop, data: Mapping[str, Any], *, by: User) -> Playbook:
    """Add the playbook, or make it the next version of the one with its code. Unreadable: what the checks found."""
    code = str(data["code"])[:12]
    playbook = Playbook.objects.filter(shop=shop, code=code).first() or Playbook(shop=shop, code=code, is_active=False)
    try:
        columns, rows = loading.playbook_fields(data), [loading.step_fields(step) for step in data["steps"]]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Unreadable([_("This part is missing or has another form: %(what)s") % {"what": error}]) from error
    if found := [
        *column_problems(columns, rows),
        *lines(checks.problems(columns, rows, shop.active_languages()), rows),
    ]:
        raise Unreadable(found)
    with transaction.atomic():
        loading.apply_data(playbook, data)
        versions.publish(playbook, by=by, note=_("from a file"))
    return playbook


def column_problems(columns: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What does not fit its column: an unknown kind, a text that is too long."""
    found: list[str] = []
    for name, row, skip in [
        ("", Playbook(code="x", **columns), ["shop"]),
        *[(str(row.get("key")), Step(**row), ["playbook"]) for row in rows],
    ]:
        try:
            row.clean_fields(exclude=skip)
        except ValidationError as error:
            for field, texts in error.message_dict.items():
                found.append(f"{name}.{field}: {' '.join(texts)}".lstrip("."))
    return found


def lines(problems: Sequence[checks.Problem], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Problems as lines: "choice.body_id: ..."."""
    return [
        f"{rows[one.step]['key']}.{one.field}: {one.text}"
        if one.step is not None
        else f"{one.field}: {one.text}".lstrip(": ")
        for one in problems
    ]
