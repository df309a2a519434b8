"""The Celery app. Tasks live in the apps and are found by name; beat's schedule is in the settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopcare.settings")

app = Celery("shopcare")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
