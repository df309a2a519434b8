"""Finding rows by parts of words: every word of the query is in one of the columns. PostgreSQL has trigrams for it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from shops.models import ContactPoint, Customer, Order, Shop

MIN_LETTERS = 2
MOST_WORDS = 8


def words_of(text: str) -> list[str]:
    """The words to look for; none for too short a query."""
    words = text.replace("\x00", "").split()[:MOST_WORDS]
    return words if any(len(word) >= MIN_LETTERS for word in words) else []


def is_too_short(text: str) -> bool:
    """True where something was typed, but too little to look for."""
    return bool(text.strip()) and not words_of(text)


def holding(words: list[str], *columns: str) -> Q:
    """Rows that have every word in one of these columns of their own table."""
    found = Q()
    for word in words:
        in_one = Q()
        for column in columns:
            in_one |= Q(**{f"{column}__icontains": word})
        found &= in_one
    return found


def address_of(text: str) -> str:
    """The query as a part of a stored address: numbers are kept as digits with the country's code first."""
    plain = text.strip()
    digits = "".join(char for char in plain if char.isdigit())
    return digits.removeprefix("0") if digits and not plain.strip("0123456789 +-().") else plain


def customers(shop: Shop, text: str) -> QuerySet[Customer]:
    """Customers whose name or address has the text; nobody for too short a text. Erased people are not found."""
    words = words_of(text)
    if not words:
        return Customer.objects.none()
    named = Customer.objects.filter(holding(words, "name"), shop=shop).values("pk")
    reached = ContactPoint.objects.filter(shop=shop, address__icontains=address_of(text)).values("customer")
    # A union of two index searches: with OR over two tables PostgreSQL would read them whole.
    return Customer.objects.filter(pk__in=named.union(reached), erased_at=None)


def orders(shop: Shop, text: str) -> QuerySet[Order]:
    """Orders whose number, item or customer has the text; none for too short a text."""
    words = words_of(text.strip().lstrip("#"))
    if not words:
        return Order.objects.none()
    own = Order.objects.filter(holding(words, "number", "item"), shop=shop).values("pk")
    people = Customer.objects.filter(holding(words, "name"), shop=shop).values("pk")
    theirs = Order.objects.filter(customer__in=people).values("pk")
    return Order.objects.filter(pk__in=own.union(theirs))
