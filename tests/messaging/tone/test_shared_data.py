"""The guard against files kept beside the project; skipped where they are absent."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from messaging.tone import check

DATA = Path(os.environ.get("SHOPCARE_DATA") or Path(__file__).parents[4] / "shared" / "data")


def read(name: str) -> Any:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project (SHOPCARE_DATA)")
    return json.loads(path.read_text(encoding="utf-8"))


def test_all_fixtures_hold() -> None:
    wrong = []
    for rule, rows in read("tone_fixtures.json").items():
        needs = [rule] if rule.startswith("R") else []
        for kind, expected in (("catch", True), ("miss", False)):
            for row in rows[kind]:
                report = check(row["text"], needs=needs)
                got = (not report.missing) if needs else rule in {f.rule for f in report.findings}
                if got is not expected or (kind == "miss" and not needs and report.findings):
                    wrong.append((rule, row["text"]))
    assert wrong == []


def test_other_wording_is_mostly_caught() -> None:
    rows = read("tone_more.json").values()
    bad = [bool(check(text).findings) for group in rows for text in group["catch"]]
    harmless = [bool(check(text).findings) for group in rows for text in group["miss"]]
    assert sum(bad) >= 0.9 * len(bad)
    assert sum(harmless) <= 1


def test_reference_messages_are_clean_and_complete() -> None:
    for code, message in read("reference_messages.json").items():
        for language in ("id", "en"):
            report = check(message[language], needs=message["required"])
            assert (report.findings, report.missing) == ((), ()), (code, language)
