"""Who a message is from: found again, or kept as somebody new."""

from shops.actions import find_or_add_customer
from shops.models import Customer


def test_a_long_address_stands_in_for_the_name_as_far_as_it_fits(shop):
    address = "a" * 60 + "@" + "b" * 40 + ".example"
    customer = find_or_add_customer(shop, " ", "email", address)
    customer.refresh_from_db()
    assert (customer.name, customer.contact_points.get().address) == (address[:80], address)


def test_the_same_address_is_the_same_customer(shop):
    first = find_or_add_customer(shop, "Rina", "email", "rina@example.com")
    assert find_or_add_customer(shop, "Rina S.", "email", "Rina@Example.com ") == first


def test_a_name_alone_finds_its_customer_unless_erased(shop):
    first = find_or_add_customer(shop, "Rina")
    assert find_or_add_customer(shop, " rina ") == first
    Customer.objects.update(erased_at="2026-11-23T00:00Z")
    assert find_or_add_customer(shop, "Rina") != first
