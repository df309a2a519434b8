"""Speed of the pages of Insights: `python -m bench.insights [--cases 100000] [--period 90]`, with DATABASE_URL set.

Seeds the shop "bench" where it is not there yet, then prints each page's time without kept figures (target 500 ms),
with them (target 60 ms; medians of five) and the number of queries. `--cases 0` measures what is there.
"""

from __future__ import annotations

import argparse
import os
import time
from importlib import import_module
from statistics import median
from typing import Any

SHOP, TIMES = "bench", 5


def timed(client: Any, url: str, *, cold: bool) -> tuple[float, int]:
    """Milliseconds (median) and queries of a page."""
    from django.core.cache import cache  # late: needs the settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken, queries = [], 0
    for _ in range(TIMES):
        if cold:
            cache.clear()
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            response = client.get(url)
            taken.append((time.perf_counter() - start) * 1000)
        assert response.status_code == 200, response.status_code
        queries = len(captured)
    return median(taken), queries


def main() -> None:
    """Seed and measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopcare.settings")
    import_module("shopcare.wsgi")  # sets Django up as it is served
    from django.conf import settings  # late: needs the settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from cases.models import Case
    from dashboard.insights import PAGES, url_of
    from shops.models import Member, Shop

    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--period", default="90")
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    if options.cases and not Case.objects.filter(shop__slug=SHOP).exists():
        call_command("seed_bench", cases=options.cases, shop=SHOP)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    shop = Shop.objects.get(slug=SHOP)
    member = Member.objects.select_related("user").get(shop=shop, role="owner")
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["shop_id"] = shop.pk
    session.save()
    print(f"{Case.objects.filter(shop=shop).count():,} cases on {connection.vendor}, period {options.period}")
    client.get(url_of("customers"))  # templates and translations are read once
    for part in PAGES:
        url = f"{url_of(part)}?period={options.period}"
        cold, queries = timed(client, url, cold=True)
        client.get(url)
        warm, _few = timed(client, url, cold=False)
        print(f"{part:<12} cold {cold:7.0f} ms  warm {warm:6.1f} ms  {queries:3d} queries")


if __name__ == "__main__":
    main()
