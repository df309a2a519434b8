"""An owner edits a playbook: sorts steps, is told what is wrong beside the field, looks at the words, tries it dry."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from playbooks.models import Playbook
from tests.browser.driving import sign_in, too_wide, troubles_of, violations


@pytest.fixture(params=[360, 1280])
def tab(demo, live_server, browser, request):
    context = browser.new_context(viewport={"width": request.param, "height": 800}, service_workers="block")
    demo.members.get(user__username="ayu").user.__class__.objects.filter(username="ayu").update(language="en")
    yield sign_in(context, live_server)
    context.close()


@pytest.fixture
def book(demo, tab, live_server):
    """The page of P03, whose second step is the one the tests change."""
    playbook = Playbook.objects.get(shop=demo, code="P03")
    tab.goto(live_server.url + reverse("admin:playbooks_playbook_change", args=[playbook.pk]))
    return playbook


def keys(playbook):
    return list(playbook.steps.order_by("position", "pk").values_list("key", flat=True))


def open_step(tab, place):
    step = tab.locator(f"#steps-{place}")
    step.get_by_text("Edit this step").click()
    return step


def test_steps_are_sorted_with_a_button_and_saved(tab, book):
    troubles, before = troubles_of(tab), keys(book)
    tab.locator("#steps-2 .sort-button[title=Up]").click()
    tab.get_by_role("button", name="Save and continue editing").first.click()
    expect(tab.locator(".messagelist")).to_contain_text("P03")
    after = [before[0], before[2], before[1], *before[3:]]
    assert (keys(book), troubles) == (after, [])
    assert Playbook.objects.get(pk=book.pk).version == book.version + 1


def test_unkind_words_are_refused_beside_their_field(tab, book):
    step, place = book.steps.filter(kind="message").order_by("position").first(), keys(book).index("first_reply")
    row = open_step(tab, place)
    row.locator("textarea[name$='-body_id']").fill("Itu salah kakak sendiri, makanya baca dulu.")
    row.locator("textarea[name$='-body_en']").fill("Hello {nobody}, we are sorry.")
    tab.get_by_role("button", name="Save", exact=True).first.click()
    errors = tab.locator(f"#steps-{place} .errorlist")
    expect(errors.filter(has_text=re.compile("G1|blame", re.IGNORECASE)).first).to_be_visible()
    expect(errors.filter(has_text="nobody").first).to_be_visible()
    assert violations(tab) == []
    step.refresh_from_db()
    assert "salah kakak" not in book.steps.get(key="first_reply").body_id


def test_words_history_and_dry_run_are_one_tap_away(tab, book):
    tab.get_by_role("link", name="Preview the words").click()
    expect(tab.get_by_text("The tone guard lets it out.").first).to_be_visible()
    assert not too_wide(tab)
    tab.go_back()
    tab.get_by_role("link", name="Dry run").click()
    expect(tab.locator("#dry-rows")).to_be_visible()
    assert (too_wide(tab), violations(tab)) == (False, [])


def test_an_older_version_comes_back(tab, book, live_server):
    place, old = keys(book).index("first_reply"), book.steps.get(key="first_reply").title_en
    open_step(tab, place).locator("input[name$='-title_en']").fill("Say sorry, name it")
    tab.get_by_role("button", name="Save and continue editing").first.click()
    tab.get_by_role("link", name="History", exact=True).click()
    expect(tab.get_by_text("Say sorry, name it").first).to_be_visible()
    tab.get_by_role("link", name=str(book.version), exact=True).click()
    tab.get_by_role("button", name=re.compile("the current one")).click()
    expect(tab.locator(".messagelist")).to_be_visible()
    assert book.steps.get(key="first_reply").title_en == old
