"""The pytest plugin that gives the tests their database and broker.

SHOPCARE_TEST_DB=sqlite (default) or postgres. For postgres it takes DATABASE_URL and REDIS_URL, or starts throw-away
servers. It is a plugin because pytest-django reads the settings before any conftest.py is imported.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tools import servers

CHOICES = ("sqlite", "postgres")


def chosen() -> str:
    """The database asked for; anything unknown stops the run."""
    choice = os.environ.setdefault("SHOPCARE_TEST_DB", "sqlite")
    if choice not in CHOICES:
        raise pytest.UsageError(f"SHOPCARE_TEST_DB={choice}: choose one of {', '.join(CHOICES)}")
    return choice


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        use_own_redis_database(worker)
    else:
        stack = ExitStack()
        early_config.add_cleanup(stack.close)
        prepare(stack)
    return (yield)


def prepare(stack: ExitStack) -> None:
    """Set the environment that the settings will read; whatever is started ends with the stack."""
    os.environ["SHOPCARE_DATA_DIR"] = str(stack.enter_context(servers.folder()))
    if chosen() == "sqlite":
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("REDIS_URL", None)
        return
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = stack.enter_context(servers.postgres())
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = stack.enter_context(servers.redis())


def use_own_redis_database(worker: str) -> None:
    """Parallel workers ("gw0", "gw1", ...) share one Redis, each with a database number of its own."""
    base, _, number = os.environ.get("REDIS_URL", "").rpartition("/")
    if number.isdigit():
        os.environ["REDIS_URL"] = f"{base}/{int(number) + 1 + int(worker.removeprefix('gw'))}"


def pytest_report_header() -> str:
    return f"database: {chosen()}"
