"""Every page in a real browser, light and dark, phone and desk: accessible, fitting, without console errors."""

from datetime import date, timedelta

import pytest

from bookings.actions import Deal, agree
from cases.actions import add_note, set_theme
from cases.links import case_url
from playbooks import closing
from reviews.models import Review
from tests.browser.driving import sign_in, too_wide, troubles_of, violations
from tests.browser.places import admin_pages, public_pages, staff_pages
from tests.factories import MONDAY, make_complaint, make_customer, make_order

LOOKS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_staff_pages_are_accessible_and_fit(demo, live_server, browser, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, service_workers="block"
    )
    page = sign_in(context, live_server)
    found = faults(page, live_server, staff_pages(demo))
    context.close()
    assert found == {}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_public_pages_are_accessible_and_fit(demo, live_server, browser, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, service_workers="block"
    )
    found = faults(context.new_page(), live_server, public_pages(demo))
    context.close()
    assert found == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_one_long_word_never_widens_a_page(demo, live_server, browser, width):
    """A pasted address, a name without spaces, an order number of a marketplace."""
    owner = demo.members.select_related("user").filter(role="owner").earliest("pk")
    say_long_words(demo, owner)
    context = browser.new_context(viewport={"width": width, "height": 800}, service_workers="block")
    page = sign_in(context, live_server)
    newest = [case_url(demo.cases.filter(kind=kind).latest("pk")) for kind in ("complaint", "booking")]
    wide = [path for path in [*staff_pages(demo), *newest] if page.goto(live_server.url + path) and too_wide(page)]
    context.close()
    assert wide == []


def test_admin_pages_keep_to_the_content_policy(demo, live_server, browser):
    context = browser.new_context(service_workers="block")
    page = sign_in(context, live_server)
    troubles = troubles_of(page)
    for path in admin_pages(demo):
        assert page.goto(live_server.url + path).status == 200
    context.close()
    assert troubles == []


def say_long_words(shop, owner):
    """A complaint, a review and a booking whose words have no place to break."""
    word, link = "Wkwk" * 40, "https://contoh.example/" + "a-b_c" * 40
    rina = make_customer(shop, ("Rina" + "a" * 80)[:80])
    order = make_order(shop, rina, number="INV/2026/" + "9" * 31, item=word[:120])
    for _ in range(2):  # the second time: the cause keeps coming
        case = make_complaint(shop, f"{word} {link}", customer=rina, order=order, voice="elsewhere_public").case
        add_note(case, f"{link} @{owner.user.username}", by=owner.user)
        set_theme(case, "product", word[:160], by=owner.user)
    closing.improve(case, by=owner, title=word[:160], due_on=date(2027, 1, 1))
    Review.objects.create(
        shop=shop, text=link, author=word[:80], stars=1, needs_followup=True, content_hash="x", posted_at=MONDAY
    )
    agree(shop, Deal(customer=rina, item=word[:120], price=1, channel="email", hold=timedelta(hours=5)), by=owner.user)


def faults(page, live_server, paths):
    """What is wrong with each page, by path; pages that are in order are left out."""
    troubles, found = troubles_of(page), {}
    for path in paths:
        status = page.goto(live_server.url + path).status
        wrong = [f"status {status}"] if status != 200 else []
        wrong += violations(page) + troubles + (["scrolls sideways"] if too_wide(page) else [])
        troubles.clear()
        if wrong:
            found[path] = wrong
    return found
