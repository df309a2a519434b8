"""Run the processes of a Procfile together: one ends, all end; Ctrl-C ends all."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

from tools.process import on_parent_death, stop

PATIENCE = 10  # seconds a process gets to finish its work


def commands(procfile: Path) -> dict[str, list[str]]:
    """Name -> command line of every process."""
    lines = [line.split(":", 1) for line in procfile.read_text().splitlines() if line.strip()]
    return {name.strip(): shlex.split(command) for name, command in lines}


def run(procfile: Path, python: Path) -> int:
    """Start all, wait for the first to end or for a signal, stop the others. 0 when we were asked to stop."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda signum, _frame: asked.append(signum))
    programs = python.parent
    processes = {name: start([programs / line[0], *line[1:]]) for name, line in commands(procfile).items()}
    while not asked and all(process.poll() is None for process in processes.values()):
        time.sleep(0.1)
    ended = [name for name, process in processes.items() if process.poll() is not None]
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    for process in processes.values():
        stop(process, patience=PATIENCE)
    if not asked:
        print(f"{', '.join(ended)} ended by itself, so everything was stopped.", flush=True)
    return 0 if asked else 1


def start(command: list[str | os.PathLike[str]]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        text=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C comes to us; we stop them in order
        preexec_fn=on_parent_death(signal.SIGTERM),
    )
