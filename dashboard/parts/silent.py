"""Those who say nothing: orders that surely failed without a word to us, and regulars long past their usual time."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.models import Complaint
from dashboard.measures import buyers, delivery, mix
from dashboard.measures.mix import Iceberg
from dashboard.measures.scope import Scope
from dashboard.measures.shown import Block, Line, grouped, share_figure
from playbooks.enums import Voice
from reviews.models import Review
from shops.models import Order

SHOWN = 10


def blocks(scope: Scope) -> list[Block]:
    """The page of silent customers."""
    known = delivery.known_failures(scope)
    told, elsewhere = spoken(known)
    return [iceberg(mix.iceberg(known, told, elsewhere), unheard(known - told - elsewhere)), quiet(scope)]


def spoken(known: Collection[int]) -> tuple[set[int], set[int]]:
    """Of these orders, those we were told of, and those spoken of elsewhere or reviewed with four stars or fewer."""
    told: set[int] = set()
    elsewhere: set[int] = set()
    for order, voice in Complaint.objects.filter(case__order__in=known).values_list("case__order", "voice"):
        if order is not None and voice != Voice.SILENT:
            (told if voice == Voice.TO_SHOP else elsewhere).add(order)
    reviewed = Review.objects.filter(order__in=known, stars__lte=4).values_list("order", flat=True)
    return told, elsewhere | {order for order in reviewed if order}


def unheard(orders: Collection[int]) -> QuerySet[Order]:
    """The newest of these orders, with whom they belong to."""
    rows = Order.objects.filter(pk__in=orders, customer__erased_at=None).exclude(customer=None)
    return rows.select_related("customer").order_by("-placed_at")[:SHOWN]


def iceberg(found: Iceberg, orders: QuerySet[Order]) -> Block:
    """Who told us, who spoke elsewhere, who said nothing, of the orders that surely failed."""
    figures = (
        share_figure("voiced", _("Told us, of orders that surely failed"), found.voiced, "orders", factor_words(found)),
        share_figure(
            "elsewhere", _("Spoke elsewhere"), found.elsewhere, "orders", _("At least: we only see what we log.")
        ),
        share_figure("silent", _("Said nothing"), found.silent, "orders"),
    )
    lines = tuple(
        Line(order.customer.name, order.number, reverse("shops:customer", args=[order.customer.code]))
        for order in orders
        if order.customer
    )
    return Block(
        "iceberg",
        _("Who says nothing?"),
        _("Orders late by two days, packed wrongly or cancelled by us, after 14 days. Below: who has said nothing."),
        figures,
        lines=lines,
    )


def factor_words(found: Iceberg) -> str:
    """For one who tells us, so many have the failure."""
    factor = found.factor
    if factor is None:
        return ""
    return _("For each one who tells us, %(point)s have it (%(low)s to %(high)s).") % {
        "point": grouped(factor.point, 1),
        "low": grouped(factor.low, 1),
        "high": grouped(factor.high, 1),
    }


def quiet(scope: Scope) -> Block:
    """Regulars long past their usual time."""
    lines = tuple(
        Line(
            customer.name,
            _("usually every %(gap)d days, last on %(day)s")
            % {"gap": gap, "day": f"{at.astimezone(scope.shop.tz):%Y-%m-%d}"},
            reverse("shops:customer", args=[customer.code]),
        )
        for customer, at, gap in buyers.overdue_reorders(scope, SHOWN)
    )
    intro = _("Regular customers who are past twice their usual time. Not a list to advertise to.")
    return Block("quiet", _("Gone quiet"), intro, lines=lines)
