"""What customers see without an account."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from cases.models import Case
from complaints import public
from complaints.actions import set_finding
from tests.factories import make_complaint, make_customer, make_order

FORM = {"text": "tasnya sobek", "name": "Tamu", "contact": "tamu@example.org"}


@pytest.fixture(autouse=True)
def fresh_counter():
    cache.clear()


def status_url(case, name="status"):
    return reverse(name, args=[case.shop.slug, case.token])


def test_page_takes_a_complaint_and_gives_the_customer_their_page(shop, client):
    response = client.post(reverse("public", args=[shop.slug]), FORM)
    assert response.headers["Location"] == status_url(Case.objects.get())


@pytest.mark.parametrize("change", [{"text": ""}, {"name": ""}, {"contact": "12"}, {"contact": "not@mail"}])
def test_page_says_what_is_wrong(shop, client, change):
    assert client.post(reverse("public", args=[shop.slug]), {**FORM, **change}).status_code == 422
    assert not Case.objects.exists()


def test_order_of_somebody_else_is_not_opened(shop, client):
    make_order(shop, make_customer(shop, "Rina"), number="77")
    client.post(reverse("public", args=[shop.slug]), {**FORM, "order": "77"})
    assert Case.objects.get().order is None


def test_too_many_from_one_address_are_turned_to_another_way(shop, client, monkeypatch):
    monkeypatch.setattr(public, "PER_HOUR", 1)
    codes = [client.post(reverse("public", args=[shop.slug]), FORM).status_code for _ in range(2)]
    assert codes == [302, 429]


def test_customer_page_never_shows_finding_or_blame(shop, ayu, client):
    complaint = make_complaint(shop)
    set_finding(complaint, "customer", "label says so", by=ayu.user)
    body = client.get(status_url(complaint.case)).content.decode()
    assert "label says so" not in body
    assert "They blame" not in body


def test_wrong_token_is_not_found(shop, client):
    make_complaint(shop)
    assert client.get(reverse("status", args=[shop.slug, "wrong"])).status_code == 404


def test_customer_confirms_what_the_shop_resolved(shop, client):
    case = make_complaint(shop).case
    Case.objects.filter(pk=case.pk).update(state="resolved")
    client.post(status_url(case, "confirm"), {"answer": "yes"})
    case.refresh_from_db()
    assert case.state == "confirmed"


def test_customer_can_not_confirm_what_is_not_resolved(shop, client):
    case = make_complaint(shop).case
    client.post(status_url(case, "confirm"), {"answer": "yes"})
    case.refresh_from_db()
    assert case.state != "confirmed"


def test_not_yet_takes_the_case_up_again(shop, client):
    case = make_complaint(shop).case
    Case.objects.filter(pk=case.pk).update(state="resolved")
    client.post(status_url(case, "confirm"), {"answer": "no"})
    case.refresh_from_db()
    assert case.state == "reopened"


def test_customer_writes_again(shop, client):
    case = make_complaint(shop).case
    client.post(status_url(case, "talk_back"), {"text": "kapan ya?"})
    assert case.messages.filter(direction="in", body="kapan ya?").exists()
