"""Complaints that spread in public: how soon we answered, which accounts joined in or were warned (S1-10 to S1-12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.models import SpreadNode
from dashboard.measures import spread
from dashboard.measures.scope import Scope
from dashboard.measures.shown import Block, Figure, Line, Table, grouped, plain_figure, share_figure
from dashboard.measures.spread import PublicCase, Spread
from dashboard.parts.care import median_figure, short_number

Part = SpreadNode.Part
SHOWN = 12


def blocks(scope: Scope) -> list[Block]:
    """The page of what is public."""
    found = spread.fetch(scope)
    newest = list(reversed(found.cases))[:SHOWN]
    return [answered(found), reached(found, newest)]


def clock_hours(value: float) -> str:
    """Hours of the clock in words."""
    if value < 1:
        minutes = round(60 * value)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": grouped(minutes)}
    return ngettext("%(n)s hour", "%(n)s hours", round(value)) % {"n": short_number(value)}


def answered(found: Spread) -> Block:
    """How soon the first answer stood there."""
    figures = (
        plain_figure("public-cases", _("Complaints in public"), grouped(len(found.cases)), n=len(found.cases)),
        share_figure("public-answered", _("Answered by us"), found.answered, "cases"),
        median_figure("public-median", _("Half of them had our answer after"), found.answer, clock_hours),
    )
    return Block(
        "public",
        _("How soon do we answer in public?"),
        _("Hours of the clock, nights included: the public does not keep opening hours."),
        figures,
    )


def reached(found: Spread, newest: Sequence[PublicCase]) -> Block:
    """Whom it reached, as far as it was noted."""
    parts = found.parts
    figures: tuple[Figure, ...] = (
        plain_figure(
            "accounts",
            _("Accounts seen"),
            grouped(len(found.accounts)),
            _("%(n)s new a day") % {"n": grouped(found.new_a_day, 1)},
            n=len(found.accounts),
        ),
        plain_figure("allies", _("Joined in"), grouped(parts[Part.ALLY]), n=parts[Part.ALLY]),
        share_figure("cared-for", _("Joined in, and have a case of their own"), found.cared_for, "accounts"),
        plain_figure(
            "warned", _("Were warned off buying"), grouped(parts[Part.WARNED_PROSPECT]), n=parts[Part.WARNED_PROSPECT]
        ),
    )
    lines = tuple(
        Line(case.headline or case.code, answer_words(case), reverse("dashboard:insights_spread", args=[case.code]))
        for case in newest
    )
    return Block(
        "reached",
        _("Whom did it reach?"),
        _("Only what somebody notes can be counted. Open a complaint to note the accounts you see."),
        figures,
        tables=(case_table(found, newest),),
        lines=lines,
    )


def answer_words(case: PublicCase) -> str:
    """When we answered."""
    if case.answered_at is None:
        return _("not answered yet")
    return _("answered after %(time)s") % {"time": clock_hours(spread.hours(case.opened_at, case.answered_at))}


def case_table(found: Spread, newest: Sequence[PublicCase]) -> Table:
    """The newest cases with their accounts."""
    columns = (_("Case"), _("Hours to our answer"), _("Accounts"), *(str(part.label) for part in Part))
    rows = []
    by_case: Mapping[int, Mapping[str, int]] = found.by_case
    for case in newest:
        parts = by_case.get(case.pk, {})
        hours = round(spread.hours(case.opened_at, case.answered_at), 1) if case.answered_at else None
        rows.append((case.code, hours, sum(parts.values()), *(parts.get(part, 0) for part in Part)))
    return Table("public", _("Complaints in public, the newest first"), columns, tuple(rows))
