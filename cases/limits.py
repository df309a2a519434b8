"""First-reply, decision and execution limits per severity and standing (domain.md 2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.enums import Severity
from shops.calendar import Calendar
from shops.enums import HALF_REPLY_LIMIT

HOUR = timedelta(hours=1)
LEGAL_DAYS = 7  # UU 8/1999 art. 19(3): refund or replacement within 7 days of the transaction


@dataclass(frozen=True)
class Limits:
    """first_reply and decision_bh in business time, decision_wd and execution_wd in working days."""

    first_reply: timedelta
    decision_wd: int | None
    decision_bh: timedelta | None
    execution_wd: int
    update_every: timedelta


LIMITS = {
    Severity.S1: Limits(6 * HOUR, 2, None, 3, 72 * HOUR),
    Severity.S2: Limits(3 * HOUR, 1, None, 2, 48 * HOUR),
    Severity.S3: Limits(1 * HOUR, 1, None, 1, 48 * HOUR),
    Severity.S4: Limits(1 * HOUR, None, 4 * HOUR, 1, 24 * HOUR),
}


def limits(severity: str, *, spreading: bool = False) -> Limits:
    """The row for a severity; a public spread is treated like S4."""
    return LIMITS[Severity.S4 if spreading else Severity(severity)]


def first_reply_due(
    opened_at: datetime, severity: str, standing: str, calendar: Calendar, *, spreading: bool = False
) -> datetime:
    """When the first human reply is due; loyal and first-order customers get half the limit."""
    allowed = limits(severity, spreading=spreading).first_reply
    if standing in HALF_REPLY_LIMIT:
        allowed /= 2
    return calendar.add_business(opened_at, allowed)


def decision_due(opened_at: datetime, severity: str, calendar: Calendar, *, spreading: bool = False) -> datetime:
    """When a remedy must be offered."""
    row = limits(severity, spreading=spreading)
    if row.decision_bh is not None:
        return calendar.add_business(opened_at, row.decision_bh)
    return calendar.add_working_days(opened_at, row.decision_wd or 0)


def execution_due(chosen_at: datetime, severity: str, calendar: Calendar) -> datetime:
    """When the chosen remedy must be carried out."""
    return calendar.add_working_days(chosen_at, limits(severity).execution_wd)


def legal_due(transaction: datetime) -> date:
    """Seven days after the transaction date; shown, never claimed as compliance."""
    return (transaction + timedelta(days=LEGAL_DAYS)).date()
