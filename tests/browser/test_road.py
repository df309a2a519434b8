"""The whole road by hand: log a message, say whom they blame, reply through the guard; the customer confirms."""

import re

import pytest
from playwright.sync_api import expect

from cases.models import Case
from messaging.models import Message
from playbooks.models import TreatmentStep
from tests.browser.driving import sign_in

CASE_PAGE = re.compile(r"/complaints/[0-9A-Z]{5,12}/$")
GOOD = (
    "Thank you for telling us straight away. You ordered the black bag but wanted the blue one. That happens, and we "
    "can arrange an exchange. We will tell you tomorrow before 10 am whether blue is in stock."
)


@pytest.fixture(params=[360, 1280])
def width(request):
    return request.param


@pytest.fixture(params=[True, False], ids=["javascript", "no javascript"])
def tab(demo, live_server, browser, width, request):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=request.param, service_workers="block"
    )
    demo.members.get(user__username="ayu").user.__class__.objects.filter(username="ayu").update(language="en")
    yield sign_in(context, live_server)
    context.close()


def log_message(page, server):
    page.goto(f"{server.url}/complaints/new/")
    page.fill("textarea[name=text]", "kak aku salah pilih warna, bisa tukar ga?")
    page.select_option("select[name=channel]", "email")
    page.fill("input[name=customer]", "Tamu Baru")
    page.fill("input[name=address]", "tamu-baru@example.org")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(CASE_PAGE)
    return Case.objects.latest("pk")


def test_the_whole_road(tab, live_server):
    case = log_message(tab, live_server)
    assert case.complaint.blame == "self"
    tab.get_by_role("button", name="Themselves").click()
    tab.get_by_role("link", name="Read and send the message").click()
    tab.fill("textarea[name=body]", "Itu salah kakak sendiri, makanya baca dulu.")
    tab.get_by_role("button", name="Send", exact=True).click()
    expect(tab.get_by_text("Please change this").first).to_be_visible()
    assert not Message.objects.filter(case=case, purpose="first_reply", state="ready").exists()
    tab.fill("textarea[name=body]", GOOD)
    tab.get_by_role("button", name="Send", exact=True).click()
    tab.wait_for_url(CASE_PAGE)
    assert Message.objects.get(case=case, purpose="first_reply").state == "ready"


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
    for _ in range(30):
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
    for _ in range(2):
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
