"""The composer by hand: marks, reasons, one click to mend, what may be sent. With and without JavaScript."""

import pytest
from playwright.sync_api import expect

from messaging.models import Message
from playbooks.compose import context_of
from playbooks.models import TreatmentStep
from tests.browser.driving import sign_in, too_wide, violations

BLAME = "Halo kak. Itu salah kakak sendiri, makanya baca dulu."
TOO_SURE = (
    "Mohon maaf kak, {item} belum sampai. Terima kasih sudah mengabari kami. Kakak bisa pilih tukar atau refund penuh. "
    "Paket kakak dijamin pasti sampai besok. Kami kabari lagi besok jam 10 ya kak."
)


@pytest.fixture(params=[360, 1280])
def width(request):
    return request.param


@pytest.fixture(params=[True, False], ids=["javascript", "no javascript"])
def scripted(request):
    return request.param


@pytest.fixture
def step(demo):
    """The first reply of a case that waits for one."""
    return TreatmentStep.objects.filter(shop=demo, state="open", purpose="first_reply").first()


@pytest.fixture
def tab(demo, live_server, browser, width, scripted, step):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripted, service_workers="block"
    )
    demo.members.get(user__username="ayu").user.__class__.objects.filter(username="ayu").update(language="en")
    page = sign_in(context, live_server)
    page.goto(f"{live_server.url}/steps/{step.pk}/message/")
    yield page
    context.close()


def write(tab, text, scripted):
    """Type a text; without JavaScript the guard is asked with a button."""
    tab.fill("textarea[name=body]", text)
    if not scripted:
        tab.get_by_role("button", name="Check the words").last.click()


def body(tab):
    return tab.locator("textarea[name=body]")


def stored(step):
    return Message.objects.filter(steps=step).first()


def a_bad_sentence_is_underlined_with_its_reason_and_mended_with_one_click(tab, scripted, step):
    write(tab, BLAME, scripted)
    mark = tab.locator(".guard-text mark").first
    expect(mark).to_be_visible()
    assert "underline" in mark.evaluate("(node) => getComputedStyle(node).textDecorationLine")
    expect(tab.get_by_text("This blames the customer.").first).to_be_visible()
    expect(tab.get_by_text("How would you read this as a buyer?").first).to_be_visible()
    assert not too_wide(tab)
    if scripted:
        assert violations(tab) == []
    tab.get_by_role("button", name="Use this").first.click()
    expect(body(tab)).not_to_have_value(BLAME)
    assert "salah kakak" not in body(tab).input_value()


def a_block_cannot_be_sent(tab, scripted, step):
    write(tab, BLAME, scripted)
    expect(tab.get_by_text("This cannot be sent as it is.")).to_be_visible()
    tab.locator("button[name=action][value=send]").click()
    expect(tab.get_by_text("This text cannot be sent.").first).to_be_visible()
    assert stored(step).state == "draft"


def a_warning_goes_with_an_explicit_word(tab, scripted, step):
    write(tab, TOO_SURE.format(item=context_of(step)["item"]), scripted)
    expect(tab.locator("input[name=send_anyway]")).to_be_visible()
    tab.locator("button[name=action][value=send]").click()
    expect(tab.get_by_text("You can send it anyway.").first).to_be_visible()
    assert stored(step).state == "draft"
    tab.locator("input[name=send_anyway]").check()
    tab.locator("button[name=action][value=send]").click()
    tab.wait_for_url(lambda url: "/message/" not in url)
    assert (stored(step).state, stored(step).guard["ok"]) == ("ready", True)


def the_checklist_fills_itself(tab, scripted, step):
    write(tab, "Halo kak.", scripted)
    missing = tab.locator(".need-missing")
    expect(missing.first).to_be_visible()
    before = missing.count()
    write(tab, "Halo kak. Terima kasih sudah mengabari kami.", scripted)
    expect(missing).to_have_count(before - 1)


def a_missing_element_is_added_with_one_click(tab, scripted, step):
    write(tab, "Halo kak.", scripted)
    tab.locator("button[name=insert][value=R2]").click()
    expect(tab.locator("button[name=insert][value=R2]")).to_have_count(0)
    assert body(tab).input_value().startswith("Halo kak. Terima kasih")


ROAD = (
    a_bad_sentence_is_underlined_with_its_reason_and_mended_with_one_click,
    the_checklist_fills_itself,
    a_missing_element_is_added_with_one_click,
    a_block_cannot_be_sent,
    a_warning_goes_with_an_explicit_word,  # the last one: it is sent
)


def test_the_composer_by_hand(tab, scripted, step):
    """One sitting: building the demo shop takes longer than all of it."""
    for walk in ROAD:
        walk(tab, scripted, step)
