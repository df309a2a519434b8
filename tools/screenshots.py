"""Pictures of every page into screenshots/: phone and desk, light and dark, Indonesian and English.

It starts ShopCare on a free port with a demo shop of its own in a throw-away folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools import process, programs

FOLDER = Path("screenshots")
LOOKS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"]


def main() -> None:
    """Make all pictures; prints one line per language."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SHOPCARE_DATA_DIR": folder, "DEBUG": "true", "DJANGO_SETTINGS_MODULE": "shopcare.settings"}
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "-v0"], check=True)
        subprocess.run([*manage, "demo"], check=True, stdout=subprocess.DEVNULL)
        port = process.free_port()
        server = subprocess.Popen([*manage, "runserver", f"127.0.0.1:{port}", "--noreload"], stderr=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            take_all(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()


def wait_for(url: str) -> None:
    """Return once the server answers; gives up after 30 s."""
    for _ in range(60):
        try:
            urllib.request.urlopen(url)  # noqa: S310  (our own server)
            return
        except urllib.error.URLError:
            time.sleep(0.5)
    raise SystemExit("ShopCare did not start.")


def take_all(base: str) -> None:
    """Every page in every look and language."""
    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    with sync_playwright() as playwright:
        path = programs.chromium()
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=FLAGS)
        for language in ("id", "en"):
            count = sum(take_look(browser, base, language, width, scheme) for width, scheme in LOOKS)
            print(f"{language}: {count} pictures in {FOLDER}/")
        browser.close()


def take_look(browser: object, base: str, language: str, width: int, scheme: str) -> int:
    """All pages in one look; returns how many."""
    from shops.models import Shop, User
    from tests.browser.places import public_pages, staff_pages

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    User.objects.update(language=language)
    shop = Shop.objects.get(slug="demo")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale=language)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{base}/login/")
    page.fill("input[name=username]", "ayu")
    page.fill("input[name=password]", "toko-contoh")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/")
    paths = [*staff_pages(shop), *public_pages(shop)]
    for path in paths:
        page.goto(base + path)
        name = path.strip("/").replace("/", "-") or "today"
        target = FOLDER / language / f"{name}-{width}-{scheme}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(target), full_page=True)
    context.close()
    return len(paths)


if __name__ == "__main__":
    main()
