"""The only doors to steps in a view: the case decides who may see them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cases.access import reachable_cases
from playbooks.models import Remedy, TreatmentStep
from shops.access import ShopRequest


def get_step(request: ShopRequest, pk: int) -> TreatmentStep:
    """A step of a case this member may see and change: 404 for outsiders, 403 for viewers."""
    steps = TreatmentStep.objects.select_related(
        "treatment__case", "case__shop", "case__customer", "case__order", "message"
    )
    step = get_object_or_404(steps, pk=pk, shop=request.shop, case__in=reachable_cases(request.member))
    if not request.member.can_write:
        raise PermissionDenied
    return step


def get_remedy(request: ShopRequest, pk: int) -> Remedy:
    """A remedy of a case this member may see and change: 404 for outsiders, 403 for viewers."""
    remedies = Remedy.objects.select_related("case__shop", "case__customer", "case__order", "promise")
    remedy = get_object_or_404(remedies, pk=pk, shop=request.shop, case__in=reachable_cases(request.member))
    if not request.member.can_write:
        raise PermissionDenied
    return remedy
