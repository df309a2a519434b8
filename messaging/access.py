"""The only doors to messages in a view."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from cases.access import reachable_cases, visible_cases
from cases.models import Case
from messaging.enums import Direction
from messaging.models import Message
from shops.access import ShopRequest
from shops.models import Member


def visible_messages(member: Member) -> QuerySet[Message]:
    """Outgoing messages of cases this member may see."""
    return messages_of(member, visible_cases(member))


def messages_of(member: Member, cases: QuerySet[Case]) -> QuerySet[Message]:
    """Outgoing messages of these cases, and those that belong to none."""
    rows = Message.objects.filter(shop=member.shop, direction=Direction.OUT)
    if member.role == "staff":
        rows = rows.filter(Q(case=None) | Q(case__in=cases))
    return rows


def get_message(request: ShopRequest, pk: int) -> Message:
    """An outgoing message of the current shop, or 404."""
    rows = messages_of(request.member, reachable_cases(request.member))
    rows = rows.select_related("case__customer", "customer", "contact_point", "shop")
    return get_object_or_404(rows, pk=pk)
