"""Browser notifications: asked for, told once, not for what the person sees."""

import pytest

from complaints.actions import Intake, log_complaint
from tests.browser.driving import sign_in, troubles_of

AWAY = "document.hasFocus = () => !window.isAway;"  # the tab of a test always has the focus
SHOWN = "navigator.serviceWorker.ready.then((w) => w.getNotifications()).then((all) => all.map((n) => n.body))"
CLOSE = "navigator.serviceWorker.ready.then((w) => w.getNotifications()).then((all) => all.map((n) => n.close()))"


@pytest.fixture
def today(demo, live_server, browser):
    context = browser.new_context(permissions=["notifications"])
    context.add_init_script(AWAY)
    page = sign_in(context, live_server)
    page.clock.install()
    page.goto(f"{live_server.url}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    yield page
    context.close()


def spread(shop, text):
    log_complaint(shop, Intake(text=text, voice="elsewhere_public", spreading=True, blame="shop"))


def poll(page):
    """Sixty seconds later."""
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true"):
        page.clock.fast_forward("01:01")
    page.wait_for_timeout(300)


def test_what_spreads_is_told_once_while_somebody_is_away(demo, today):
    troubles = troubles_of(today)
    today.locator("[data-notify] button").click()
    today.wait_for_selector("[data-notify] button[aria-pressed=true]")
    today.evaluate("window.isAway = true")
    spread(demo, "tokonya kirim barang pecah terus")
    poll(today)
    assert today.evaluate(SHOWN) == ["Pelanggan belum dikenal: tokonya kirim barang pecah terus"]
    today.evaluate(CLOSE)
    poll(today)
    assert (today.evaluate(SHOWN), troubles) == ([], [])


def test_nothing_is_told_to_somebody_who_looks_or_did_not_ask(demo, today):
    today.evaluate("window.isAway = true")
    spread(demo, "belum minta diberi tahu")
    poll(today)
    today.evaluate("window.isAway = false")
    today.locator("[data-notify] button").click()
    spread(demo, "sedang melihat halaman ini")
    poll(today)
    today.evaluate("window.isAway = true")
    poll(today)
    assert today.evaluate(SHOWN) == []
