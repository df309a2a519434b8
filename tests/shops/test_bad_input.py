"""What no person types still gets an answer: nothing is lost, nothing becomes a 500."""

import pytest
from django.urls import reverse

from cases.models import Case
from shops.access import key_of
from tests.factories import make_complaint, make_customer


@pytest.mark.parametrize(
    ("text", "key"), [("12", 12), ("", 0), ("1.234", 0), ("-1", 0), ("²", 0), ("٣", 0), ("9" * 40, 0), ("1\0", 0)]
)
def test_key_of_a_row_is_a_plain_number_or_none(text, key):
    assert key_of(text) == key


def test_null_characters_are_left_out_and_the_words_kept(shop, budi, as_):
    as_(budi).post(reverse("complaints:new"), {
        "text": "tasnya\0 sobek", "channel": "email", "customer": "Ri\0na", "address": "", "blame": "shop",
    })  # fmt: skip
    case = Case.objects.select_related("complaint", "customer").get()
    assert (case.complaint.text, case.customer.name) == ("tasnya sobek", "Rina")


@pytest.mark.parametrize("place", ["complaints:list", "reviews:list", "shops:customers", "shops:orders"])
def test_null_characters_in_an_address_are_left_out(shop, budi, as_, place):
    assert as_(budi).get(reverse(place), {"q": "\0sobek", "\0": "x"}).status_code == 200


@pytest.mark.parametrize("path", ["/complaints/%00/", "/s/%00/", "/orders/show/%00/"])
def test_path_with_a_null_character_leads_nowhere(shop, budi, as_, path):
    assert as_(budi).get(path).status_code == 404


@pytest.mark.parametrize("member", ["1.234", "abc", "²", "9" * 40])
def test_assigning_to_nobody_known_changes_nothing(shop, ayu, budi, as_, member):
    case = make_complaint(shop).case
    Case.objects.update(assignee=budi)
    assert as_(ayu).post(reverse("cases:assign", args=[case.code]), {"member": member}).status_code == 404
    data = {"code": [case.code], "action": "assign", "member": member}
    assert as_(ayu).post(reverse("complaints:bulk"), data).status_code == 404
    case.refresh_from_db()
    assert case.assignee == budi


@pytest.mark.parametrize(
    "place", ["9" * 40, "dashboard:today", "//evil.example", "https://evil.example/", "javascript:x", "\0"]
)
def test_only_a_path_of_ours_is_gone_back_to(shop, budi, as_, place):
    rina = make_customer(shop)
    answer = as_(budi).post(reverse("messaging:stop", args=[rina.code]), {"next": place})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("messaging:outbox"))


def test_the_page_a_button_stood_on_is_gone_back_to(shop, budi, as_):
    answer = as_(budi).post(reverse("messaging:stop", args=[make_customer(shop).code]), {"next": "/complaints/?q=1"})
    assert answer.headers["Location"] == "/complaints/?q=1"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2099-01-01", "besok"])
def test_review_of_an_impossible_day_is_refused_beside_its_field(shop, budi, as_, day):
    answer = as_(budi).post(
        reverse("reviews:new"), {"text": "kapok", "stars": "1", "platform": "shopee", "posted_at": day}
    )
    assert answer.status_code == 422
    assert "posted_at" in answer.context["form"].errors
