"""Every page in a real browser, light and dark, phone and desk: accessible, fitting, without console errors."""

import pytest

from tests.browser.driving import sign_in, too_wide, troubles_of, violations
from tests.browser.places import admin_pages, public_pages, staff_pages

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


def test_admin_pages_keep_to_the_content_policy(demo, live_server, browser):
    context = browser.new_context(service_workers="block")
    page = sign_in(context, live_server)
    troubles = troubles_of(page)
    for path in admin_pages(demo):
        assert page.goto(live_server.url + path).status == 200
    context.close()
    assert troubles == []


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
