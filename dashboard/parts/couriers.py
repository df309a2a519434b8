"""Parcels: how often couriers are late, and where the days are lost: with us or on the road."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard import charts
from dashboard.charts import Mark
from dashboard.measures import delivery
from dashboard.measures.delivery import Lane, Parcels
from dashboard.measures.islands import ISLAND_OF
from dashboard.measures.scope import Scope
from dashboard.measures.shown import (
    Block,
    Chart,
    Table,
    count_words,
    grouped,
    percent,
    plain_figure,
    share_columns,
    share_figure,
    share_row,
)


def blocks(scope: Scope) -> list[Block]:
    """The page of parcels."""
    rows = delivery.fetch(scope)
    total, by_courier = delivery.lanes(rows, lambda row: row.courier or _("not known"))
    _all, by_service = delivery.lanes(rows, courier_service)
    _every, by_island = delivery.lanes(rows, lambda row: ISLAND_OF.get(row.province, _("not known")))
    days = total.packing_days + total.transit_days
    figures = (
        share_figure("late", _("Arrived after the promised day"), total.late, "parcels"),
        plain_figure(
            "days-late",
            _("Days late, when late"),
            grouped(total.days_when_late, 1),
            p90_words(total),
            few=not total.late.enough,
            n=total.late.k,
        ),
        plain_figure(
            "packing-days",
            _("Of the days lost, lost before hand-over"),
            grouped(total.packing_days),
            of_days(days),
            n=days,
        ),
        plain_figure("transit-days", _("Lost on the road"), grouped(total.transit_days), of_days(days), n=days),
    )
    note = _("Parcels past their promise and not delivered count as late up to today. No ranking below 20 parcels.")
    chosen = by_courier[:12]
    return [
        Block(
            "late",
            _("Do parcels arrive when we said?"),
            figures=figures,
            charts=(late_chart(chosen), split_chart(chosen)),
            note=note,
        ),
        Block(
            "lanes",
            _("By service and island"),
            tables=(
                lane_table("services", _("Courier and service"), by_service),
                lane_table("islands", _("Island"), by_island),
            ),
        ),
    ]


def courier_service(row: Parcels) -> str:
    """Courier and service together."""
    return f"{row.courier} {row.service}".strip() or _("not known")


def p90_words(lane: Lane) -> str:
    """Nine of ten parcels."""
    return ngettext("Nine of ten are at most %(n)d day late.", "Nine of ten are at most %(n)d days late.", lane.p90) % {
        "n": lane.p90
    }


def of_days(days: int) -> str:
    """Of so many days lost in all."""
    return ngettext("of %(n)s day", "of %(n)s days", days) % {"n": grouped(days)}


def late_chart(found: Sequence[Lane]) -> Chart:
    """Late share by courier with its interval; the hollow dot is drawn towards the shop's own mean."""
    marks = []
    for lane in found:
        words = count_words(lane.late, "parcels")
        if lane.late.enough:
            limits = lane.interval
            rate = 100 * lane.rate if lane.rate is not None else None
            marks.append(
                Mark(
                    lane.name,
                    f"{percent(lane.late.value)} · {words}",
                    100 * limits.point,
                    100 * limits.low,
                    100 * limits.high,
                    rate,
                )
            )
        else:
            marks.append(Mark(lane.name, words))
    title = _("Late parcels by courier")
    summary = _("Dot: the share with its 95% interval. Hollow dot: drawn towards the mean; it sets the order.")
    return Chart("dots", title, summary, charts.rows(marks, "dots"), lane_table("couriers", title, found))


def split_chart(found: Sequence[Lane]) -> Chart:
    """Days lost by courier: before hand-over and on the road."""
    late = [lane for lane in found if lane.packing_days + lane.transit_days]
    most = max((lane.packing_days + lane.transit_days for lane in late), default=1)
    marks = [
        Mark(
            lane.name,
            _("%(packing)s with us, %(transit)s on the road")
            % {"packing": grouped(lane.packing_days), "transit": grouped(lane.transit_days)},
            100 * lane.packing_days / most,
            second=100 * lane.transit_days / most,
        )
        for lane in late
    ]
    title = _("Where the days were lost")
    names = (_("with us, before hand-over"), _("on the road"))
    rows = tuple((lane.name, lane.packing_days, lane.transit_days) for lane in late)
    table = Table("lost-days", title, (_("Courier"), _("Days with us"), _("Days on the road")), rows)
    return Chart("bars", title, _("Days late of all late parcels, added up."), charts.split(marks, names), table)


def lane_table(key: str, title: str, found: Sequence[Lane]) -> Table:
    """Groups of parcels with everything known of them."""
    columns = (
        *share_columns(_("Group")),
        _("Towards the mean, %"),
        _("Days late, when late"),
        _("90% at most, days"),
        _("Still on the road"),
    )
    rows = tuple(
        (
            *share_row(lane.name, lane.late),
            round(100 * lane.rate, 1) if lane.rate is not None else None,
            round(lane.days_when_late, 1) if lane.late.enough else None,
            lane.p90 if lane.late.enough else None,
            lane.on_the_road,
        )
        for lane in found
    )
    return Table(key, title, columns, rows)
