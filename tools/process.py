"""Small helpers for starting other programs so that none of them outlives us."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded here: a forked child should not load libraries


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Ask Linux to signal this process when its parent ends, even by kill -9. Elsewhere it does nothing."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def on_parent_death(number: int) -> Callable[[], None]:
    """A preexec_fn: the started program gets this signal when we end."""
    return lambda: die_with_parent(number)


def stop(process: subprocess.Popen[str], number: int = signal.SIGTERM, patience: float = 10) -> int:
    """End a program we started: ask with a signal, wait `patience` seconds, then insist. Its return code."""
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


def quiet(command: Sequence[str | os.PathLike[str]], **options: object) -> subprocess.CompletedProcess[str]:
    """Run to the end with the output kept; the caller looks at the return code."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A free port below 32768: above it the system hands out ports for outgoing connections, which collide."""
    for _ in range(100):
        port = random.randint(20000, 32000)
        if is_free(port):
            return port
    raise SystemExit("No free port between 20000 and 32000.")
