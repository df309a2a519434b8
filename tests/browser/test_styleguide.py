"""The components in a real browser: accessible, fitting, without console errors; and each behaviour of static/js."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
PAGES = ["/?toast=1", "/page/404/", "/page/500/", "/page/offline/"]

pytestmark = [
    pytest.mark.urls("tests.browser.guide"),
    pytest.mark.filterwarnings("ignore:No directory at"),  # staticfiles/ exists only after collectstatic
]


@pytest.fixture
def chromium(browser: Browser) -> Browser:
    return browser


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible_and_fits(live_server, chromium: Browser, scheme, width: int, where: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: message.type == "error" and troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(live_server.url + where)
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then((r) => r.violations.map((v) => v.id + ': ' + v.nodes[0].html))")
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert (found, wide, troubles) == ([], width, [])


def test_menu_opens_without_javascript(live_server, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.click(".tabbar summary")
    assert page.is_visible(".tabbar >> text=Insights")
    context.close()


def test_theme_choice_survives_a_reload(live_server, tab: Page) -> None:
    tab.goto(live_server.url)
    tab.click(".sidebar > .menu:last-child summary")
    tab.click(".sidebar [data-theme-set=dark]")
    tab.reload()
    assert tab.get_attribute("html", "data-theme") == "dark"


def test_keys_walk_over_cards_and_pages(live_server, tab: Page) -> None:
    tab.goto(live_server.url)
    tab.keyboard.press("j")
    assert tab.evaluate("document.activeElement.textContent") == "Fake Customer"
    tab.keyboard.press("g")
    tab.keyboard.press("r")
    tab.wait_for_url("**/reviews/")


def test_keys_can_be_switched_off(live_server, tab: Page) -> None:
    tab.goto(live_server.url)
    tab.keyboard.press("?")
    tab.uncheck("#keys-on")
    tab.keyboard.press("Escape")
    tab.keyboard.press("j")
    assert tab.evaluate("document.activeElement.tagName") == "BODY"


def test_draft_returns_until_the_server_says_stored(live_server, tab: Page) -> None:
    tab.goto(live_server.url + "/page/offline/")
    tab.fill("textarea", "fake words")
    tab.reload()
    assert tab.input_value("textarea") == "fake words"
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<i data-draft-saved=\"complaints:new\">')")
    tab.evaluate("document.dispatchEvent(new Event('htmx:afterSettle'))")
    tab.reload()
    assert tab.input_value("textarea") == ""


def test_logging_out_forgets_drafts(live_server, tab: Page) -> None:
    tab.goto(live_server.url + "/page/offline/")
    tab.fill("textarea", "fake words")
    tab.goto(live_server.url)
    tab.click(".sidebar > .menu:last-child summary")
    tab.click(".sidebar >> text=Log out")
    tab.wait_for_url("**/logout/")
    assert tab.evaluate("localStorage.getItem('draft:complaints:new')") is None


@pytest.mark.parametrize(("answer", "stored"), [("Cancel", "0"), ("Yes, go on", "1")])
def test_confirm_asks_before_sending(live_server, tab: Page, answer: str, stored: str) -> None:
    tab.goto(live_server.url)
    tab.evaluate(
        "document.querySelector('[data-confirm=\"Give these two cases to Fake Colleague?\"]').form.action = '/stored/'"
    )
    tab.click("text=Assign")
    tab.click(f"#confirm >> text={answer}")
    if stored == "1":
        tab.wait_for_url("**/stored/")
    tab.goto(live_server.url + "/stored/")
    assert tab.title() == stored


def test_two_quick_submits_are_one(live_server, tab: Page) -> None:
    tab.goto(live_server.url)
    tab.evaluate(
        """const form = document.querySelector('.card-foot form');
        form.action = '/stored/';
        form.requestSubmit();
        form.requestSubmit();"""
    )
    tab.wait_for_url("**/stored/")
    assert tab.title() == "1"


def test_better_words_are_put_into_the_text(live_server, tab: Page) -> None:
    tab.goto(live_server.url)
    tab.fill("#id_text", "Well, it was fine when we sent it")
    tab.click("[data-apply]")
    assert tab.input_value("#id_text") == "Well, I am sorry it reached you like this."
