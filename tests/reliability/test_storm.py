"""1,000 reminders through a storm (tests/reliability/storm.py): once each, or listed; nothing twice, nothing missing.

The long form, with 10,000 of them: `python -m bench.outbox --long`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.reliability.storm import MUST_BE_ZERO

ROOT = Path(__file__).resolve().parents[2]
REMINDERS = 1000


def test_every_reminder_arrives_once_or_is_listed() -> None:
    command = [sys.executable, "-W", "ignore", "-m", "tests.reliability.storm", str(REMINDERS)]
    storm = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)
    print(storm.stdout or storm.stderr)
    report = json.loads(storm.stdout)
    assert report["messages"] == REMINDERS
    assert report["calm"], "messages still wait or are on their way"
    assert {name: report[name] for name in MUST_BE_ZERO} == dict.fromkeys(MUST_BE_ZERO, 0)
    assert report["delivered"] >= 0.9 * REMINDERS
