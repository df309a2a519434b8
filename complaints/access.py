"""The only doors to complaints in a view: 404 for outsiders, 403 for viewers who want to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from cases.access import of_reachable_cases, of_visible_cases
from complaints.models import Complaint
from messaging.notices import questions_to
from shops.access import ShopRequest
from shops.models import Member

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Asked(TypedDict):
    """What get_complaint adds: a colleague's question about it waits for this member."""

    is_asked: bool


def visible_complaints(member: Member) -> QuerySet[Complaint]:
    """Complaints whose case this member may see."""
    return of_visible_cases(Complaint.objects.filter(shop=member.shop), member)


def get_complaint(request: ShopRequest, code: str) -> WithAnnotations[Complaint, Asked]:
    """A complaint of the current shop with everything its page shows of it, or 404."""
    asked = questions_to(request.member).filter(case=OuterRef("case"))
    rows = Complaint.objects.filter(shop=request.shop).annotate(is_asked=Exists(asked))
    rows = of_reachable_cases(rows, request.member).select_related("case__customer", "case__order", "incident")
    complaint = get_object_or_404(rows, case__code=code)
    complaint.shop = complaint.case.shop = request.shop
    return complaint


def get_editable_complaint(request: ShopRequest, code: str) -> Complaint:
    """The same, or 403 for viewers."""
    complaint = get_complaint(request, code)
    if not request.member.can_write:
        raise PermissionDenied
    return complaint
