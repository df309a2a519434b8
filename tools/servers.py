"""Throw-away PostgreSQL and Redis for tests and benches: own folder, free port, gone with us, even after kill -9.

As root they run as an unprivileged user, because PostgreSQL refuses root and Redis needs no rights.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tools import programs
from tools.process import free_port, on_parent_death, quiet, stop

PREFIX = "shopcare-test-"
START_SECONDS = 30
# A crash may lose this data, and that is fine: it is thrown away anyway.
POSTGRES_SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": 60,
    "shared_buffers": "64MB",
}


@contextmanager
def postgres() -> Iterator[str]:
    """A running PostgreSQL; yields its DATABASE_URL. Django's tests make the database named there."""
    initdb = programs.postgres()
    if initdb is None:
        raise RuntimeError("PostgreSQL is not installed.")
    with folder() as home:
        data = home / "data"
        options = ["-U", "shopcare", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]
        made = quiet([initdb, "-D", data, *options], cwd=home, **identity())
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stdout[-500:]}")

        def command(port: int) -> list[str]:
            place = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
            settings = [f"-c{name}={value}" for name, value in (POSTGRES_SPEED | place).items()]
            return [str(initdb.with_name("postgres")), "-D", str(data), *settings]

        with server(command, home, signal.SIGINT, lambda port: is_postgres_ready(data)) as port:
            yield f"postgres://shopcare@127.0.0.1:{port}/shopcare"


def is_postgres_ready(data: Path) -> bool:
    """The last line of postmaster.pid says "ready" once connections are taken."""
    try:
        return (data / "postmaster.pid").read_text().split()[-1] == "ready"
    except (OSError, IndexError):
        return False


@contextmanager
def redis() -> Iterator[str]:
    """A running Redis (or Valkey) that keeps nothing on disk; yields its REDIS_URL."""
    binary = programs.redis()
    if binary is None:
        raise RuntimeError("Redis is not installed.")
    with folder() as home:

        def command(port: int) -> list[str]:
            place = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(home)]
            return [str(binary), *place, "--save", "", "--appendonly", "no"]

        with server(command, home, signal.SIGTERM, is_redis_ready) as port:
            yield f"redis://127.0.0.1:{port}/0"


def is_redis_ready(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


@contextmanager
def server(
    command: Callable[[int], list[str]], home: Path, quit_signal: int, is_ready: Callable[[int], bool]
) -> Iterator[int]:
    """Start it on a free port, wait until it is ready, yield the port, stop it. A port lost meanwhile: once more."""
    for attempt in range(3):
        port = free_port()
        with (home / "log").open("w") as log:
            process = subprocess.Popen(
                command(port),
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,  # Ctrl-C goes to the tests; they stop the server when they are done
                preexec_fn=on_parent_death(quit_signal),
                **identity(),
            )
        try:
            if wait_until_ready(process, port, is_ready):
                yield port
                return
        finally:
            stop(process, quit_signal)
        if attempt == 2:
            raise RuntimeError(f"{Path(command(port)[0]).name} did not start: {(home / 'log').read_text()[-500:]}")


def wait_until_ready(process: subprocess.Popen[str], port: int, is_ready: Callable[[int], bool]) -> bool:
    limit = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        if is_ready(port):
            return True
        time.sleep(0.02)
    return False


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder that the servers' user owns. Folders of killed runs are swept first."""
    sweep()
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        owner = unprivileged()
        if owner is not None:
            os.chown(home, owner.pw_uid, owner.pw_gid)
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def sweep() -> None:
    """Remove folders whose maker is gone: only kill -9 leaves one behind."""
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        maker = old.name.removeprefix(PREFIX).split("-")[0]
        if maker.isdigit() and not is_alive(int(maker)):
            shutil.rmtree(old, ignore_errors=True)


def is_alive(pid: int) -> bool:
    with suppress(PermissionError):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True


def unprivileged() -> pwd.struct_passwd | None:
    """Whom a server runs as when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("No unprivileged user (postgres or nobody) to run the servers as.")


def identity() -> dict[str, Any]:
    """Popen's options that give up root."""
    owner = unprivileged()
    return {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
