"""Time left, in words: "2 h left", "40 min late"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

SOON = timedelta(hours=1)
NOW = timedelta(minutes=1)  # "0 min late" blames somebody for nothing


@dataclass(frozen=True)
class Clock:
    """What components/clock.html shows: state ok, soon, late or done; ready words; the moment itself."""

    state: str
    text: str
    due_at: datetime | None = None


def span(amount: timedelta) -> str:
    """A length of time in the two largest useful units: "2 h", "40 min", "3 d"."""
    minutes = int(abs(amount).total_seconds() // 60)
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    if minutes < 48 * 60:
        return _("%(n)d h") % {"n": minutes // 60}
    return _("%(n)d d") % {"n": minutes // (24 * 60)}


def clock(
    due_at: datetime | None, now: datetime, done_at: datetime | None = None, *, is_over: bool = False
) -> Clock | None:
    """The clock of a due time; None where nothing is due. `is_over`: what was not done is no longer wanted."""
    if due_at is None or (is_over and done_at is None):
        return None
    if done_at is not None:
        kept = done_at <= due_at
        return Clock("done" if kept else "late", _("in time") if kept else _("was late"), done_at)
    left = due_at - now
    if -NOW < left < NOW:
        return Clock("soon", _("now"), due_at)
    if left < timedelta():
        return Clock("late", _("%(span)s late") % {"span": span(left)}, due_at)
    return Clock("soon" if left <= SOON else "ok", _("%(span)s left") % {"span": span(left)}, due_at)
