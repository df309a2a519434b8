"""The bell's rope. Thin: all the work is in dashboard.tick."""

from celery import shared_task

from dashboard import tick as bell


@shared_task
def tick() -> dict[str, int]:
    """Ring once."""
    return dict(bell.tick())
