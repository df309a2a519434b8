"""Started programs: free ports, and none that outlives us."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import process, procfile

PARENT = """
import signal, subprocess, sys
from tools.process import on_parent_death
child = subprocess.Popen(["sleep", "60"], preexec_fn=on_parent_death(signal.SIGKILL))
print(child.pid, flush=True)
child.wait()
"""


def test_is_free_sees_a_listener():
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert not process.is_free(other.getsockname()[1])


def test_free_port_keeps_below_the_outgoing_range():
    assert 20000 <= process.free_port() <= 32000


def test_stop_insists_after_its_patience():
    stubborn = subprocess.Popen(
        ["sh", "-c", "trap '' TERM; echo on; while :; do sleep 1; done"], stdout=subprocess.PIPE, text=True
    )
    stubborn.stdout.readline()
    assert process.stop(stubborn, patience=0.05) == -signal.SIGKILL
    stubborn.stdout.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux signals the children of a killed process")
def test_child_ends_with_a_killed_parent():
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    limit = time.monotonic() + 5
    while is_running(child) and time.monotonic() < limit:
        time.sleep(0.01)
    assert not is_running(child)


def is_running(pid):
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def test_procfile_reads_names_and_commands(tmp_path):
    path = tmp_path / "Procfile"
    path.write_text("web: gunicorn\n\nworker: celery -A 'shop care' worker\n")
    assert procfile.commands(path) == {"web": ["gunicorn"], "worker": ["celery", "-A", "shop care", "worker"]}


def test_procfile_stops_all_when_one_ends(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    (tmp_path / "quick").symlink_to("/bin/true")
    (tmp_path / "slow").symlink_to("/bin/sleep")
    (tmp_path / "Procfile").write_text("one: quick\ntwo: slow 60\n")
    started = time.monotonic()
    assert procfile.run(tmp_path / "Procfile", tmp_path / "python") == 1
    assert time.monotonic() - started < 5
    assert capfd.readouterr().out == "one ended by itself, so everything was stopped.\n"


def test_procfile_ends_with_zero_when_asked(tmp_path):
    (tmp_path / "slow").symlink_to("/bin/sleep")
    (tmp_path / "Procfile").write_text("one: slow 60\n")
    script = "import sys, pathlib; from tools import procfile; p = pathlib.Path(sys.argv[1]); "
    script += "print('on', flush=True); sys.exit(procfile.run(p / 'Procfile', p / 'python'))"
    options = {"stdout": subprocess.PIPE, "text": True, "preexec_fn": process.on_parent_death(signal.SIGKILL)}
    with subprocess.Popen([sys.executable, "-c", script, tmp_path], **options) as runner:
        runner.stdout.readline()
        time.sleep(0.3)
        os.kill(runner.pid, signal.SIGINT)
        assert runner.wait(5) == 0
