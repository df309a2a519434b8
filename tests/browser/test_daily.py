"""Small things of every day: who else is here, the map of keys, a case on paper, a draft that survives a dead line."""

import pytest
from playwright.sync_api import expect

from cases.models import Case
from tests.browser.driving import sign_in, too_wide


@pytest.fixture
def english(demo):
    demo.members.first().user.__class__.objects.update(language="en")
    return demo


@pytest.fixture
def tab(english, live_server, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield sign_in(context, live_server)
    context.close()


def case_path(shop):
    """A case that is being worked on; everybody may see it."""
    cases = Case.objects.filter(shop=shop, kind="complaint", assignee=None, state="open")
    return f"/complaints/{cases.earliest('pk').code}/"


def test_case_says_who_else_is_looking(english, tab, live_server, browser):
    other = browser.new_context()
    sign_in(other, live_server, "budi").goto(live_server.url + case_path(english), wait_until="networkidle")
    tab.goto(live_server.url + case_path(english))
    expect(tab.get_by_text("is looking at this case too.")).to_be_visible()
    other.close()


def test_question_mark_shows_the_keys_of_the_page(english, tab, live_server):
    tab.goto(live_server.url + case_path(english))
    tab.keyboard.press("?")
    expect(tab.locator("#keys")).to_be_visible()
    expect(tab.locator("#keys li", has_text="Write to the customer").locator("kbd")).to_have_text("w")
    tab.keyboard.press("Escape")
    tab.keyboard.press("w")
    tab.wait_for_url("**/outbox/write/**")


def test_paper_shows_the_case_without_the_frame(english, tab, live_server):
    tab.goto(live_server.url + case_path(english))
    tab.emulate_media(media="print")
    for hidden in (".sidebar", ".tabbar", ".foot", "form"):
        assert not any(element.is_visible() for element in tab.locator(hidden).all()), hidden
    assert tab.locator("blockquote.words").is_visible()


def test_words_typed_without_a_line_are_there_when_it_is_back(english, tab, live_server):
    tab.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tab.context.set_offline(True)
    tab.goto(f"{live_server.url}/complaints/new/")
    tab.fill("textarea[name=text]", "tasnya sobek, dicatat tanpa sinyal")
    tab.context.set_offline(False)
    tab.goto(f"{live_server.url}/complaints/new/")
    expect(tab.locator("textarea[name=text]")).to_have_value("tasnya sobek, dicatat tanpa sinyal")


def test_why_a_message_is_tagged_stands_under_it_on_a_phone(english, tab, live_server):
    tab.set_viewport_size({"width": 360, "height": 780})
    tab.goto(f"{live_server.url}/complaints/new/")
    tab.fill("textarea[name=text]", "tutupnya ga ada, jahitannya sobek, admin juga ga balas chat sama sekali")
    reasons = tab.locator("#suggestion li")
    expect(reasons.first).to_be_visible()
    assert reasons.count() > 2
    assert not too_wide(tab)
    assert tab.locator("#suggestion .words").bounding_box()["width"] > 240
