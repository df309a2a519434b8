"""Charts that several pages draw: shares below each other, a share over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dashboard import charts
from dashboard.charts import Mark
from dashboard.measures.shown import Chart, Table, count_words, percent, share_columns, share_row
from figures.shares import Share


def share_mark(label: str, share: Share, noun: str, second: Share | None = None) -> Mark:
    """A share as a row of a dot chart; below 15 only words."""
    words = count_words(share, noun)
    if not share.enough:
        return Mark(label, words)
    limits = share.interval
    other = 100 * second.value if second is not None and second.enough else None
    return Mark(
        label, f"{percent(share.value)} · {words}", 100 * limits.point, 100 * limits.low, 100 * limits.high, other
    )


def share_chart(
    key: str, title: str, first: str, shares: Sequence[tuple[str, Share]], noun: str, summary: str = ""
) -> Chart:
    """Shares below each other, each with its interval."""
    marks = [share_mark(label, share, noun) for label, share in shares]
    table = Table(key, title, share_columns(first), tuple(share_row(label, share) for label, share in shares))
    return Chart(
        "dots", title, summary or _("Each dot is a share with its 95% interval."), charts.rows(marks, "dots"), table
    )


def share_trend(key: str, title: str, starts: Sequence[datetime], shares: Sequence[Share], summary: str) -> Chart:
    """A share by week or month, with its band."""
    by_month = len(starts) > 1 and (starts[1] - starts[0]).days >= 20
    labels = [date_format(start, "M Y" if by_month else "j M") for start in starts]
    points = [band_point(share) for share in shares]
    rows = tuple(share_row(label, share) for label, share in zip(labels, shares, strict=True))
    table = Table(key, title, share_columns(_("From")), rows)
    return Chart("trend", title, summary, charts.trend(points, sparse(labels), title), table)


def band_point(share: Share) -> tuple[float, float, float] | None:
    """(share, low, high) in percent; None below 15."""
    limits = share.interval
    return (100 * limits.point, 100 * limits.low, 100 * limits.high) if share.enough else None


def sparse(labels: Sequence[str], most: int = 5) -> list[str]:
    """First, last and a few labels between: more would run into each other on a phone."""
    if len(labels) <= most:
        return list(labels)
    places = {round(place * (len(labels) - 1) / (most - 1)) for place in range(most)}
    return [label for place, label in enumerate(labels) if place in places]
