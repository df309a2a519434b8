"""Weight and speed of the pages: `python -m bench.pages [--cases 100000]`.

Weight: every page in a real browser, bytes over the wire: cold (nothing kept) and warm (files kept). Limits 150 and
40 KB. Speed: Today, the list and a full case at `--cases` cases, each as a ratio to a bare page of fifty rows
under the same server in the same run (bench/bare), medians of interleaved requests. Limit 1.5.

Starts a throw-away PostgreSQL and Redis and gunicorn with the shipped settings; DATABASE_URL reuses a filled database.
"""

from __future__ import annotations

import argparse
import http.client
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import django

from tools import process, programs, servers

ROOT = Path(__file__).parents[1]
COLD_KB, WARM_KB, RATIO = 150, 40, 1.5
SHOP, TIMES = "bench", 100
MANAGE = [sys.executable, "manage.py"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"]


def main() -> int:
    """Prepare, measure, report; 1 where a limit is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    cases = parser.parse_args().cases
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        os.environ |= {
            "DATABASE_URL": os.environ.get("DATABASE_URL") or stack.enter_context(database()),
            "REDIS_URL": stack.enter_context(servers.redis()),
            "DJANGO_SETTINGS_MODULE": "bench.bare.settings",
            "SHOPCARE_DATA_DIR": folder,
            "SECRET_KEY": "only-for-this-bench-" * 3,
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS": "false",
            "WEB_CONCURRENCY": "1",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }
        prepare(cases)
        base = stack.enter_context(web_server())
        return int(not all([speed(base), weights(base)]))


@contextmanager
def database() -> Iterator[str]:
    """A throw-away PostgreSQL; the database every server is born with will do."""
    with servers.postgres() as url:
        yield url.rsplit("/", 1)[0] + "/postgres"


def prepare(cases: int) -> None:
    """An up-to-date database with the demo shop and the seeded one; the static files collected and compressed."""
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([*MANAGE, *command], check=True, cwd=ROOT)
    django.setup()
    from django.core.management import call_command  # late: needs the settings
    from django.db import connection

    from shops.models import Shop

    if not Shop.objects.filter(slug="demo").exists():
        call_command("demo", stdout=io.StringIO())
    if not Shop.objects.filter(slug=SHOP).exists():
        call_command("seed_bench", cases=cases, shop=SHOP)
        add_full_case()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def add_full_case() -> None:
    """One case on top of the seeded ones as real work leaves it: routed, answered, noted, with a customer's history."""
    from cases.actions import add_note
    from complaints.actions import Intake, customer_replied, log_complaint
    from shops.models import Member, Shop

    shop = Shop.objects.get(slug=SHOP)
    owner = Member.objects.select_related("user").get(shop=shop, role="owner")
    order = shop.orders.exclude(customer=None).latest("pk")
    for number in range(40):
        text = f"pesen biru yg dateng item, ini yang ke-{number}"
        log_complaint(shop, Intake(text=text, channel="email", customer=order.customer, order=order), by=owner.user)
    case = shop.cases.latest("pk")
    for number in range(10):
        customer_replied(case, f"bagaimana kak? {number}", "email", key=str(number))
        add_note(case, f"sudah dicek di rak {number}", by=owner.user)


@contextmanager
def web_server() -> Iterator[str]:
    """gunicorn as shipped, one worker, so that requests do not wait for one another."""
    port = process.free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PORT": str(port)}) as server:
        try:
            for _try in range(100):
                if asks(port, "/healthz")[0] == 200:
                    break
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def asks(port: int, path: str, cookie: str = "") -> tuple[int, float]:
    """Status and milliseconds of one request, as a browser sends it; status 0 where nobody answers."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    start = time.perf_counter()
    try:
        line.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip", "Host": f"127.0.0.1:{port}"})
        answer = line.getresponse()
        answer.read()
        return answer.status, (time.perf_counter() - start) * 1000
    except OSError:
        return 0, 0.0
    finally:
        line.close()


def session_of(slug: str) -> str:
    """A session of the shop's owner; its key."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # late: needs the settings
    from django.contrib.sessions.backends.db import SessionStore

    from shops.models import Member

    member = Member.objects.select_related("user").filter(shop__slug=slug, role="owner").earliest("pk")
    session = SessionStore()
    session[SESSION_KEY] = str(member.user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    session["shop_id"] = member.shop_id
    session.create()
    return str(session.session_key)


def speed(base: str) -> bool:
    """Server time of the main pages against the bare one, all asked in turn."""
    from cases.models import Case  # late: needs the settings

    port, cookie = int(base.rsplit(":", 1)[1]), f"sessionid={session_of(SHOP)}"
    full = Case.objects.filter(shop__slug=SHOP).latest("pk")
    paths = {"bare": "/bare/", "Today": "/", "complaints": "/complaints/", "case": f"/complaints/{full.code}/"}
    taken: dict[str, list[float]] = {name: [] for name in paths}
    for turn in range(TIMES + 5):
        for name, path in paths.items():
            status, ms = asks(port, path, cookie)
            assert status == 200, (path, status)
            if turn >= 5:  # templates and translations are read once
                taken[name].append(ms)
    bare = median(taken.pop("bare"))
    print(f"\n{Case.objects.filter(shop__slug=SHOP).count():,} cases; bare page of fifty rows {bare:.1f} ms")
    lines = [line(name, f"{median(t):7.1f} ms", median(t) / bare, RATIO) for name, t in taken.items()]
    return all(lines)  # every line is printed, also below one that misses


def weights(base: str) -> bool:
    """Every page of the demo shop, and the fullest ones of the seeded one, in a browser."""
    from playwright.sync_api import sync_playwright  # late: only this part needs the browser

    from shops.models import Shop
    from tests.browser.places import public_pages, staff_pages

    demo = Shop.objects.get(slug="demo")
    seeded = ["/", "/complaints/", "/customers/"]
    visits = [
        *(("demo", path) for path in staff_pages(demo)),
        *(("", path) for path in public_pages(demo)),
        *((SHOP, path) for path in seeded),
    ]
    sessions = {slug: session_of(slug) for slug in ("demo", SHOP)}
    print(f"\n{'page':44}{'cold KB':>10}{'warm KB':>10}")
    with sync_playwright() as playwright:
        path = programs.chromium()
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=FLAGS)
        found = [weigh(browser, base, sessions.get(slug, ""), path) for slug, path in visits]
        browser.close()
    heaviest = [max(pair[n] for pair in found) for n in (0, 1)]
    return all([
        line("heaviest page, cold", "", heaviest[0], COLD_KB, "KB"),
        line("heaviest page, warm", "", heaviest[1], WARM_KB, "KB"),
    ])  # fmt: skip


def weigh(browser: Any, base: str, session: str, path: str) -> tuple[float, float]:
    """KB over the wire of a page for somebody new, and of the same page asked again."""
    context = browser.new_context(service_workers="block")
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    both = []
    for _time in range(2):
        sizes.clear()
        answer = page.goto(base + path, wait_until="networkidle")
        assert answer.status == 200, (path, answer.status)
        both.append(sum(sizes) / 1024)
    context.close()
    print(f"{path[:43]:44}{both[0]:10.1f}{both[1]:10.1f}", flush=True)
    return both[0], both[1]


def line(what: str, figure: str, value: float, limit: float, unit: str = "x") -> bool:
    """One line of the report."""
    holds = value <= limit
    print(f"{'ok  ' if holds else 'MISS'} {what:30}{figure:>12}{value:9.2f} {unit}   limit {limit} {unit}")
    return holds


if __name__ == "__main__":
    sys.exit(main())
