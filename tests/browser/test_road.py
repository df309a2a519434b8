"""The whole road by hand: log a message, say whom they blame, reply through the guard; the customer confirms."""

import re

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from cases.enums import Theme
from cases.models import Case
from messaging.models import Message
from playbooks import treatments
from playbooks.models import TreatmentStep
from tests.browser.driving import sign_in
from tests.browser.hands import KEYBOARD, POINTER

CASE_PAGE = re.compile(r"/complaints/[0-9A-Z]{5,12}/$")
GOOD = {
    "id": (
        "Terima kasih sudah langsung mengabari kami, kak. Kakak pesan tas hitam, padahal maunya yang biru. Hal seperti "
        "ini biasa terjadi dan bisa kami bantu tukar. Besok sebelum jam 10 pagi kami kabari apakah yang biru masih ada."
    ),
    "en": (
        "Thank you for telling us straight away. You ordered the black bag but wanted the blue one. That happens, and "
        "we can arrange an exchange. We will tell you tomorrow before 10 am whether blue is in stock."
    ),
}


WAYS = {  # width, JavaScript, hands: on a phone, on one without JavaScript, at a desk without a pointer
    "phone": (360, True, POINTER),
    "no javascript": (360, False, POINTER),
    "keyboard": (1280, True, KEYBOARD),
}


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


@pytest.fixture(params=["id", "en"])
def language(request, demo):
    """The page's language; `_` in the tests finds the words that stand on the buttons."""
    demo.members.get(user__username="ayu").user.__class__.objects.filter(username="ayu").update(language=request.param)
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def tab(language, way, live_server, browser):
    width, javascript, _hands = way
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        java_script_enabled=javascript,
        service_workers="block",
        locale=language,
    )
    yield sign_in(context, live_server)
    context.close()


def test_the_whole_road(tab, way, language, live_server):
    """From the customer's message to their own confirmation."""
    hands = way[2]
    case = log_message(tab, hands, live_server)
    go(tab, hands, button(tab, "Themselves"))
    assert Case.objects.get(pk=case.pk).complaint.blame == "self"
    reply(tab, hands, case, GOOD[language])
    finish_steps(tab, hands)
    say_cause_and_change(tab, hands)
    go(tab, hands, button(tab, "We have resolved it"))
    expect(tab.get_by_text(_("Resolved by the shop. The customer can confirm on their page."))).to_be_visible()
    tab.goto(f"{live_server.url}/s/{case.shop.slug}/c/{case.token}/")
    go(tab, hands, tab.locator("button[name=answer][value=yes]"))
    case.refresh_from_db()
    assert case.state == "confirmed"


def go(tab, hands, target):
    """Press what leads to another page, and wait for it."""
    with tab.expect_navigation():
        hands.press(target)


def button(tab, name):
    """The button with these words, in the page's language."""
    return tab.get_by_role("button", name=_(name), exact=True)


def log_message(tab, hands, server):
    tab.goto(f"{server.url}/complaints/new/")
    hands.write(tab.locator("textarea[name=text]"), "kak aku salah pilih warna, bisa tukar ga?")
    hands.choose(tab.locator("select[name=channel]"), _("Email"))
    hands.write(tab.locator("input[name=customer]"), "Tamu Baru")
    hands.write(tab.locator("input[name=address]"), "tamu-baru@example.org")
    hands.press(button(tab, "Save"))
    tab.wait_for_url(CASE_PAGE)
    return Case.objects.latest("pk")


def reply(tab, hands, case, words):
    """A cruel text is held back; a good one goes into the outbox and leaves with the worker."""
    go(tab, hands, tab.get_by_role("link", name=_("Read and send the message")))
    hands.write(tab.locator("textarea[name=body]"), "Itu salah kakak sendiri, makanya baca dulu.")
    hands.press(button(tab, "Send"))
    expect(tab.get_by_text(_("Please change this")).first).to_be_visible()
    first = Message.objects.filter(case=case, purpose="first_reply")
    assert not first.filter(state="ready").exists()
    hands.write(tab.locator("textarea[name=body]"), words)
    hands.press(button(tab, "Send"))
    tab.wait_for_url(CASE_PAGE)
    tab.wait_for_load_state("networkidle")  # nobody else writes while the worker's part is played here
    assert first.get().state == "ready"
    first.update(state="sent", sent_at=timezone.now())
    treatments.catch_up()


def finish_steps(tab, hands):
    """Whatever is next: done where that can be said, else skipped with a reason."""
    for _step in range(15):
        tab.reload()
        step = tab.locator(".step:has(form[action$='/skip/'])")
        if not step.count():
            return
        done = step.locator("form[action$='/done/'] button")
        if done.count():
            go(tab, hands, done)
        else:
            hands.press(step.locator("summary"))
            hands.write(step.locator("input[name=reason]"), "contoh")
            go(tab, hands, step.locator("form[action$='/skip/'] button"))
    raise AssertionError("The steps do not end")


def say_cause_and_change(tab, hands):
    """What the shop must say before it may resolve."""
    theme = tab.locator("details:has(form[action$='/theme/'])")
    hands.press(theme.locator("summary"))
    hands.choose(theme.locator("select[name=theme]"), str(Theme.PRODUCT.label))
    hands.write(theme.locator("input[name=root_cause]"), "foto warna mirip")
    go(tab, hands, theme.locator("form button"))
    go(tab, hands, tab.locator("a[href$='/improve/']"))
    hands.write(tab.locator("input[name=title]"), "foto per warna")
    go(tab, hands, tab.locator("main form button"))


def test_customer_confirms_on_their_own_page(demo, live_server, browser):
    case = Case.objects.filter(shop=demo, kind="complaint").first()
    Case.objects.filter(pk=case.pk).update(state="resolved")
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{live_server.url}/s/{demo.slug}/c/{case.token}/")
    page.locator("button[name=answer][value=yes]").click()
    case.refresh_from_db()
    context.close()
    assert case.state == "confirmed"


def test_log_a_message_with_the_keyboard_alone(demo, live_server, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, service_workers="block")
    page = sign_in(context, live_server)
    page.goto(f"{live_server.url}/complaints/new/")
    page.locator("textarea[name=text]").focus()
    page.keyboard.type("pesen biru yg dateng item")
    for _stop in range(30):
        if page.evaluate("document.activeElement.type === 'submit' && !!document.activeElement.closest('main form')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(CASE_PAGE)
    context.close()
    assert Case.objects.latest("pk").complaint.blame == "shop"


def test_double_click_stores_one_message(demo, live_server, browser):
    context = browser.new_context(service_workers="block", java_script_enabled=False)
    page = sign_in(context, live_server)
    before = Case.objects.count()
    page.goto(f"{live_server.url}/complaints/new/")
    page.fill("textarea[name=text]", "tasnya sobek")
    key = page.input_value("input[name=intake_key]")
    form = {"text": "tasnya sobek", "channel": "whatsapp", "intake_key": key}
    token = page.input_value("main input[name=csrfmiddlewaretoken]")
    for _time in range(2):
        page.request.post(
            f"{live_server.url}/complaints/new/",
            form={**form, "csrfmiddlewaretoken": token},
            headers={"Referer": live_server.url},
        )
    context.close()
    assert Case.objects.count() == before + 1


def test_two_staff_at_once_lose_nothing(demo, live_server, browser):
    """The second one is told that the step was done meanwhile."""
    step = TreatmentStep.objects.filter(shop=demo, state="open", actor="staff", kind="task").first()
    contexts = [browser.new_context(service_workers="block") for _ in range(2)]
    pages = [sign_in(context, live_server, name) for context, name in zip(contexts, ("ayu", "budi"), strict=True)]
    forms = [{"csrfmiddlewaretoken": c.cookies()[0]["value"]} for c in contexts]
    for page, context, form in zip(pages, contexts, forms, strict=True):
        token = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken")
        form["csrfmiddlewaretoken"] = token
        page.request.post(f"{live_server.url}/steps/{step.pk}/done/", form=form, headers={"Referer": live_server.url})
    for context in contexts:
        context.close()
    assert step.case.events.filter(code="step_done", data__step=step.key).count() == 1
