"""Addresses of cases' pages: each kind has its own room."""

from __future__ import annotations

from django.urls import reverse

from cases.enums import Kind
from cases.models import Case

ROOMS = {Kind.COMPLAINT: "complaints", Kind.REVIEW: "reviews", Kind.BOOKING: "bookings"}


def case_url(case: Case) -> str:
    """The staff page of a case."""
    return reverse(f"{ROOMS[Kind(case.kind)]}:detail", args=[case.code])
