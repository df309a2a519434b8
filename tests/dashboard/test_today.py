"""Today: who sees what, and that it costs the same with one case and with many."""

import pytest
from django.urls import reverse

from tests.factories import make_complaint, make_customer

TODAY = 12  # session, user, member, seven queries for eight lanes, why, heartbeat


@pytest.mark.parametrize("cases", [1, 3, 50])
def test_today_costs_the_same_at_any_length(shop, ayu, as_, django_assert_num_queries, cases):
    for number in range(cases):
        make_complaint(shop, f"tasnya sobek nomor {number}", customer=make_customer(shop, f"Rina {number}"))
    client = as_(ayu)
    with django_assert_num_queries(TODAY):
        assert client.get(reverse("dashboard:today")).status_code == 200


def test_today_is_all_clear_without_cases(shop, ayu, as_):
    assert b"All clear" in as_(ayu).get(reverse("dashboard:today")).content


def test_stranger_is_sent_to_login(client, db):
    assert client.get(reverse("dashboard:today")).headers["Location"].startswith(reverse("login"))


def test_outsider_sees_nothing_of_the_shop(shop, citra, as_):
    make_complaint(shop, "tasnya sobek")
    assert b"tasnya sobek" not in as_(citra).get(reverse("dashboard:today")).content
