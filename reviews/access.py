"""The only doors to reviews in a view: 404 for outsiders, 403 for viewers who want to write."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from cases.access import reachable_cases, visible_cases
from cases.models import Case
from reviews.models import ImportRun, Review
from shops.access import ShopRequest
from shops.models import Member

SHOWN = "case__shop", "case__customer", "case__order", "customer", "order", "shop"


def visible_reviews(member: Member) -> QuerySet[Review]:
    """Reviews of the shop; staff do not see those whose case is somebody else's."""
    return reviews_of(member, visible_cases(member))


def reviews_of(member: Member, cases: QuerySet[Case]) -> QuerySet[Review]:
    """Reviews with these cases, and those without one."""
    reviews = Review.objects.filter(shop=member.shop)
    if member.role == "staff":
        reviews = reviews.filter(Q(case=None) | Q(case__in=cases))
    return reviews


def reachable_reviews(member: Member) -> QuerySet[Review]:
    """What a link may open, with everything a review's page shows."""
    return reviews_of(member, reachable_cases(member)).select_related(*SHOWN)


def get_review(request: ShopRequest, pk: int) -> Review:
    """A review of the current shop that this member may see, or 404."""
    return get_object_or_404(reachable_reviews(request.member), pk=pk)


def get_review_of_case(request: ShopRequest, code: str) -> Review:
    """The review of a case this member may see, or 404."""
    return get_object_or_404(reachable_reviews(request.member), case__code=code)


def get_editable_review(request: ShopRequest, pk: int) -> Review:
    """A review, or 403 for viewers."""
    review = get_review(request, pk)
    if not request.member.can_write:
        raise PermissionDenied
    return review


def get_import(request: ShopRequest, pk: int) -> ImportRun:
    """An import of the current shop, or 404."""
    return get_object_or_404(ImportRun.objects.select_related("shop"), shop=request.shop, pk=pk)
