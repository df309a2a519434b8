"""What a customer would like next time, kept from their reviews and suggested on their next order (S4-05).

Customer.wishes is a flat mapping of plain words, so that people can read and mend it on the customer's page:
{"courier": "SiCepat", "not courier": "JNE", "size": "XL", "packing": "...", "other": "..."}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shops.models import Customer

COURIER, NOT_COURIER, SIZE = "courier", "not courier", "size"
ANY_OTHER = "?"  # another courier, whichever


def keep_wishes(customer: Customer, wishes: Iterable[Mapping[str, Any]]) -> None:
    """Add wishes (kind, value, text, avoid) to the customer's; a newer one of the same kind takes its place."""
    fresh = {key_of(wish): value_of(wish) for wish in wishes}
    with transaction.atomic():
        locked = Customer.objects.select_for_update().get(pk=customer.pk)
        customer.wishes = {**(locked.wishes or {}), **fresh}
        if fresh:
            Customer.objects.filter(pk=customer.pk).update(wishes=customer.wishes)


def key_of(wish: Mapping[str, Any]) -> str:
    """Under which word a wish is kept."""
    return NOT_COURIER if wish.get("avoid") else str(wish.get("kind") or "other")


def value_of(wish: Mapping[str, Any]) -> str:
    """What is kept of a wish: the courier or size named, else the customer's words."""
    if wish.get("kind") == COURIER:
        return str(wish.get("value") or ANY_OTHER)
    return str(wish.get("value") or wish.get("text") or "")


def other_courier(customer: Customer | None) -> bool:
    """True where the customer asked for another courier."""
    return bool(customer and {COURIER, NOT_COURIER} & set(customer.wishes or {}))


def suggestions(customer: Customer | None) -> list[str]:
    """What to think of on this customer's next order, in words."""
    wishes = (customer.wishes or {}) if customer else {}
    return [in_words(str(key), str(value)) for key, value in wishes.items()]


def words_of(wish: Mapping[str, Any]) -> str:
    """One wish of a review in the reader's language."""
    return in_words(key_of(wish), value_of(wish))


def in_words(key: str, value: str) -> str:
    """A kept wish in the reader's language; what people typed themselves stays as it is."""
    match key:
        case "courier":
            return _("Offer another courier") if value == ANY_OTHER else _("Send with %(courier)s") % {"courier": value}
        case "not courier":
            return _("Not with %(courier)s") % {"courier": value}
        case "size":
            return _("Size %(size)s") % {"size": value}
        case "packing" | "other":
            return f"“{value}”"
    return f"{key}: {value}"
