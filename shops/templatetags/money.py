"""Amounts as Indonesians write them, in Python and as `{{ order.total|rupiah }}`."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def rupiah(amount: int) -> str:
    """185000 -> "Rp185.000", whatever the page's language."""
    return "Rp" + f"{amount:,}".replace(",", ".")
