"""The storm: reminders fall due while workers are killed and frozen, Redis and PostgreSQL restart and clocks jump.

`python -m tests.reliability.storm COUNT [SEED [SECONDS]]` prints what became of every message as JSON, and ends with 1
where a customer got two, one is missing, or a row was left in `sending`. SECONDS is what the mail server takes for a
mail: with 0 the workers send in packs.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from tests.reliability.rig import Rig, enter, kill_group, rig

T = TypeVar("T")

TROUBLE = 0.1
WORKERS, BEATS = 3, 2
STUCK_SECONDS = 4
SETTINGS = {
    "TICK_SECONDS": "1",
    "EMAIL_TIMEOUT": "2",
    "OUTBOX_STUCK_SECONDS": str(STUCK_SECONDS),
    "OUTBOX_RETRY_SECONDS": "1,1,2,2,3",
}
SECONDS_PER_MAIL = 0.03  # a batch takes its time, so that trouble meets workers in the middle of one
PER_SECOND = 45  # reminders that fall due in a second of storm
LIMIT = 90  # seconds to get calm again


class Storm:
    """The processes of a ShopCare in trouble."""

    def __init__(self, made: Rig, seed: int) -> None:
        self.rig, self.dice, self.done = made, random.Random(seed), Counter[str]()
        self.workers: list[subprocess.Popen[str]] = []
        self.beats: list[subprocess.Popen[str]] = []
        self.frozen: list[tuple[float, subprocess.Popen[str]]] = []
        self.skew = 0.0

    # --- keeping alive, as systemd does

    def start_worker(self) -> subprocess.Popen[str]:
        queue = ("--queues", "reminders", "--concurrency", "1", "--without-gossip", "--without-mingle")
        program = ("-m", "tests.reliability.celery_main", "--quiet", "-A", "shopcare")
        name = f"w{self.done['started']}@storm"
        self.done["started"] += 1
        return self.rig.spawn("worker", *program, "worker", *queue, "--hostname", name, "--loglevel", "error")

    def start_beat(self) -> subprocess.Popen[str]:
        program = ("-m", "tests.reliability.celery_main", "--quiet", "-A", "shopcare", "beat")
        return self.rig.spawn("beat", *program, "--scheduler", "celery.beat:Scheduler", "--loglevel", "error")

    def keep_alive(self) -> None:
        """Whatever ended is started again; whoever was frozen long enough goes on."""
        self.workers = [p for p in self.workers if p.poll() is None]
        self.beats = [p for p in self.beats if p.poll() is None]
        self.workers += [self.start_worker() for _ in range(WORKERS - len(self.workers))]
        self.beats += [self.start_beat() for _ in range(BEATS - len(self.beats))]
        for until, process in list(self.frozen):
            if time.monotonic() > until:
                self.frozen.remove((until, process))
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGCONT)

    # --- what goes wrong

    def kill_worker(self) -> None:
        kill_group(self.dice.choice(self.workers))

    def kill_child(self) -> None:
        """Only the process that sends: its parent must cope."""
        worker = self.dice.choice(self.workers)
        children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
        if children:
            os.kill(int(self.dice.choice(children)), signal.SIGKILL)

    def kill_beat(self) -> None:
        kill_group(self.dice.choice(self.beats))

    def freeze_worker(self) -> None:
        """A worker stops in the middle of something and comes back after the sweeper has given it up."""
        worker = self.dice.choice(self.workers)
        os.killpg(worker.pid, signal.SIGSTOP)
        self.frozen.append((time.monotonic() + STUCK_SECONDS + self.dice.uniform(-1, 3), worker))

    def flush_redis(self) -> None:
        import redis

        redis.Redis.from_url(self.rig.env["REDIS_URL"]).flushall()

    def restart_redis(self) -> None:
        self.rig.redis.restart()

    def restart_postgres(self) -> None:
        self.rig.postgres.restart(signal.SIGINT)

    def crash_postgres(self) -> None:
        self.rig.postgres.restart(signal.SIGQUIT)

    def jump_clock(self) -> None:
        self.set_clock(self.dice.choice([-20.0, -3.0, 0.0, 5.0, 25.0]))

    def set_clock(self, skew: float) -> None:
        self.rig.skew.write_text(str(skew))

    # --- the course of it

    def blow(self, seconds: float) -> None:
        """Something goes wrong about once a second."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(self.dice.uniform(0.2, 1.4))
            self.keep_alive()
            [event] = self.dice.choices([event for event, _weight in EVENTS], [weight for _event, weight in EVENTS])
            with suppress(ProcessLookupError, FileNotFoundError, ConnectionError):
                event(self)
                self.done[event.__name__] += 1

    def calm(self) -> bool:
        """No more trouble, the clock ahead of every time it ever showed: True once nothing waits or is on its way."""
        self.set_clock(60.0)
        until = time.monotonic() + LIMIT
        while time.monotonic() < until:
            self.keep_alive()
            if ask(left) == 0:
                return True
            time.sleep(0.5)
        return False


EVENTS: list[tuple[Callable[[Storm], None], int]] = [
    (Storm.kill_worker, 8),
    (Storm.kill_child, 4),
    (Storm.freeze_worker, 6),
    (Storm.kill_beat, 1),
    (Storm.flush_redis, 2),
    (Storm.restart_redis, 2),
    (Storm.restart_postgres, 2),
    (Storm.crash_postgres, 2),
    (Storm.jump_clock, 4),
]


def ask(question: Callable[[], T]) -> T:
    """Ask the database, which may be restarting."""
    from django.db import InterfaceError, OperationalError, connection

    for _ in range(50):
        try:
            return question()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.2)
    return question()


def left() -> int:
    """Messages that still wait or are on their way."""
    from messaging.enums import QUEUED, MessageState
    from messaging.models import Message

    return Message.objects.filter(state__in=[*QUEUED, MessageState.SENDING]).count()


def verdict(made: Rig) -> dict[str, Any]:
    """What became of every message, by the database and by the mail server."""
    from cases.events import MESSAGE_SENT
    from cases.models import CaseEvent
    from messaging.channels.email import message_id
    from messaging.enums import Direction
    from messaging.models import Message

    taken = Counter(made.ids_taken())
    told = Counter(CaseEvent.objects.filter(code=MESSAGE_SENT).values_list("data__message", flat=True))
    out = list(Message.objects.filter(direction=Direction.OUT).only("pk", "shop_id", "state"))
    states = Counter(message.state for message in out)
    arrived = Counter(message.state for message in out if taken[message_id(message)])
    notices = list(Message.objects.filter(direction=Direction.INTERNAL).only("pk", "shop_id", "state"))
    return {
        "messages": len(out),
        "states": {str(state): count for state, count in sorted(states.items())},
        "delivered": sum(1 for message in out if taken[message_id(message)]),
        "doubles": sum(1 for message in out if taken[message_id(message)] > 1),
        "sent_but_not_delivered": states["sent"] - arrived["sent"],
        "failed_but_delivered": arrived["failed"],
        "missing": sum(1 for m in out if not taken[message_id(m)] and m.state not in ("failed", "unconfirmed")),
        "left_in_sending": states["sending"],
        "sent_without_one_line_on_the_timeline": sum(1 for m in out if m.state == "sent" and told[m.pk] != 1),
        "unconfirmed_that_arrived": arrived["unconfirmed"],
        "notices": len(notices),
        "notices_missing": sum(1 for m in notices if not taken[message_id(m)] and m.state != "failed"),
        "unknown_mails": len(set(taken) - {message_id(m) for m in [*out, *notices]}),
    }


MUST_BE_ZERO = (
    "doubles",
    "sent_but_not_delivered",
    "failed_but_delivered",
    "missing",
    "left_in_sending",
    "sent_without_one_line_on_the_timeline",
    "notices_missing",
    "unknown_mails",
)


def run(count: int, seed: int, seconds_per_mail: float = SECONDS_PER_MAIL) -> dict[str, Any]:
    """One storm over `count` reminders; its report. Seconds of storm: count / PER_SECOND."""
    started = time.monotonic()
    with rig(TROUBLE, seconds_per_mail, **SETTINGS) as made:
        enter(made)
        storm = Storm(made, seed)
        storm.keep_alive()
        fall_due(count)
        storm.blow(count / PER_SECOND)
        is_calm = storm.calm()
        for process in [*storm.workers, *storm.beats]:
            kill_group(process)
        report = ask(lambda: verdict(made))
    storm.done.pop("started")
    return {
        "seed": seed,
        **report,
        "calm": is_calm,
        "trouble": dict(storm.done),
        "seconds": round(time.monotonic() - started),
    }


def fall_due(count: int) -> None:
    """The reminders, due one after the other while the storm blows."""
    from django.db.models import F
    from django.db.models.functions import Now

    from messaging.models import Message
    from tests.reliability.seeding import seed_reminders

    seed_reminders(count)
    first = Message.objects.order_by("pk").values_list("pk", flat=True)[0]
    at = Now() + (F("pk") - first) * timedelta(seconds=1 / PER_SECOND)
    Message.objects.update(due_at=at, next_try_at=at)


if __name__ == "__main__":
    count, seed, seconds = (*sys.argv[1:], *("", "", "")[len(sys.argv) - 1 :])
    report = run(int(count), int(seed or random.randrange(10**6)), float(seconds or SECONDS_PER_MAIL))
    print(json.dumps(report, indent=2))
    sys.exit(0 if report["calm"] and not any(report[name] for name in MUST_BE_ZERO) else 1)
