"""Cases: did they end well for the customer, how long did people wait, which steps are done in time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard import charts
from dashboard.measures import cases, recovery, steps, times
from dashboard.measures.clock import opening_clock
from dashboard.measures.scope import Scope, cases_in
from dashboard.measures.shown import (
    Block,
    Chart,
    Figure,
    Table,
    count_words,
    grouped,
    plain_figure,
    score_figure,
    share_columns,
    share_figure,
    share_row,
)
from dashboard.measures.steps import StepLine
from dashboard.measures.stretches import starts_of
from dashboard.measures.times import Waiting
from dashboard.parts.drawn import share_chart, share_trend
from figures.means import mean_interval
from figures.shares import ENOUGH, Share
from figures.survival import Point
from playbooks.enums import Blame
from shops.calendar import calendar_of
from shops.templatetags.money import rupiah

SHOWN_STEPS = 12


def blocks(scope: Scope) -> list[Block]:
    """The page of cases: how they ended, how long they took."""
    return [ended_well(scope), waited(scope), in_time(scope)]


# --- did it end well? -------------------------------------------------------------------------------------------------


def ended_well(scope: Scope) -> Block:
    """Recovery in the customers' own eyes, and what it cost."""
    by_blame = recovery.count_recovery(cases_in(scope), scope.now)
    found = recovery.together(by_blame.values())
    answers = recovery.fetch_answers(scope)
    fair = recovery.fairness(answers)
    effort = recovery.scores_of(answers, "effort")
    figures = (
        share_figure(
            "recovered",
            _("Confirmed by the customer, who was satisfied too"),
            found.strict,
            "cases",
            _("Of all cases solved at least 14 days ago: who says nothing counts as not recovered."),
        ),
        share_figure(
            "satisfied",
            _("Satisfied, of those who answered"),
            found.satisfied,
            "customers",
            response_words(found.responded),
        ),
        share_figure("declined", _("Did not accept our solution"), found.declined, "cases"),
        share_figure("no-reply", _("Closed without an answer"), found.no_reply, "cases"),
        score_figure("fairness", _("Felt treated fairly"), mean_interval(fair) if len(fair) > 1 else None, len(fair)),
        score_figure(
            "effort",
            _("Found it easy to get it sorted out"),
            mean_interval(effort) if len(effort) > 1 else None,
            len(effort),
        ),
        cost_figure(*recovery.count_given(cases_in(scope)), found.counts["recovered"]),
    )
    groups = [(str(blame.label), by_blame[blame].strict if blame in by_blame else Share(0, 0)) for blame in Blame]
    chart = share_chart("recovered-blame", _("Recovered, by whom they blamed"), _("Who they blame"), groups, "cases")
    return Block("ended-well", _("Did it end well for them?"), figures=figures, charts=(chart,))


def response_words(responded: Share) -> str:
    """How many answered."""
    return _("Answered: %(words)s.") % {"words": count_words(responded, "cases")}


def cost_figure(cost: int, remedied: int, recovered: int) -> Figure:
    """What remedies cost, in all and for each recovered case."""
    note = (
        _("%(cost)s for each recovered case") % {"cost": rupiah(round(cost / recovered))} if recovered >= ENOUGH else ""
    )
    return plain_figure("cost", _("Given to put things right"), rupiah(cost), note, n=remedied)


# --- how long do they wait? -------------------------------------------------------------------------------------------


def waited(scope: Scope) -> Block:
    """First reply and resolution: curves with censoring, shares within the limits."""
    rows = cases.fetch(scope)
    since = rows[0].opened_at if rows else scope.now
    clock = opening_clock(calendar_of(scope.shop), since, scope.now)
    reply, solved = times.first_reply(rows, clock, scope.now), times.resolution(rows, scope.now)
    kept = times.count_in_limits(cases_in(scope), scope.now)
    legal = recovery.fetch_legal(cases_in(scope))
    today = scope.now.astimezone(scope.shop.tz).date()
    figures = (
        share_figure(
            "reply-in-limit",
            _("Answered within the limit"),
            kept.replied,
            "cases",
            overdue_words(kept.overdue),
        ),
        median_figure("reply-median", _("Half of them had an answer after"), reply, hours),
        share_figure("at-once", _("Receipt confirmed within 5 minutes"), times.fetch_acknowledged(scope), "messages"),
        share_figure("answered", _("Ever answered"), kept.answered, "cases"),
        share_figure(
            "decision-in-limit",
            _("Solution offered within the limit"),
            kept.decided,
            "cases",
        ),
        median_figure("solved-median", _("Half of them were solved after"), solved, days),
        median_figure(
            "confirmed-median", _("Half of them were confirmed after"), times.confirmation(rows, scope.now), days
        ),
        share_figure("reopened", _("Opened again within 30 days"), kept.reopened, "cases"),
        share_figure(
            "legal",
            _("Refund or replacement carried out within 7 days of the purchase"),
            recovery.legal_in_time(legal, today, scope.shop.tz),
            "cases",
            _("UU 8/1999 art. 19; cases that came in before day 7."),
        ),
    )
    return Block(
        "waited",
        _("How long do they wait?"),
        _("Cases still open count as “not yet”: leaving them out would make the times look better than they are."),
        figures,
        (
            limit_trend(since, scope),
            wait_chart("reply-curve", reply, hours, 48.0),
            wait_chart("solved-curve", solved, days, 30.0),
        ),
    )


def overdue_words(late: int) -> str:
    """How many wait past their limit now."""
    if not late:
        return ""
    return ngettext("%(n)s case is late right now.", "%(n)s cases are late right now.", late) % {"n": localize(late)}


def short_number(value: float) -> str:
    """12 or 2.4: no digit after the point where it says nothing."""
    return grouped(value, 0 if value == round(value) else 1)


def hours(value: float) -> str:
    """Opening hours in words."""
    if value < 1:
        minutes = round(60 * value)
        return ngettext("%(n)s minute of opening time", "%(n)s minutes of opening time", minutes) % {"n": minutes}
    return ngettext("%(n)s opening hour", "%(n)s opening hours", round(value)) % {"n": short_number(value)}


def days(value: float) -> str:
    """Days in words."""
    return ngettext("%(n)s day", "%(n)s days", round(value)) % {"n": short_number(value)}


def median_figure(key: str, label: str, found: Waiting, unit: object) -> Figure:
    """A median with its interval, in words; below 15 cases only their number."""
    words = unit if callable(unit) else str
    n = ngettext("%(n)s case", "%(n)s cases", found.n) % {"n": grouped(found.n)}
    if found.n < ENOUGH:
        return plain_figure(key, label, n, few=True, n=found.n)
    if found.median is None:
        return plain_figure(key, label, _("not yet half of them"), n, n=found.n)
    low, high = found.limits
    note = n if low is None else f"{n} · " + limits_words(words(low), words(high) if high is not None else "")
    if found.p90 is not None:
        note += " · " + _("nine of ten: %(time)s") % {"time": words(found.p90)}
    return plain_figure(key, label, words(found.median), note, n=found.n)


def limits_words(low: str, high: str) -> str:
    """The 95 % interval of a time, open upward where the curve ends first."""
    if not high:
        return _("95%% interval: from %(low)s") % {"low": low}
    return _("95%% interval: %(low)s to %(high)s") % {"low": low, "high": high}


def limit_trend(first: datetime, scope: Scope) -> Chart:
    """Answered within the limit, by week or month from the first case on, with its band."""
    starts = starts_of(max(scope.since, first), scope.until, scope.shop.tz)
    shares = times.count_replied_by_stretch(cases_in(scope), starts, scope.now)
    summary = _("The band is the 95% interval. Gaps: fewer than 15 cases.")
    return share_trend("reply-trend", _("Answered within the limit, over time"), starts, shares, summary)


def wait_chart(key: str, found: Waiting, unit: object, end: float) -> Chart:
    """How many had it by when."""
    words = unit if callable(unit) else str
    title = _("How soon they had an answer") if key == "reply-curve" else _("How soon it was solved")
    if found.n < ENOUGH:
        rows: tuple[tuple[str | float | int | None, ...], ...] = ()
        points = []
    else:
        points = [risen(point) for point in charts.thinned([p for p in found.points if p.time <= end])]
        rows = tuple(at_time(found.points, end * step / 8, words) for step in range(1, 9))
    columns = (_("After"), _("Share, %"), _("From, %"), _("To, %"))
    labels = [words(end * step / 4) if step else "0" for step in range(5)]
    summary = few_words(found.n) or _(
        "The line is the share that had it by then, cases still open included; the band is its 95% interval."
    )
    return Chart(
        "steps", title, summary, charts.steps(points, end, short(labels), title), Table(key, title, columns, rows)
    )


def short(labels: Sequence[str]) -> list[str]:
    """Only the outer labels with words, the numbers between."""
    return [label if place in (0, len(labels) - 1) else label.split()[0] for place, label in enumerate(labels)]


def few_words(n: int) -> str:
    """What stands in place of a curve below 15 cases."""
    return _("Not enough data yet: %(n)d of 15 cases.") % {"n": n} if n < ENOUGH else ""


def risen(point: Point) -> tuple[float, float, float, float]:
    """(time, share that had it by then, low, high)."""
    low, high = point.limits
    return point.time, 1 - point.open, 1 - high, 1 - low


def at_time(points: Sequence[Point], at: float, words: object) -> tuple[str | float | None, ...]:
    """One row of the curve's table."""
    place = bisect_right(points, at, key=attrgetter("time"))
    _time, share, low, high = risen(points[place - 1]) if place else (0.0, 0.0, 0.0, 0.0)
    label = words(at) if callable(words) else str(at)
    return (label, *(round(100 * value, 1) for value in (share, low, high)))


# --- which steps are done in time? ------------------------------------------------------------------------------------


def in_time(scope: Scope) -> Block:
    """Steps of playbooks done when they fell due, the ones that are late most often first."""
    lines = steps.ranked(steps.fetch(scope))
    late = sum(line.overdue for line in lines)
    figures = (
        share_figure("steps-in-time", _("Steps done in time"), steps.total(lines), "steps"),
        plain_figure(
            "steps-overdue", _("Steps that fell due in this period and are still open"), grouped(late), n=late
        ),
    )
    return Block(
        "steps",
        _("Which steps come late?"),
        _("Every step that fell due in this period; what was skipped or cancelled is left out."),
        figures,
        tables=(step_table(lines, steps.fetch_titles(scope)),),
    )


def step_table(lines: Sequence[StepLine], titles: dict[tuple[str, str], str]) -> Table:
    """The steps with what is in time."""
    columns = (*share_columns(_("Step")), _("Open now"))
    rows = tuple(
        (*share_row(f"{line.playbook} {titles.get((line.playbook, line.key), line.key)}", line.in_time), line.overdue)
        for line in lines[:SHOWN_STEPS]
    )
    return Table("steps", _("Steps, the latest first"), columns, rows)
