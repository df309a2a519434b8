"""When a step falls due: an offset in clock time, opening time, working days, or one of the limits of domain.md 2.4."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases import limits
from cases.models import Case
from playbooks.enums import Unit
from shops.calendar import Calendar


def due_at(case: Case, offset: int, unit: str, counted_from: datetime, calendar: Calendar) -> datetime:
    """The moment a step with this offset falls due; limits ignore the offset's number and use the case's clocks."""
    match unit:
        case Unit.BUSINESS_MINUTES:
            return calendar.add_business(counted_from, timedelta(minutes=offset))
        case Unit.HOURS:
            return counted_from + timedelta(hours=offset)
        case Unit.DAYS:
            return calendar.next_open(counted_from + timedelta(days=offset))
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(counted_from, offset)
        case Unit.FIRST_REPLY:
            return case.first_reply_due_at or calendar.next_open(counted_from)
        case Unit.DECISION:
            return case.decision_due_at or calendar.next_open(counted_from)
        case Unit.EXECUTION:
            return limits.execution_due(counted_from, case.severity, calendar)
        case _:
            return counted_from + timedelta(minutes=offset)
