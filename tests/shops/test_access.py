"""Who may open which page of the books: owner, staff, viewer, an outsider, a stranger."""

import pytest
from django.urls import reverse

from shops.models import Invitation
from tests.factories import make_customer, make_order

EVERYBODY, WRITERS, OWNERS = ("ayu", "budi", "vera"), ("ayu", "budi"), ("ayu",)
PAGES = [
    ("customers", [], EVERYBODY),
    ("customer_new", [], WRITERS),
    ("customer", ["CODE"], EVERYBODY),
    ("customer_edit", ["CODE"], WRITERS),
    ("customer_export", ["CODE"], OWNERS),
    ("customer_erase", ["CODE"], OWNERS),
    ("orders", [], EVERYBODY),
    ("order", ["INV/1"], EVERYBODY),
    ("order_new", [], WRITERS),
    ("order_edit", ["INV/1"], WRITERS),
    ("settings_members", [], OWNERS),
    ("settings_days", [], OWNERS),
    ("settings_audit", [], OWNERS),
    ("settings_data", [], OWNERS),
    ("settings_profile", [], EVERYBODY),
    ("import", ["orders"], WRITERS),
    ("import", ["complaints"], WRITERS),
    ("shop_new", [], OWNERS),
]
ACTIONS = [
    ("customer_contact", ["CODE"], WRITERS),
    ("customer_stop", ["CODE"], WRITERS),
    ("customer_allow", ["CODE"], WRITERS),
    ("invite", [], OWNERS),
    ("export", [], OWNERS),
    ("samples", [], OWNERS),
]


@pytest.fixture
def books(shop):
    customer = make_customer(shop, "Rina", code="CODE")
    return make_order(shop, customer, number="INV/1")


@pytest.fixture
def cast(ayu, budi, vera):
    return {"ayu": ayu, "budi": budi, "vera": vera}


@pytest.mark.parametrize(("name", "args", "allowed"), PAGES)
def test_page_opens_for_those_with_the_right(books, cast, as_, name, args, allowed):
    for person, member in cast.items():
        status = as_(member).get(reverse(f"shops:{name}", args=args)).status_code
        assert (person, status) == (person, 200 if person in allowed else 403)


@pytest.mark.parametrize(("name", "args", "allowed"), ACTIONS)
def test_action_is_for_those_with_the_right(books, cast, as_, name, args, allowed):
    for person, member in cast.items():
        response = as_(member).post(reverse(f"shops:{name}", args=args))
        if response.streaming:
            list(response.streaming_content)  # a file is closed by reading it to its end
        assert (person, response.status_code == 403) == (person, person not in allowed)


@pytest.mark.parametrize(("name", "args", "_allowed"), [row for row in PAGES if row[1] in (["CODE"], ["INV/1"])])
def test_outsider_finds_nothing(books, citra, as_, name, args, _allowed):
    assert as_(citra).get(reverse(f"shops:{name}", args=args)).status_code == 404


@pytest.mark.parametrize(("name", "args", "_allowed"), [row for row in ACTIONS if row[1]])
def test_outsider_can_do_nothing(books, citra, as_, name, args, _allowed):
    assert as_(citra).post(reverse(f"shops:{name}", args=args)).status_code == 404


@pytest.mark.parametrize(("name", "args", "_allowed"), PAGES)
def test_stranger_is_sent_to_login(client, db, name, args, _allowed):
    response = client.get(reverse(f"shops:{name}", args=args))
    assert response.headers["Location"].startswith(reverse("login"))


@pytest.mark.parametrize(("name", "args", "_allowed"), ACTIONS)
def test_actions_take_no_get(books, ayu, as_, name, args, _allowed):
    assert as_(ayu).get(reverse(f"shops:{name}", args=args)).status_code == 405


def test_foreign_member_and_invitation_are_not_found(shop, ayu, citra, as_):
    theirs = Invitation.objects.create(shop=citra.shop)
    client = as_(ayu)
    assert client.post(reverse("shops:role", args=[citra.pk]), {"role": "viewer"}).status_code == 404
    assert client.post(reverse("shops:remove", args=[citra.pk])).status_code == 404
    assert client.post(reverse("shops:withdraw", args=[theirs.pk])).status_code == 404


def test_staff_who_open_settings_get_their_own_profile(shop, budi, as_):
    response = as_(budi).get(reverse("shops:settings"))
    assert response.headers["Location"] == reverse("shops:settings_profile")
