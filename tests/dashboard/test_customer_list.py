"""The list of customers: constant cost, filters, search, sorts, files, and who may see it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions import assign
from cases.models import Case
from shops.actions import heard_from
from shops.models import Customer
from tests.factories import MONDAY, make_complaint, make_customer, make_order

LIST = 7  # session, user, member, customers, addresses, saved views, heartbeat
DAY = timedelta(days=1)


def names(client, **params):
    return [customer.name for customer in client.get(reverse("shops:customers"), params).context["rows"]]


@pytest.mark.parametrize("number", [1, 3, 50])
def test_list_costs_the_same_at_any_length(shop, ayu, as_, django_assert_num_queries, number):
    for n in range(number):
        make_order(shop, make_customer(shop, f"Rina {n}", phone=f"0812000{n:05d}"))
    client = as_(ayu)
    with django_assert_num_queries(LIST):
        assert len(client.get(reverse("shops:customers")).context["rows"]) == number


def test_list_is_by_name_in_pages(shop, ayu, as_):
    Customer.objects.bulk_create(Customer(shop=shop, name=f"N{n:03d}") for n in range(120))
    client, url, found = as_(ayu), reverse("shops:customers"), []
    for _page in range(3):
        response = client.get(url)
        found += [customer.name for customer in response.context["rows"]]
        url = reverse("shops:customers") + response.context["next_url"]
    assert found == [f"N{n:03d}" for n in range(120)]


@pytest.fixture
def three(shop):
    """Ani: wrote long ago. Budi: never wrote. Citra: wrote last, known longest."""
    for name, wrote, came in (("Ani", -9, -20), ("Budi", None, -10), ("Citra", -1, -30)):
        customer = make_customer(shop, name, created_at=MONDAY + came * DAY)
        if wrote:
            heard_from(customer, "whatsapp", MONDAY + wrote * DAY)


@pytest.mark.parametrize(
    ("sort", "order"), [("", "ABC"), ("name", "ABC"), ("wrote", "CAB"), ("newest", "BAC"), ("nonsense", "ABC")]
)
def test_list_is_sorted_as_asked(three, ayu, as_, sort, order):
    assert [name[0] for name in names(as_(ayu), sort=sort)] == list(order)


def test_older_words_move_nobody_down(three):
    citra = Customer.objects.get(name="Citra")
    heard_from(citra, "email", MONDAY - 40 * DAY)
    citra.refresh_from_db()
    assert citra.heard_at == MONDAY - DAY


@pytest.mark.parametrize(
    "text", ["sari", "SAR", "wati sari", "0812-0000", "+62 812 0000 1111", "628120000", "sari@exa", "08120000"]
)
def test_customer_is_found_by_name_number_and_email(shop, ayu, as_, text):
    make_customer(shop, "Sari Wati", email="sari@example.com", phone="081200001111")
    make_customer(shop, "Other", phone="081399998888")
    assert names(as_(ayu), q=text) == ["Sari Wati"]


@pytest.mark.parametrize("text", ["hilang", "sari hilang", "%%%", "__", "'; --", "🌱🌱"])
def test_nobody_found_is_no_error(shop, ayu, as_, text):
    make_customer(shop, "Sari")
    assert names(as_(ayu), q=text) == []


@pytest.mark.parametrize("query", ["at=garbage", "q=%00%00", "sort=%00&open=x", "format=pdf", "q=s"])
def test_list_bears_a_mangled_link(shop, ayu, as_, query):
    make_customer(shop, "Sari")
    assert as_(ayu).get(reverse("shops:customers") + "?" + query).status_code == 200


def test_erased_and_foreign_customers_are_not_listed(shop, ayu, citra, as_):
    make_customer(shop, "Gone", erased_at=MONDAY)
    make_customer(citra.shop, "Gone too")
    client = as_(ayu)
    assert names(client) == names(client, q="gone") == []


@pytest.mark.parametrize(
    ("chip", "found"), [("open", ["Ani"]), ("again", ["Budi"]), ("reseller", ["Citra"]), ("stopped", ["Dewi"])]
)
def test_list_filters(shop, ayu, as_, chip, found):
    ani, budi = make_customer(shop, "Ani"), make_customer(shop, "Budi")
    make_customer(shop, "Citra", reseller="reseller")
    make_customer(shop, "Dewi", no_reminders=True)
    make_complaint(shop, customer=ani)
    case = make_complaint(shop, customer=budi).case
    Case.objects.filter(pk=case.pk).update(is_repeat=True, state="confirmed", ended_at=MONDAY)
    assert names(as_(ayu), **{chip: "on"}) == found


def test_staff_count_and_filter_only_the_cases_they_see(shop, ayu, budi, as_):
    ani = make_customer(shop, "Ani")
    assign(make_complaint(shop, customer=ani).case, ayu, by=ayu.user)
    client = as_(budi)
    assert client.get(reverse("shops:customers")).context["rows"][0].n_cases == 0
    assert names(client, open="on") == []


def test_export_is_what_is_shown_and_starts_no_formula(shop, ayu, as_):
    make_order(shop, make_customer(shop, "=1+1", email="rina@example.com"))
    make_customer(shop, "Sari")
    body = b"".join(as_(ayu).get(reverse("shops:customers") + "?q=1%2B1&format=csv").streaming_content).decode()
    assert "'=1+1,email: rina@example.com" in body
    assert "Sari" not in body


def test_export_as_excel_opens(three, vera, as_):
    assert b"".join(as_(vera).get(reverse("shops:customers") + "?format=xlsx").streaming_content).startswith(b"PK")


@pytest.mark.parametrize("name", ["customers", "orders"])
def test_stranger_is_sent_to_login(client, db, name):
    assert client.get(reverse(f"shops:{name}")).headers["Location"].startswith(reverse("login"))
