"""Health checks and the error page of last resort. Nothing of the domain."""

from __future__ import annotations

import logging
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from messaging.heartbeat import MAX_TICK_AGE, tick_age

log = logging.getLogger(__name__)

# Plain bytes: no template, session or translation may need the database here.
DATABASE_DOWN = (
    b"<!doctype html><html lang=id><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    b"<title>ShopCare</title>"
    b"<h1>Sebentar ya, data toko sedang tidak bisa dibuka</h1><p>Tidak ada yang hilang. Coba lagi satu menit lagi.</p>"
    b"<p lang=en>ShopCare cannot reach its database. Nothing is lost. Please try again in a minute.</p>"
)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: a lost database is a plain 503, anything else the 500 page."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return HttpResponse(DATABASE_DOWN, status=503, headers={"Retry-After": "60"})
    return defaults.server_error(request)


@require_GET
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, served from the root so that it may speak for every page."""
    script = (settings.BASE_DIR / "static/js/sw.js").read_text(encoding="utf-8")
    return HttpResponse(script, content_type="text/javascript")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page shown without a network; it knows nobody."""
    return render(request, "offline.html")


@require_GET
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Liveness: the process answers."""
    return JsonResponse({"ok": True})


@require_GET
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Readiness: database and broker answer, and the reminders' tick is not older than three minutes."""
    report = {"database": check_database(), "broker": check_broker()}
    report["tick"] = check_tick() if report["database"] == "ok" else "unknown"
    ready = all(value == "ok" for value in report.values())
    return JsonResponse(report, status=200 if ready else 503)


def check_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError) as error:
        log.warning("readyz: database: %s", error)
        return "not reachable"
    return "ok"


def check_broker() -> str:
    if not settings.REDIS_URL:
        return "ok"  # in-memory broker: it lives and dies with this process
    import redis  # late: only the Redis set-up needs it

    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        log.warning("readyz: broker: %s", error)
        return "not reachable"
    return "ok"


def check_tick() -> str:
    age = tick_age()
    if age is None:
        return "has never run"
    return "ok" if age <= MAX_TICK_AGE else f"last run {int(age.total_seconds())} s ago"
