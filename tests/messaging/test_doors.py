"""Every path into the outbox: only an approval (or a notice for staff) makes a message ready to go (I1).

The code is read, not run: each place that gives a row a state other than draft must be one we know.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("shops", "cases", "messaging", "playbooks", "complaints", "reviews", "bookings", "dashboard", "shopcare")
QUEUES = {
    ("messaging/guarding.py", "approve", "READY"): "the one door: guard result and approval",
    ("messaging/digest.py", "queue", "READY"): "a notice for staff",
    ("dashboard/weekly.py", "queue", "READY"): "a notice for staff",
    ("messaging/hands.py", "retry", "READY"): "was approved before; staff decide",
    ("messaging/hands.py", "unmark_sent", "WAITING"): "was approved before; waits for a hand",
    ("messaging/outbox.py", "put_back", "READY"): "was claimed, so it was approved",
    ("messaging/outbox.py", "sweep", "READY"): "was claimed, so it was approved",
    ("messaging/settling.py", "give_back", "READY"): "was claimed, so it was approved",
    ("messaging/settling.py", "hold", "WAITING"): "was claimed, so it was approved",
    ("messaging/settling.py", "retry_later", "WAITING"): "was claimed, so it was approved",
    ("messaging/showing.py", "objection", "WAITING"): "a row that is only shown, never stored",
    ("bookings/contacts.py", "hold_back", "WAITING"): "from queued to queued: approved, waits for its turn",
}
QUESTIONS = {"filter", "exclude", "get", "Q"}
ENDS = {"SENDING", "SENT", "MARKED_SENT", "FAILED", "UNCONFIRMED"}
MAY_END = {
    "messaging/outbox.py",
    "messaging/settling.py",
    "messaging/hands.py",
    "dashboard/samples.py",  # the past of the demo shop, told as it would have been
    "dashboard/management/commands/seed_bench.py",  # likewise
}


def states_given(tree: ast.AST) -> list[tuple[str, str]]:
    """(function, state) for each `state=MessageState.X` or `"state": MessageState.X` in a file, questions left out."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    pairs = [(function.name, *pair) for function in functions for node in ast.walk(function) for pair in pairs_of(node)]
    return [(function, name) for function, key, value in pairs if key == "state" for name in names(value)]


def pairs_of(node: ast.AST) -> list[tuple[object, ast.expr]]:
    """Names and values that a call or a dictionary gives."""
    if isinstance(node, ast.Dict):
        return [(getattr(key, "value", None), value) for key, value in zip(node.keys, node.values, strict=True)]
    if not isinstance(node, ast.Call):
        return []
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return [] if called in QUESTIONS else [(keyword.arg, keyword.value) for keyword in node.keywords]


def names(value: ast.expr) -> list[str]:
    """READY of `MessageState.READY`, also inside a choice between two."""
    inside = [node for node in ast.walk(value) if isinstance(node, ast.Attribute)]
    return [n.attr for n in inside if isinstance(n.value, ast.Name) and n.value.id == "MessageState"]


def given() -> set[tuple[str, str, str]]:
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            place = str(path.relative_to(ROOT))
            if "migrations" not in path.parts:
                found |= {(place, function, state) for function, state in states_given(ast.parse(path.read_text()))}
    return found


def test_only_known_doors_lead_into_the_queue() -> None:
    assert {door for door in given() if door[2] in ("READY", "WAITING")} - QUEUES.keys() == set()


def test_known_doors_exist() -> None:
    assert QUEUES.keys() - given() == set()


@pytest.mark.parametrize("place", [place for place, function, _state in QUEUES if function == "queue"])
def test_notices_for_staff_go_to_staff(place: str) -> None:
    code = (ROOT / place).read_text()
    assert "Direction.INTERNAL" in code
    assert "Direction.OUT" not in code


def test_only_the_outbox_says_what_became_of_a_message() -> None:
    assert {place for place, _function, state in given() if state in ENDS} - MAY_END == set()


@pytest.mark.parametrize("room", ROOMS)
def test_no_state_is_written_as_a_bare_word(room: str) -> None:
    """`state="ready"` on a message would slip past this test; the models' own words are used instead."""
    words = {'state="ready"', '"state": "ready"', "state='ready'", 'state="waiting"', '"state": "waiting"'}
    files = [p for p in (ROOT / room).rglob("*.py") if "migrations" not in p.parts]
    assert [str(p) for p in files if any(word in p.read_text() for word in words)] == []


# --- where words come in: each entrance, and what reads them there ----------------------------------------------------

ENTRANCES = {
    ("messaging/compose.py", "approve"): "a free answer, typed",
    ("playbooks/compose.py", "approve"): "a step's message, typed or drafted; public replies are steps",
    ("complaints/letters.py", "approve"): "an incident's letter to many, each one approved",
    ("bookings/contacts.py", "approve"): "a booking's reminder, check-in, release",
    ("bookings/waiting.py", "approve"): "the next one in a waiting list",
    ("messaging/inbound.py", "approve"): "the automatic goodbye to somebody who wrote STOP",
    ("playbooks/automatic.py", "approve"): "the automatic acknowledgement of a treatment",
    ("messaging/guarding.py", "check"): "the door itself",
    ("messaging/forms.py", "check"): "templates and saved replies at save, in the app and in the admin",
    ("playbooks/checks.py", "check"): "a playbook's texts at save and at import",
    ("playbooks/preview.py", "check"): "a playbook looked at before it is used",
    ("messaging/compose.py", "check"): "while somebody types an answer",
    ("playbooks/compose.py", "check"): "while somebody types a step's message",
    ("complaints/letters.py", "check"): "while somebody types a letter",
    ("bookings/contacts.py", "check"): "before a booking's contact is offered",
}


def called() -> set[tuple[str, str]]:
    """(file, approve or check) of each call of the door and of the guard."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            place = str(path.relative_to(ROOT))
            if "tone" in path.parts or "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in ("approve", "guarding.approve"):
                    found.add((place, "approve"))
                elif isinstance(node, ast.Call) and ast.unparse(node.func) == "tone.check":
                    found.add((place, "check"))
    return found


def test_every_entrance_is_known() -> None:
    assert called() == set(ENTRANCES)


def test_admin_changes_no_message_and_checks_templates() -> None:
    from django.contrib import admin

    from messaging.forms import TemplateForm
    from messaging.models import Message, MessageTemplate
    from shops.admin_base import ReadOnlyShopAdmin

    assert isinstance(admin.site.get_model_admin(Message), ReadOnlyShopAdmin)
    assert admin.site.get_model_admin(MessageTemplate).form is TemplateForm
