"""The rows that curves of waiting are made of: when things happened in each complaint of the period."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from dashboard.measures.scope import Scope, cases_in


class CaseRow(NamedTuple):
    """The moments of a complaint; in the order of COLUMNS."""

    opened_at: datetime
    replied_at: datetime | None
    resolved_at: datetime | None
    ended_at: datetime | None
    state: str


COLUMNS = ("opened_at", "first_replied_at", "resolved_at", "ended_at", "state")


def fetch(scope: Scope) -> list[CaseRow]:
    """The period's complaints, oldest first (one query)."""
    return [CaseRow._make(row) for row in cases_in(scope).order_by("opened_at", "pk").values_list(*COLUMNS)]
