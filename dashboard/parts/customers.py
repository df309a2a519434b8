"""Customers first (S1-32): do they come back?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from dashboard import charts
from dashboard.measures import buyers, repurchase
from dashboard.measures.repurchase import Eligible, Repurchase
from dashboard.measures.scope import Scope
from dashboard.measures.shown import (
    Block,
    Chart,
    Table,
    percent,
    points_words,
    rounded,
    share_columns,
    share_figure,
    share_row,
)
from dashboard.measures.stretches import starts_of
from dashboard.parts.drawn import share_chart, share_mark, share_trend
from figures.shares import Share
from playbooks.enums import Blame


def blocks(scope: Scope) -> list[Block]:
    """The first page."""
    return [came_back(scope)]


def came_back(scope: Scope) -> Block:
    """Repurchase after a case beside comparable customers, and first-time buyers who return."""
    eligible = repurchase.fetch_eligible(scope, scope.days)
    found = repurchase.repurchase(scope, eligible)
    last = found[-1]
    starts, series = returning(scope)
    again = _("Bought again within %(days)d days of a solved case") % {"days": last.days}
    figures = (
        share_figure("repurchase", again, last.returned, "customers", difference_words(last)),
        share_figure(
            "second-order", _("First-time buyers who bought a second time"), buyers.second_order(scope), "customers"
        ),
        share_figure(
            "returning", _("Orders by customers who had bought before"), buyers.returning_share(series), "orders"
        ),
        share_figure(
            "left-after-reply",
            _("Did not come back, and a message of ours had been marked by the tone guard"),
            repurchase.left_after_reply(eligible, scope.days),
            "customers",
        ),
    )
    return Block(
        "come-back",
        _("Do they come back?"),
        _("Customers whose days were over in this period. A comparison, not proof of a cause."),
        figures,
        (repurchase_chart(found), blame_chart(eligible, scope.days), returning_chart(starts, series[1:])),
    )


def difference_words(found: Repurchase) -> str:
    """How that compares with customers who had no case."""
    if not (found.returned.enough and found.baseline.enough):
        return _("Not enough comparable customers yet.")
    return _("Comparable customers without a case: %(base)s. Difference: %(points)s.") % {
        "base": percent(found.baseline.value),
        "points": points_words(found.difference),
    }


def repurchase_chart(found: Sequence[Repurchase]) -> Chart:
    """After 30, 60 and 90 days; the hollow dot is the comparison."""
    labels = [_("%(days)d days") % {"days": each.days} for each in found]
    marks = [
        share_mark(label, each.returned, "customers", each.baseline) for label, each in zip(labels, found, strict=True)
    ]
    columns = (*share_columns(_("Within")), _("Compared: count"), _("Compared: of"), _("Compared: share, %"))
    rows = tuple(
        (
            *share_row(label, each.returned),
            each.baseline.k,
            each.baseline.n,
            rounded(100 * each.baseline.value) if each.baseline.enough else None,
        )
        for label, each in zip(labels, found, strict=True)
    )
    title = _("Bought again after a solved case")
    summary = _(
        "The dot is the share with its 95% interval; the hollow dot stands for comparable customers without a case."
    )
    return Chart("dots", title, summary, charts.rows(marks, "dots"), Table("repurchase", title, columns, rows))


def blame_chart(eligible: Sequence[Eligible], days: int) -> Chart:
    """Repurchase by whom they blamed (S0-18): never pooled, the two differ."""
    shares = []
    for blame in Blame:
        group = [row for row in eligible if row.blame == blame]
        shares.append((str(blame.label), Share(sum(row.returned(days) for row in group), len(group))))
    title = _("Bought again, by whom they blamed")
    return share_chart("repurchase-blame", title, _("Who they blame"), shares, "customers")


def returning(scope: Scope) -> tuple[list[datetime], list[Share]]:
    """Where weeks or months begin; orders of returning customers before the first and in each of them."""
    starts = starts_of(max(scope.since, buyers.first_order(scope)), scope.until, scope.shop.tz)
    return starts, buyers.fetch_returning(scope, starts)


def returning_chart(starts: Sequence[datetime], shares: Sequence[Share]) -> Chart:
    """Are buyers becoming customers? (6.10)"""
    title = _("Orders by customers who had bought before, over time")
    return share_trend(
        "returning-trend", title, starts, shares, _("The band is the 95% interval. Gaps: fewer than 15 orders.")
    )
