"""The system's Chromium, driven by playwright."""

import io
import os

import pytest

from tools import programs

# Playwright's event loop runs in the thread of the test, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FLAGS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Without a Chromium of the system, playwright's own is tried."""
    path = programs.chromium()
    chosen = {"executable_path": str(path)} if path else {}
    return {**browser_type_launch_args, **chosen, "args": FLAGS}


@pytest.fixture
def demo(transactional_db):
    """The demo shop with its examples."""
    from django.core.management import call_command  # late: pytest-django has loaded the settings by now

    from shops.models import Shop

    call_command("demo", verbosity=0, stdout=io.StringIO())
    return Shop.objects.get(slug="demo")
