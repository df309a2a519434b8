"""Reads of the shop's books."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from shops.enums import Channel, Standing
from shops.models import Customer, Shop

LOYAL_ORDERS, LOYAL_DAYS = 3, 365


def standing_of(customer: Customer | None, now: datetime) -> str:
    """What the customer is to the shop now; loyal means three paid orders in 365 days (domain.md 0.4)."""
    if customer is None:
        return Standing.PROSPECT
    if customer.reseller:
        return customer.reseller
    paid_at = customer.orders.filter(paid_at__isnull=False).order_by("-paid_at").values_list("paid_at", flat=True)
    paid = [at for at in paid_at[:LOYAL_ORDERS] if at]
    if len(paid) >= LOYAL_ORDERS and paid[-1] >= now - timedelta(days=LOYAL_DAYS):
        return Standing.LOYAL
    return [Standing.PROSPECT, Standing.FIRST_ORDER, Standing.RETURNING][min(len(paid), 2)]


def channel_choices(shop: Shop) -> list[tuple[Any, Any]]:
    """The shop's own channels first, in its order; the rest as a group of their own."""
    labels = dict(Channel.choices)
    own = [(value, labels[value]) for value in shop.channels if value in labels]
    rest = [choice for choice in Channel.choices if choice not in own]
    return [*own, (_("Other channels"), rest)] if own and rest else own or rest
