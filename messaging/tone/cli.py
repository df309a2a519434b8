"""The work of the commands `check_tone` and `evaluate_tone`, free of Django."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from messaging.tone.guard import check
from messaging.tone.report import Report


def messages(path: Path) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """(line, text, row) of a file: JSON lines with `text` where the name ends in .jsonl, else one message a line.

    Raises OSError for an unreadable file and ValueError, with the line, for a row that is no message.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            row = _row(path, number, line) if path.suffix == ".jsonl" else {"text": line.rstrip("\n")}
            yield number, row["text"], row


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ValueError(f"{path.name}:{number}: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError(f"{path.name}:{number}: a row needs a text")
    return row


def check_file(path: Path) -> list[dict[str, Any]]:
    """One JSON-ready report per message; `needs` and `context` of a JSON row are used."""
    return [
        as_json(number, text, check(text, needs=row.get("needs") or (), context=row.get("context")))
        for number, text, row in messages(path)
    ]


def as_json(line: int, text: str, report: Report) -> dict[str, Any]:
    """A report as plain values."""
    return {
        "line": line,
        "text": text,
        "ok": report.ok,
        "findings": [
            {**asdict(finding), "reason": finding.reason._asdict(), "said": text[finding.start : finding.end]}
            for finding in report.findings
        ],
        "missing": list(report.missing),
        "suggestions": {code: words._asdict() for code, words in report.suggestions.items()},
        "advice": [{"code": remark.code, "text": remark.text._asdict()} for remark in report.advice],
    }


def lines_for_people(rows: list[dict[str, Any]], language: str = "en") -> Iterator[str]:
    """Terminal lines: each finding with its place, reason and rewrite, then a total."""
    for row in rows:
        for finding in row["findings"]:
            mark = " (hunch)" if finding["hunch"] else ""
            yield f"{row['line']}:{finding['start']} {finding['rule']} {finding['level']}{mark}: {finding['said']!r}"
            yield f"    {finding['reason'][language]}"
            yield f"    -> {finding['rewrite']}"
        for code in row["missing"]:
            yield f"{row['line']}: {code} is missing, for instance: {row['suggestions'][code][language]}"
    stopped = sum(not row["ok"] for row in rows)
    warned = sum(row["ok"] and bool(row["findings"]) for row in rows)
    yield f"{len(rows)} messages, {stopped} stopped, {warned} with a warning"
