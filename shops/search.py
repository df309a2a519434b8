"""Finding rows by parts of words: every word of the query is in one of the columns. Trigrams make it quick.

PostgreSQL: trigram indexes behind LIKE. SQLite: FTS5 with trigrams (`shops.full_text`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet

from shops import full_text
from shops.models import ContactPoint, Customer, Order, Shop

MIN_LETTERS = 2
MOST_WORDS = 8
LONGEST = 100  # letters, as the search field takes them


def words_of(text: str) -> list[str]:
    """The words to look for; none for too short a text."""
    words = sayable(text).split()[:MOST_WORDS]
    return words if any(len(word) >= MIN_LETTERS for word in words) else []


def sayable(text: str) -> str:
    """The text without what a database cannot take (NUL, halves of letters), and no longer than LONGEST."""
    return text[:LONGEST].replace("\x00", "").encode("utf-8", "ignore").decode()


def is_too_short(text: str) -> bool:
    """True where something was typed, but too little to look for."""
    return bool(text.strip()) and not words_of(text)


def holding(model: type[Model], words: list[str], *columns: str) -> Q:
    """Rows of the model that have every word in one of these columns of their own table."""
    quick = [word for word in words if len(word) >= full_text.MIN_LETTERS] if connection.vendor == "sqlite" else []
    found = Q(pk__in=full_text.keys(model._meta.db_table, quick, *columns)) if quick else Q()
    for word in words:
        if word not in quick:
            found &= in_one_of(columns, word)
    return found


def in_one_of(columns: Iterable[str], word: str) -> Q:
    """Rows that have the word in one of the columns."""
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": word})
    return found


def address_of(text: str) -> str:
    """The query as a part of a stored address: numbers are kept as digits with the country's code first."""
    plain = sayable(text).strip()
    digits = "".join(char for char in plain if char.isdigit())
    return digits.removeprefix("0") if digits and not plain.strip("0123456789 +-().") else plain


def customers(shop: Shop, text: str) -> QuerySet[Customer]:
    """Customers whose name or address has the text; nobody for too short a text. Erased people are not found."""
    words = words_of(text)
    if not words:
        return Customer.objects.none()
    named = Customer.objects.filter(holding(Customer, words, "name"), shop=shop).values("pk")
    # A union of two index searches: with OR over two tables PostgreSQL would read them whole.
    return Customer.objects.filter(pk__in=named.union(reached(shop, address_of(text))), erased_at=None)


def reached(shop: Shop, address: str) -> QuerySet[ContactPoint, Any]:
    """Keys of the customers with this part of an address; nobody for too short a part ("0-" leaves none)."""
    if len(address) < MIN_LETTERS:
        return ContactPoint.objects.none().values("customer")
    return ContactPoint.objects.filter(holding(ContactPoint, [address], "address"), shop=shop).values("customer")


def orders(shop: Shop, text: str) -> QuerySet[Order]:
    """Orders whose number, item or customer has the text; none for too short a text."""
    words = words_of(text.strip().lstrip("#"))
    if not words:
        return Order.objects.none()
    own = Order.objects.filter(holding(Order, words, "number", "item"), shop=shop).values("pk")
    people = Customer.objects.filter(holding(Customer, words, "name"), shop=shop).values("pk")
    theirs = Order.objects.filter(customer__in=people).values("pk")
    return Order.objects.filter(pk__in=own.union(theirs))
