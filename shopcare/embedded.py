"""Celery's worker and beat as threads of the one web process: the try-out needs no broker and no second process.

The queue lives in this process's memory, so there must be exactly one web worker. What is lost with it costs
seconds, not data: due work lives in rows and the next tick finds it.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable

from celery import Celery
from celery.beat import Scheduler, Service
from celery.worker import WorkController
from django.conf import settings

log = logging.getLogger(__name__)

START_SECONDS = 3


def start(app: Celery) -> Callable[[], None]:
    """Start both threads; returns the function that stops them. Call it after the fork, in the serving process."""
    stopping, ready = threading.Event(), threading.Event()
    worker = WorkController(
        app=app,
        hostname="embedded@localhost",
        pool_cls="threads",
        concurrency=2,
        queues=queues(),
        ready_callback=lambda consumer: ready.set(),
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
    )
    beat = Service(app, scheduler_cls=Scheduler, max_interval=1)  # its plan stays in memory: nothing on disk to go bad
    for name, run in (("celery-worker", worker.start), ("celery-beat", beat.start)):
        threading.Thread(target=keep, args=(name, run, stopping), name=name, daemon=True).start()

    def stop() -> None:
        stopping.set()
        beat.stop()
        ready.wait(START_SECONDS)  # a worker stopped in the middle of its start fails loudly
        worker.stop()

    return stop


def queues() -> list[str]:
    """Every queue that a task of ours may be sent to."""
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    return sorted(routed | {settings.CELERY_TASK_DEFAULT_QUEUE})


def keep(name: str, run: Callable[[], None], stopping: threading.Event) -> None:
    """Run until stopped. Where it ends by itself the whole process is replaced: reminders must not stop unseen."""
    try:
        run()
    except Exception:
        log.exception("%s failed", name)
    if not stopping.is_set():
        log.error("%s ended: restarting this process", name)
        os.kill(os.getpid(), signal.SIGTERM)
