"""Checking a file of messages."""

import json
from pathlib import Path

import pytest

from messaging.tone.cli import check_file, lines_for_people, messages


def test_plain_lines_are_messages(tmp_path: Path) -> None:
    path = tmp_path / "drafts.txt"
    path.write_text("Terima kasih kak.\n\nSalah kakak sendiri.\n", encoding="utf-8")
    rows = check_file(path)
    assert [(row["line"], row["ok"]) for row in rows] == [(1, True), (3, False)]
    assert list(lines_for_people(rows))[-1] == "2 messages, 1 stopped, 0 with a warning"


def test_json_rows_may_name_needs(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    path.write_text(json.dumps({"text": "Halo kak.", "needs": ["R1"], "context": {"item": "tas"}}), encoding="utf-8")
    (row,) = check_file(path)
    assert row["missing"] == ["R1"]
    assert any("R1 is missing" in line for line in lines_for_people([row]))
    json.dumps(row)


@pytest.mark.parametrize("line", ["{", "[]", '{"text": 1}'])
def test_bad_row_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "drafts.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match=r"drafts.jsonl:1"):
        list(messages(path))
