"""The try-out heals itself, and ends without a trace."""

import os
import signal
import time


def test_embedded_run_rings_heals_and_ends(embedded):
    """One long test, because each start costs seconds: ready, worker killed, ready again, Ctrl-C."""
    embedded.wait_for("/readyz", 30)  # beat rang at once

    [worker] = embedded.workers()
    os.kill(worker, signal.SIGKILL)
    embedded.wait_for("/healthz", 30)
    assert embedded.workers() != [worker]
    embedded.wait_for("/readyz", 30)

    started = time.monotonic()
    os.killpg(embedded.process.pid, signal.SIGINT)
    assert embedded.process.wait(10) == 0
    assert time.monotonic() - started < 3
    assert embedded.group_is_empty()


def test_embedded_run_leaves_nothing_after_a_kill(embedded):
    workers = embedded.workers()
    embedded.process.kill()
    limit = time.monotonic() + 10
    while not embedded.group_is_empty() and time.monotonic() < limit:
        time.sleep(0.1)
        embedded.process.poll()
    assert workers
    assert embedded.group_is_empty()
