"""Addresses of cases' pages: each kind has its own room."""

from __future__ import annotations

from django.urls import reverse

from cases.enums import Kind
from cases.models import Case

ROOMS = {Kind.COMPLAINT: "complaints", Kind.REVIEW: "reviews", Kind.BOOKING: "bookings"}


ANSWERED_AT_HOME = {Kind.BOOKING}  # an answer does more there than it does on other cases


def answer_url(case: Case) -> str:
    """Where an answer to this case is noted, "" where the form for messages does that itself."""
    return reverse(f"{ROOMS[Kind(case.kind)]}:reply", args=[case.code]) if case.kind in ANSWERED_AT_HOME else ""


def url_of(kind: str, code: str) -> str:
    """The staff page of the case of this kind and code."""
    return reverse(f"{ROOMS[Kind(kind)]}:detail", args=[code])


def case_url(case: Case) -> str:
    """The staff page of a case."""
    return url_of(case.kind, case.code)
