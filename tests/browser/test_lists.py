"""Lists with filters, views and sorts on, in a real browser: accessible, fitting, and whole without JavaScript."""

import pytest

from cases.models import SavedView
from reviews.models import Review
from shops.models import Member
from tests.browser.driving import sign_in
from tests.browser.test_pages import LOOKS, faults

PATHS = [
    "/complaints/?blame=shop&sort=due",
    "/complaints/?failure=late&q=paket",
    "/complaints/?q=zzzz",
    "/reviews/?show=all&sort=stars",
    "/bookings/?ended=1",
    "/bookings/?q=zzzz",
    "/customers/?open=on&sort=wrote",
    "/orders/?late=on&sort=value",
    "/orders/?q=x",
]


def keep_views(shop):
    """Three saved views, one of them shown by the first path."""
    ayu = Member.objects.get(shop=shop, user__username="ayu")
    for member, page, name, query in (
        (ayu, "complaints", "Toko, segera", "blame=shop&sort=due"),
        (None, "complaints", "Semua yang terbuka dan masih perlu dibalas", "state=open"),
        (ayu, "customers", "Perlu disapa", "open=on&sort=wrote"),
    ):
        SavedView.objects.create(shop=shop, member=member, page=page, name=name, query=query)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_narrowed_lists_are_accessible_and_fit(demo, live_server, browser, width, scheme):
    keep_views(demo)
    look = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    context = browser.new_context(**look, service_workers="block")
    found = faults(sign_in(context, live_server), live_server, PATHS)
    context.close()
    assert found == {}


def test_lists_work_without_javascript(demo, live_server, browser):
    """Sort, filter, keep a view, set reviews aside and take it back."""
    context = browser.new_context(java_script_enabled=False, locale="en", service_workers="block")
    page = sign_in(context, live_server)
    waiting = Review.objects.filter(no_follow_up="", needs_followup=True).count()
    page.goto(live_server.url + "/reviews/")
    page.locator("nav.sorts a").last.click()
    page.locator("summary").filter(has_text="view").or_(page.locator("summary").filter(has_text="tampilan")).click()
    page.fill("#view-name", "Bintang sedikit")
    page.locator("form[action$='/views/reviews/save/'] button").click()
    assert page.locator(".chip[aria-current]", has_text="Bintang sedikit").is_visible()
    page.locator("input[name=pk]").first.check()
    page.locator("form[action$='/reviews/bulk/'] fieldset button").first.click()
    assert Review.objects.filter(no_follow_up="", needs_followup=True).count() == waiting - 1
    page.locator("form[action$='/reviews/bulk/undo/'] button").click()
    assert Review.objects.filter(no_follow_up="", needs_followup=True).count() == waiting
    context.close()
