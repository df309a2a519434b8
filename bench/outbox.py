"""The outbox under load: how fast one worker drains, what a tick's query costs, and the storm.

`python -m bench.outbox` prints throughput and the query; `--long` adds a storm over 10,000 reminders. Needs PostgreSQL
and Redis on the machine; starts throw-away servers of its own.
"""

from __future__ import annotations

import argparse
import json
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlparse

from tests.reliability.rig import ROOT, Rig, enter, rig
from tests.reliability.storm import MUST_BE_ZERO, SECONDS_PER_MAIL, SETTINGS, TROUBLE

MAILS, AT_ONCE_MAILS = 200, 1000  # two to ten seconds a round
DUE = 100_000
TICK_MS = 20.0
# Milliseconds a mail: a relay in the same country (four round trips and a write to disk), one next door, and one that
# answers at once, which shows what a mail costs us. The target holds for the first two and for the storm's server,
# which stalls, refuses and drops the line now and then.
FAR, NEAR, AT_ONCE = 50.0, 10.0, 0.0
PATIENCE = int(SETTINGS["EMAIL_TIMEOUT"])
TRIED = ("sent", "failed", "retry", "unconfirmed")


def bare_loop(made: Rig, mails: list[bytes], *, one_line: bool) -> float:
    """Mails a second of a plain smtplib loop that does nothing else: no database, no checks, no building of mails.

    A mail that meets trouble counts as done, and the next one gets a new line.
    """
    place, line = urlparse(made.env["EMAIL_URL"]), None
    started = time.perf_counter()
    for mail in mails:
        try:
            line = line or smtplib.SMTP(place.hostname or "", place.port or 0, timeout=PATIENCE)
            line.sendmail("toko@example.com", ["rina@example.com"], mail)
            if not one_line:
                line.quit()
                line = None
        except OSError:  # smtplib's exceptions are OSErrors too
            line = None
    return len(mails) / (time.perf_counter() - started)


def outbox_drains(count: int) -> float:
    """Messages a second of deliver_due in one process: claim, last look, build, send, settle."""
    from messaging.outbox import deliver_due

    started = time.perf_counter()
    report = deliver_due(limit=count)
    tried = sum(report[outcome] for outcome in TRIED)
    assert tried, "nothing was sent"
    return tried / (time.perf_counter() - started)


def some_mails(count: int) -> list[bytes]:
    """The very mails that the outbox will send, ready as bytes."""
    from messaging.channels.email import build
    from messaging.models import Message

    rows = Message.objects.select_related("shop", "case").order_by("pk")[:count]
    return [build(row).message().as_bytes(linesep="\r\n") for row in rows]


def throughput(seconds_per_mail: float, trouble: float) -> dict[str, float]:
    """Bare loops and the outbox against the same mail server, one after the other, three rounds; the medians."""
    with rig(trouble, seconds_per_mail, **SETTINGS) as made:
        enter(made)
        from tests.reliability.seeding import seed_reminders

        count = MAILS if seconds_per_mail else AT_ONCE_MAILS
        seed_reminders(4 * count)
        mails = some_mails(count)
        outbox_drains(20)
        rounds = [
            (bare_loop(made, mails, one_line=True), bare_loop(made, mails, one_line=False), outbox_drains(count))
            for _ in range(3)
        ]
    one_line, line_each, ours = (statistics.median(figures) for figures in zip(*rounds, strict=True))
    return {
        "server_ms_per_mail": seconds_per_mail * 1000,
        "mails_that_meet_trouble": trouble,
        "bare_loop_on_one_line_per_s": round(one_line),
        "bare_loop_with_a_line_each_per_s": round(line_each),
        "outbox_per_s": round(ours),
        "share_of_the_bare_loop_on_one_line": round(ours / one_line, 2),
        "share_of_the_bare_loop_with_a_line_each": round(ours / line_each, 2),
    }


def tick_query() -> dict[str, Any]:
    """What claiming costs where 100,000 rows are due, and the plan PostgreSQL takes."""
    with rig() as made:
        enter(made)
        from django.db import connection, transaction
        from django.utils import timezone

        from messaging.enums import QUEUED
        from messaging.models import Message
        from messaging.outbox import BATCH, claim, put_back, sweep
        from tests.reliability.seeding import seed_reminders

        seed_reminders(1)
        copy_message(connection, DUE - 1)
        now = timezone.now()
        due = Message.objects.filter(state__in=sorted(QUEUED), next_try_at__lte=now).order_by("next_try_at", "id")
        with transaction.atomic():
            plan = due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH].explain(analyze=True)
        claims = timed(lambda: put_back(claim(now, BATCH)))
        sweeps = timed(lambda: sweep(now))
        return {
            "due_rows": Message.objects.filter(state__in=sorted(QUEUED)).count(),
            "query_ms": float(plan.split("Execution Time: ")[1].split(" ms")[0]),
            "by_partial_index": "outbox_due" in plan,
            "claim_20_and_put_back_ms_median": claims,
            "sweep_ms_median": sweeps,
            "plan": plan.split("\n"),
        }


def copy_message(connection: Any, times: int) -> None:
    """The one message again and again, under keys of its own: much faster than making each."""
    from messaging.models import Message

    columns = [field.column for field in Message._meta.concrete_fields if field.column not in ("id", "key")]
    names = ", ".join(f'"{column}"' for column in columns)
    copy = f"INSERT INTO messaging_message (key, {names}) SELECT 'copy:' || n, {names} FROM messaging_message"
    with connection.cursor() as cursor:
        cursor.execute(f"{copy}, generate_series(1, {times}) n WHERE messaging_message.state = 'ready'")
        cursor.execute("ANALYZE")


def timed(act: Callable[[], Any], times: int = 20) -> float:
    """Median milliseconds of an act."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(taken), 1)


def apart(*arguments: str) -> dict[str, Any]:
    """One part in a process of its own: settings are read once per process."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if not done.stdout.startswith("{"):
        raise SystemExit(done.stderr[-2000:])
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="also a storm over 10,000 reminders (about six minutes)")
    parser.add_argument("--part", choices=("throughput", "query"))
    parser.add_argument("--server-ms", type=float, default=0.0)
    parser.add_argument("--trouble", type=float, default=0.0, help="share of mails that meet some trouble")
    chosen = parser.parse_args()
    if chosen.part == "throughput":
        print(json.dumps(throughput(chosen.server_ms / 1000, chosen.trouble)))
        return
    if chosen.part == "query":
        print(json.dumps(tick_query()))
        return
    stormy, far, near, at_once = (
        apart("bench.outbox", "--part", "throughput", "--server-ms", str(pace), "--trouble", str(trouble))
        for pace, trouble in ((1000 * SECONDS_PER_MAIL, TROUBLE), (FAR, 0.0), (NEAR, 0.0), (AT_ONCE, 0.0))
    )
    query = apart("bench.outbox", "--part", "query")
    print(json.dumps({"stormy": stormy, "far": far, "near": near, "at_once": at_once, "tick": query}, indent=2))
    fine = min(server["share_of_the_bare_loop_on_one_line"] for server in (stormy, far, near)) >= 0.5
    fine = fine and query["by_partial_index"] and query["query_ms"] <= TICK_MS
    if chosen.long:
        storm = apart("tests.reliability.storm", "10000")
        print(json.dumps(storm, indent=2))
        fine = fine and storm["calm"] and not any(storm[name] for name in MUST_BE_ZERO)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
