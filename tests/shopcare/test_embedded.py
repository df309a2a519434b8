"""Worker and beat as threads: tasks run, beat rings, and an end that nobody asked for replaces the process."""

import os
import signal
import threading

import pytest
from celery import Celery

from shopcare import embedded


@pytest.fixture
def app(settings):
    app = Celery("embedded-test", broker="memory://localhost", set_as_current=False)
    app.conf.update(task_default_queue="reminders", broker_transport_options={"polling_interval": 0.02})
    return app


def test_start_runs_what_is_sent_and_rings_at_once(app):
    sent, rung = threading.Event(), threading.Event()

    @app.task(name="send")
    def send():
        sent.set()

    @app.task(name="ring")
    def ring():
        rung.set()

    app.conf.beat_schedule = {"ring": {"task": "ring", "schedule": 3600}}
    stop = embedded.start(app)
    try:
        send.delay()
        assert sent.wait(5)
        assert rung.wait(5)
    finally:
        stop()


def test_queues_are_all_that_tasks_may_be_sent_to(settings):
    settings.CELERY_TASK_DEFAULT_QUEUE = "reminders"
    settings.CELERY_TASK_ROUTES = {"*.long_*": {"queue": "long"}}
    assert embedded.queues() == ["long", "reminders"]


@pytest.fixture
def killed(monkeypatch):
    signals = []
    monkeypatch.setattr(embedded.os, "kill", lambda pid, number: signals.append((pid, number)))
    return signals


def test_keep_replaces_the_process_when_a_thread_fails(killed, caplog):
    def fail():
        raise RuntimeError("boom")

    embedded.keep("celery-beat", fail, threading.Event())
    assert killed == [(os.getpid(), signal.SIGTERM)]
    assert "celery-beat failed" in caplog.text


def test_keep_lets_a_stopped_thread_end(killed):
    stopping = threading.Event()
    stopping.set()
    embedded.keep("celery-beat", lambda: None, stopping)
    assert killed == []
