"""The only doors to cases in a view: 404 for outsiders, 403 for members without the right."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404

from cases.models import Attachment, Case, Note
from shops.access import ShopRequest
from shops.enums import Role
from shops.models import Member

M = TypeVar("M", bound=Model)


def visible_cases(member: Member) -> QuerySet[Case]:
    """Owners and viewers see every case of the shop; staff their own and the unassigned."""
    cases = Case.objects.filter(shop=member.shop)
    if member.role == "staff":
        cases = cases.filter(Q(assignee=member) | Q(assignee=None))
    return cases


def reachable_cases(member: Member) -> QuerySet[Case]:
    """What a link may open: also cases a colleague mentioned them in. Lists show visible_cases only."""
    if member.role != "staff":
        return visible_cases(member)
    asked = Note.objects.filter(shop=member.shop, mentions=member).values("case")
    return Case.objects.filter(Q(assignee=member) | Q(assignee=None) | Q(pk__in=asked), shop=member.shop)


def of_visible_cases(rows: QuerySet[M], member: Member) -> QuerySet[M]:
    """Of the shop's rows those whose case the member may see. Owners see all: PostgreSQL need not plan for that."""
    return rows.filter(case__in=visible_cases(member)) if member.role == Role.STAFF else rows


def of_reachable_cases(rows: QuerySet[M], member: Member) -> QuerySet[M]:
    """The same for what a link may open."""
    return rows.filter(case__in=reachable_cases(member)) if member.role == Role.STAFF else rows


def assignable(member: Member) -> list[tuple[int, str]]:
    """Key and user name of everyone the member may give a case to; nobody where they may not write."""
    people = Member.objects.filter(shop=member.shop).order_by("user__username")
    return list(people.values_list("pk", "user__username")) if member.can_write else []


def get_case(request: ShopRequest, code: str) -> Case:
    """A case of the current shop that this member may see, or 404."""
    cases = reachable_cases(request.member).select_related("customer", "order", "assignee__user", "shop")
    return get_object_or_404(cases, code=code)


def get_editable_case(request: ShopRequest, code: str) -> Case:
    """The same, or 403 for viewers."""
    case = get_case(request, code)
    if not request.member.can_write:
        raise PermissionDenied
    return case


def get_attachment(request: ShopRequest, code: str) -> Attachment:
    """A file of a case this member may see, or 404."""
    attachment = get_object_or_404(Attachment.objects.select_related("case"), shop=request.shop, code=code)
    get_object_or_404(reachable_cases(request.member), pk=attachment.case_id)
    return attachment
