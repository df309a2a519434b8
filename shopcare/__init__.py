"""ShopCare's project package: settings, urls, the Celery app and the health checks."""

from shopcare.celery import app as celery_app

__all__ = ["celery_app"]
