"""`check_tone`, `evaluate_tone` and `train_tone` from the command line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROWS = [
    {"text": "Salah kakak sendiri.", "label": "bad", "category": "G1"},
    {"text": "Terima kasih kak.", "label": "ok", "category": "thanks"},
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    return path


def test_check_tone_exits_with_one_where_a_message_is_stopped(labelled: Path) -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_tone", labelled, "--json", stdout=out)
    assert stopped.value.code == 1
    assert [json.loads(line)["ok"] for line in out.getvalue().splitlines()] == [False, True]


def test_check_tone_is_quiet_about_kind_messages(tmp_path: Path) -> None:
    path, out = tmp_path / "kind.txt", StringIO()
    path.write_text("Terima kasih kak.\n", encoding="utf-8")
    call_command("check_tone", path, stdout=out)
    assert out.getvalue() == "1 messages, 0 stopped, 0 with a warning\n"


def test_evaluate_tone_prints_figures(labelled: Path) -> None:
    out = StringIO()
    call_command("evaluate_tone", labelled, stdout=out)
    assert out.getvalue().startswith("caught       1/1 (100.0%")


def test_evaluate_tone_names_what_a_row_lacks(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "halo"}', encoding="utf-8")
    with pytest.raises(CommandError, match="lacks 'label'"):
        call_command("evaluate_tone", path)


@pytest.mark.parametrize("command", ["check_tone", "evaluate_tone"])
def test_missing_file_is_an_error(command: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command(command, tmp_path / "none.jsonl")


def test_train_tone_needs_a_corpus(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no corpus"):
        call_command("train_tone", "--corpus", tmp_path)
