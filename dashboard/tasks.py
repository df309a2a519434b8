"""The bell's rope. Thin: all the work is in dashboard.tick."""

from celery import shared_task

from dashboard import tick as bell
from dashboard.imports import long_import

__all__ = ["long_import", "tick"]  # Celery looks for tasks here


@shared_task
def tick() -> dict[str, int]:
    """Ring once."""
    return dict(bell.tick())
