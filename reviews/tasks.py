"""The bell's ropes of reviews. Thin: the work is in reviews.running and reviews.upkeep."""

from celery import shared_task

from reviews import running


@shared_task
def long_import(pk: int) -> bool:
    """Run one import; a second ring finds it taken."""
    return running.work(pk)
