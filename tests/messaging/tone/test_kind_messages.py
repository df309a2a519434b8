"""The default playbooks' own wording passes the guard."""

from pathlib import Path

import pytest
import yaml

from messaging.tone import check

MESSAGES = yaml.safe_load(Path(__file__).with_name("kind_messages.yaml").read_text(encoding="utf-8"))
PURPOSES = {
    "P07": "public_reply",
    "P08": "public_spread",
    "P12a": "booking_reminder",
    "P12b": "check_in",
    "P12c": "release",
}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("code", MESSAGES)
def test_playbook_wording_has_no_finding_and_its_elements(code: str, language: str) -> None:
    message = MESSAGES[code]
    report = check(message[language], needs=message["needs"], context={"purpose": PURPOSES.get(code, "general")})
    assert (report.findings, report.missing, report.ok) == ((), (), True)
    assert report.language == language
