"""Programs of the system that the tests need: find them, install what is missing where we may, else name it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from tools.process import quiet

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CHROMIUM_ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
POSTGRES_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql*/bin",
    "usr/local/opt/postgresql*/bin",
)


def postgres() -> Path | None:
    """The initdb of the newest PostgreSQL; its other programs stand beside it."""
    found = [path for pattern in POSTGRES_FOLDERS for path in Path("/").glob(f"{pattern}/initdb")]
    return max(found, key=version) if found else program("initdb")


def version(path: Path) -> int:
    """15 for /usr/lib/postgresql/15/bin/initdb; 0 where the path names none."""
    number = re.search(r"\d+", str(path))
    return int(number[0]) if number else 0


def redis() -> Path | None:
    return program("redis-server", "valkey-server")


def chromium() -> Path | None:
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return Path(chosen)
    return program(*CHROMIUM) or (CHROMIUM_ON_A_MAC if CHROMIUM_ON_A_MAC.exists() else None)


def gettext() -> Path | None:
    return program("xgettext")


def program(*names: str) -> Path | None:
    """The first of these programs that is on the PATH."""
    return next((Path(path) for name in names if (path := shutil.which(name))), None)


class Need(NamedTuple):
    """A program, how to find it, and the Debian package that brings it."""

    name: str
    find: Callable[[], Path | None]
    package: str


POSTGRES = Need("PostgreSQL", postgres, "postgresql")
REDIS = Need("Redis", redis, "redis-server")
CHROME = Need("Chromium", chromium, "chromium")
GETTEXT = Need("gettext", gettext, "gettext")


def ensure(needs: Iterable[Need]) -> None:
    """Install what is missing with apt-get where we are root; stop with one line that names it otherwise."""
    missing = [need for need in needs if need.find() is None]
    if missing and may_install():
        print(f"Installing {names(missing)} ...", flush=True)
        apt_install([need.package for need in missing])
        missing = [need for need in missing if need.find() is None]
    if missing:
        packages = " ".join(need.package for need in missing)
        raise SystemExit(f"The tests need {names(missing)}. Install (Debian, Ubuntu): sudo apt-get install {packages}")


def may_install() -> bool:
    """Whether we are root on a Debian-like system."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def names(needs: Iterable[Need]) -> str:
    return ", ".join(need.name for need in needs)


def apt_install(packages: list[str]) -> None:
    """Quietly; what went wrong is said by apt-get itself."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        result = quiet(["apt-get", "-qq", *command], env=env)
        if result.returncode:
            print("\n".join(result.stdout.splitlines()[-5:]), flush=True)
