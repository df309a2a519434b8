"""The only doors to complaints in a view: 404 for outsiders, 403 for viewers who want to write."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from cases.access import of_reachable_cases, of_visible_cases
from complaints.models import Complaint
from playbooks.queries import with_live
from shops.access import ShopRequest
from shops.models import Member


def visible_complaints(member: Member) -> QuerySet[Complaint]:
    """Complaints whose case this member may see."""
    return of_visible_cases(Complaint.objects.filter(shop=member.shop), member)


def get_complaint(request: ShopRequest, code: str) -> Complaint:
    """A complaint of the current shop with everything its page shows of it, its live treatment too, or 404."""
    rows = of_reachable_cases(Complaint.objects.filter(shop=request.shop), request.member)
    rows = with_live(rows.select_related("case__customer", "case__order"), to_case="case__")
    complaint = get_object_or_404(rows, case__code=code)
    complaint.shop = complaint.case.shop = request.shop
    return complaint


def get_editable_complaint(request: ShopRequest, code: str) -> Complaint:
    """The same, or 403 for viewers."""
    complaint = get_complaint(request, code)
    if not request.member.can_write:
        raise PermissionDenied
    return complaint
