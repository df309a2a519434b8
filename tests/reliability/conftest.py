"""Real processes, killed for real. Everything lives in a temporary folder and ends with the test."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tools.process import free_port, on_parent_death, stop

TAKEN_FROM_THE_TESTS = ("DATABASE_URL", "REDIS_URL", "SHOPCARE_EMBEDDED", "DJANGO_SETTINGS_MODULE")


class Server:
    """One started ShopCare: ask it, find its processes, end it."""

    def __init__(self, env, log):
        self.url = f"http://127.0.0.1:{env['PORT']}"
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn"],
                env=env,
                text=True,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=on_parent_death(signal.SIGTERM),
            )

    def get(self, path):
        """Status and JSON, also of a 503; None while nobody listens or answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, json.load(answer)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return None

    def wait_for(self, path, seconds=20):
        """Until the page answers 200; the seconds it took."""
        started = time.monotonic()
        while (answer := self.get(path)) is None or answer[0] != 200:
            late = time.monotonic() > started + seconds or self.process.poll() is not None
            assert not late, f"{path}: {answer}\n{self.log.read_text()[-3000:]}"
            time.sleep(0.05)
        return time.monotonic() - started

    def workers(self):
        """The pids of the processes that serve."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def group_is_empty(self):
        """Whether nothing of what it started is left."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False


def told(data, port):
    """What `make run` tells its processes."""
    env = {name: value for name, value in os.environ.items() if name not in TAKEN_FROM_THE_TESTS}
    return env | {"SHOPCARE_EMBEDDED": "1", "SHOPCARE_DATA_DIR": str(data), "PORT": str(port)}


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A data folder with an empty, up-to-date SQLite database; tests take copies."""
    data = tmp_path_factory.mktemp("migrated")
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], env=told(data, 0), check=True)
    return data


@pytest.fixture
def embedded_env(migrated, tmp_path):
    """The environment of an embedded ShopCare with data of its own."""
    data = shutil.copytree(migrated, tmp_path / "data")
    return told(data, free_port())


@pytest.fixture
def embedded(embedded_env, tmp_path):
    """A running embedded ShopCare."""
    server = Server(embedded_env, tmp_path / "log")
    try:
        server.wait_for("/healthz")
        yield server
    finally:
        stop(server.process)
