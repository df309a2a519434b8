"""The web server: one self-contained process for the try-out (SHOPCARE_EMBEDDED=1), plain workers in production."""

import os
import signal
from typing import Any

embedded = os.environ.get("SHOPCARE_EMBEDDED") == "1"

wsgi_app = "shopcare.wsgi:application"
host = os.environ.get("HOST", "127.0.0.1")
bind = f"{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT', '8000')}"
control_socket_disable = True  # it lies in the home folder: two servers of one user would share it
graceful_timeout = 5
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()

worker_class = "gthread"  # a long download or a slow phone holds up one thread, and no clock kills it half-way
if embedded:
    workers = 1  # the in-memory queue is seen by one process only
    threads = 8
else:
    workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
    threads = 4
    max_requests = 5000  # a slow leak never grows old
    max_requests_jitter = 500


def post_worker_init(worker: Any) -> None:
    """Django is loaded and the fork is behind us: start Celery's threads and say where to look."""
    if embedded:
        from shopcare import embedded as threads  # late: gunicorn reads this file before Django is set up
        from shopcare.celery import app

        worker.stop_celery = threads.start(app)
    # Ctrl-C reaches this process too, then the master's SIGQUIT: gthread's handler for both takes a lock and hangs
    # when the second signal interrupts the first. So only the master's word counts, and requests in hand finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGQUIT, worker.handle_exit)
    if worker.age == 1 and "SHOPCARE_WELCOME" in os.environ:
        print(os.environ["SHOPCARE_WELCOME"], flush=True)


def worker_exit(server: Any, worker: Any) -> None:
    """Celery's threads end with the process that serves."""
    if hasattr(worker, "stop_celery"):
        worker.stop_celery()
