"""The rows most measures are made of: one line per complaint, fetched once."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from dashboard.measures.scope import Scope, cases_in


class CaseRow(NamedTuple):
    """What the measures need of a complaint; in the order of COLUMNS."""

    pk: int
    customer: int | None
    order: int | None
    opened_at: datetime
    reply_due_at: datetime | None
    replied_at: datetime | None
    decision_due_at: datetime | None
    decided_at: datetime | None
    legal_due_on: date | None
    resolved_at: datetime | None
    ended_at: datetime | None
    state: str
    reopened: int
    severity: str
    standing: str
    blame: str
    voice: str
    failure: str
    finding: str


COLUMNS = (
    "pk",
    "customer_id",
    "order_id",
    "opened_at",
    "first_reply_due_at",
    "first_replied_at",
    "decision_due_at",
    "decided_at",
    "legal_due_on",
    "resolved_at",
    "ended_at",
    "state",
    "reopened_count",
    "severity",
    "standing",
    "complaint__blame",
    "complaint__voice",
    "complaint__failure",
    "complaint__finding",
)


def fetch(scope: Scope) -> list[CaseRow]:
    """The period's complaints, oldest first (one query)."""
    rows = cases_in(scope).filter(complaint__isnull=False).order_by("opened_at", "pk")
    return [CaseRow._make(row) for row in rows.values_list(*COLUMNS)]
