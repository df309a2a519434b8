"""A ShopCare with real servers around it that can be crashed and started again: PostgreSQL, Redis, a mail sink, Celery.

Not pytest's: the storm (tests/reliability/storm.py) and bench/outbox.py start it in a process of their own, because the
settings are read once, from the environment that the rig makes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tools import programs, servers
from tools.process import free_port, on_parent_death, quiet, stop

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
# A crash of the server must not lose what it has committed: that is what at-most-once stands on. (The disk may lie.)
POSTGRES = {**servers.POSTGRES_SPEED, "synchronous_commit": "on"}


class Server:
    """A program on a port of its own that can be killed and started again."""

    def __init__(self, command: list[str], ready: Callable[[], bool], log: Path, **options: Any) -> None:
        self.command, self.ready, self.log, self.options = command, ready, log, options
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
                preexec_fn=on_parent_death(signal.SIGKILL),
                **self.options,
            )
        limit = time.monotonic() + 60
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(f"{self.command[0]} did not start: {self.log.read_text()[-500:]}")
            time.sleep(0.02)

    def crash(self, number: int = signal.SIGKILL) -> None:
        """End it without a chance to tidy up."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(30)

    def restart(self, number: int = signal.SIGKILL) -> None:
        self.crash(number)
        self.start()


def postgres(home: Path) -> tuple[Server, str]:
    """A PostgreSQL and its DATABASE_URL; not started yet."""
    initdb, data, port = programs.postgres(), home / "data", free_port()
    if initdb is None:
        raise RuntimeError("PostgreSQL is not installed.")
    options = ["-U", "shopcare", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]
    made = quiet([initdb, "-D", data, *options], cwd=home, **servers.identity())
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stdout[-500:]}")
    place = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    settings = [f"-c{name}={value}" for name, value in (POSTGRES | place).items()]
    command = [str(initdb.with_name("postgres")), "-D", str(data), *settings]

    def ready() -> bool:
        return servers.is_postgres_ready(data)

    server = Server(command, ready, home / "postgres.log", cwd=home, **servers.identity())
    return server, f"postgres://shopcare@127.0.0.1:{port}/postgres"


def redis(home: Path) -> tuple[Server, str]:
    """A Redis that keeps nothing: a restart flushes it."""
    binary, port = programs.redis(), free_port()
    if binary is None:
        raise RuntimeError("Redis is not installed.")
    place = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(home), "--save", "", "--appendonly", "no"]
    server = Server(
        [str(binary), *place], lambda: servers.is_redis_ready(port), home / "redis.log", cwd=home, **servers.identity()
    )
    return server, f"redis://127.0.0.1:{port}/0"


def sink(home: Path, trouble: float, seconds: float) -> tuple[Server, str, Path]:
    """A mail server, its EMAIL_URL and the file that lists what it has taken."""
    port, taken = free_port(), home / "taken"
    command = [PYTHON, "-W", "ignore", "-m", "tests.reliability.sink", str(port), str(taken), str(trouble)]
    command.append(str(seconds))
    server = Server(command, lambda: not_free(port), home / "sink.log", cwd=ROOT)
    return server, f"smtp://127.0.0.1:{port}", taken


def not_free(port: int) -> bool:
    """Whether somebody listens there."""
    import socket

    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


class Rig:
    """All servers started, the database migrated, and the environment that a ShopCare there needs."""

    def __init__(self, home: Path, trouble: float, seconds_per_mail: float, **settings: str) -> None:
        self.home = home
        self.postgres, database_url = postgres(home)
        self.redis, redis_url = redis(home)
        self.sink, email_url, self.taken = sink(home, trouble, seconds_per_mail)
        self.skew = home / "skew"
        self.programs: list[subprocess.Popen[str]] = []
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("SHOPCARE_", "PYTEST_"))},
            "DJANGO_SETTINGS_MODULE": "shopcare.settings",
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "EMAIL_URL": email_url,
            "SHOPCARE_DATA_DIR": str(home / "var"),
            "SHOPCARE_SKEW": str(self.skew),
            "SECRET_KEY": "only-for-the-storm-" + "x" * 50,
            "ALLOWED_HOSTS": "localhost",
            "HTTPS": "0",
            "LOG_LEVEL": "ERROR",
            **settings,
        }

    def start(self) -> None:
        for server in (self.postgres, self.redis, self.sink):
            server.start()
        self.run("manage.py", "migrate", "--verbosity=0")

    def run(self, *arguments: str) -> None:
        """Run a program of the project to its end."""
        done = quiet([PYTHON, *arguments], cwd=ROOT, env=self.env)
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout[-1500:]}")

    def spawn(self, name: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a program of the project that goes on; its words go to a file."""
        with (self.home / f"{name}.log").open("a") as log:
            process = subprocess.Popen(
                [PYTHON, *arguments],
                cwd=ROOT,
                env=self.env,
                text=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=on_parent_death(signal.SIGKILL),
            )
        self.programs.append(process)
        return process

    def ids_taken(self) -> list[str]:
        """The Message-ID of every mail the sink has taken, in order."""
        return self.taken.read_text().split("\n")[:-1] if self.taken.exists() else []

    def stop(self) -> None:
        for process in self.programs:
            kill_group(process)
        for server in (self.sink, self.redis, self.postgres):
            if server.process:
                stop(server.process, signal.SIGQUIT if server is self.postgres else signal.SIGTERM)


def kill_group(process: subprocess.Popen[str]) -> None:
    """SIGKILL a program and all it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


@contextmanager
def rig(trouble: float = 0.0, seconds_per_mail: float = 0.0, **settings: str) -> Iterator[Rig]:
    """A started rig; everything is gone afterwards."""
    with ExitStack() as stack:
        made = Rig(stack.enter_context(servers.folder()), trouble, seconds_per_mail, **settings)
        stack.callback(made.stop)
        made.start()
        yield made


def enter(made: Rig) -> None:
    """Make this very process part of the rig: its settings and its database."""
    os.environ.update(made.env)
    import django

    django.setup()
