"""The only doors to complaints in a view: 404 for outsiders, 403 for viewers who want to write."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from cases.access import reachable_cases, visible_cases
from complaints.models import Complaint
from shops.access import ShopRequest
from shops.models import Member


def visible_complaints(member: Member) -> QuerySet[Complaint]:
    """Complaints whose case this member may see."""
    return Complaint.objects.filter(shop=member.shop, case__in=visible_cases(member))


def get_complaint(request: ShopRequest, code: str) -> Complaint:
    """A complaint of the current shop, or 404."""
    complaints = Complaint.objects.filter(shop=request.shop, case__in=reachable_cases(request.member)).select_related(
        "case__shop", "case__customer", "case__order", "case__assignee__user", "incident"
    )
    return get_object_or_404(complaints, case__code=code)


def get_editable_complaint(request: ShopRequest, code: str) -> Complaint:
    """The same, or 403 for viewers."""
    complaint = get_complaint(request, code)
    if not request.member.can_write:
        raise PermissionDenied
    return complaint
