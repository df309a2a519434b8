"""What a customer would like next time, kept from their reviews and suggested on their next order (S4-05)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shops.models import Customer

MOST = 20


def keep_wishes(customer: Customer, wishes: Iterable[Mapping[str, Any]], *, said_on: str) -> int:
    """Add wishes (kind, value, text, avoid) to the customer's; the same wish is kept once, the newest first."""
    with transaction.atomic():
        locked = Customer.objects.select_for_update().get(pk=customer.pk)
        kept = list((locked.wishes or {}).get("said", []))
        fresh = [{**wish, "on": said_on} for wish in wishes if not any(same(wish, old) for old in kept)]
        customer.wishes = {**(locked.wishes or {}), "said": [*fresh, *kept][:MOST]}
        if fresh:
            Customer.objects.filter(pk=customer.pk).update(wishes=customer.wishes)
    return len(fresh)


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """The same wish: same kind, value and direction; wishes without a value are compared by their words."""
    keys = ("kind", "value", "avoid") if one.get("value") else ("kind", "text")
    return all(one.get(key) == other.get(key) for key in keys)


def other_courier(customer: Customer | None) -> bool:
    """True where the customer asked for another courier."""
    return any(wish.get("kind") == "courier" for wish in said(customer))


def said(customer: Customer | None) -> list[dict[str, Any]]:
    """The customer's wishes, newest first."""
    return list((customer.wishes or {}).get("said", [])) if customer else []


def suggestions(customer: Customer | None) -> list[str]:
    """What to think of on this customer's next order, in words."""
    return [words_of(wish) for wish in said(customer)]


def words_of(wish: Mapping[str, Any]) -> str:
    """One wish in the reader's language."""
    value = str(wish.get("value") or "")
    if wish.get("kind") == "courier" and value:
        return (
            _("Not with %(courier)s") % {"courier": value}
            if wish.get("avoid")
            else _("Send with %(courier)s") % {"courier": value}
        )
    if wish.get("kind") == "courier":
        return _("Offer another courier")
    if wish.get("kind") == "size" and value:
        return _("Size %(size)s") % {"size": value}
    return f"“{wish.get('text', '')}”"
