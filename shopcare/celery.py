"""The Celery app. Tasks live in the apps and are found by name; beat's schedule is in the settings."""

import os
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopcare.settings")

app = Celery("shopcare")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def ring_at_once(sender: Any, **kwargs: Any) -> None:
    """What fell due while beat was away does not wait one more interval."""
    for entry in sender.scheduler.schedule.values():
        entry.last_run_at -= timedelta(days=1)
