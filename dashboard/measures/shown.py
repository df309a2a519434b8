"""What a page of insights is made of: figures, tables, charts, blocks. Words come in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from figures.shares import ENOUGH, Interval, Share

Cell = str | int | float | None


@dataclass(frozen=True)
class Figure:
    """One figure as components/stat.html shows it; k, n and value are what the export holds."""

    key: str
    label: str
    text: str
    few: bool = False
    low: float | None = None
    point: float | None = None
    high: float | None = None
    range_text: str = ""
    note: str = ""
    k: int | None = None
    n: int | None = None


@dataclass(frozen=True)
class Table:
    """Rows of a chart or a list, the same on the page and in the CSV."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def shown(self) -> list[list[str]]:
        """The cells as the page shows them."""
        return [[cell_text(cell) for cell in row] for row in self.rows]


@dataclass(frozen=True)
class Chart:
    """A drawing with its summary in one sentence and its table."""

    kind: str
    title: str
    summary: str
    drawing: Any
    table: Table


@dataclass(frozen=True)
class Line:
    """A line of a list that leads somewhere."""

    text: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Block:
    """One section of a page."""

    key: str
    title: str
    intro: str = ""
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    lines: tuple[Line, ...] = ()
    note: str = ""

    @property
    def all_tables(self) -> list[Table]:
        """Everything of the block that can be exported."""
        return [*([figures_table(self)] if self.figures else []), *(c.table for c in self.charts), *self.tables]


def cell_text(cell: Cell) -> str:
    """A cell in the reader's way of writing numbers."""
    if cell is None:
        return ""
    return (
        number_format(round(cell, 2), use_l10n=True, force_grouping=True)
        if isinstance(cell, float)
        else (number_format(cell, force_grouping=True) if isinstance(cell, int) else cell)
    )


def figures_table(block: Block) -> Table:
    """A block's figures as rows."""
    columns = (_("Figure"), _("Count"), _("Of"), _("Value, %"), _("From, %"), _("To, %"), _("In words"))
    rows = tuple(
        (
            figure.label,
            figure.k,
            figure.n,
            rounded(figure.point),
            rounded(figure.low),
            rounded(figure.high),
            figure.text,
        )
        for figure in block.figures
    )
    return Table(f"{block.key}-figures", block.title, columns, rows)


def rounded(value: float | None) -> float | None:
    """One digit after the point is more than any shop's numbers can bear."""
    return None if value is None else round(value, 1)


NOUNS = {
    "customers": lambda k, n: ngettext("%(k)s of %(n)s customer", "%(k)s of %(n)s customers", n),
    "cases": lambda k, n: ngettext("%(k)s of %(n)s case", "%(k)s of %(n)s cases", n),
    "parcels": lambda k, n: ngettext("%(k)s of %(n)s parcel", "%(k)s of %(n)s parcels", n),
    "orders": lambda k, n: ngettext("%(k)s of %(n)s order", "%(k)s of %(n)s orders", n),
    "messages": lambda k, n: ngettext("%(k)s of %(n)s message", "%(k)s of %(n)s messages", n),
    "reviews": lambda k, n: ngettext("%(k)s of %(n)s review", "%(k)s of %(n)s reviews", n),
    "bookings": lambda k, n: ngettext("%(k)s of %(n)s booking", "%(k)s of %(n)s bookings", n),
    "surveys": lambda k, n: ngettext("%(k)s of %(n)s survey", "%(k)s of %(n)s surveys", n),
    "requests": lambda k, n: ngettext("%(k)s of %(n)s request", "%(k)s of %(n)s requests", n),
    "claims": lambda k, n: ngettext("%(k)s of %(n)s claim", "%(k)s of %(n)s claims", n),
    "accounts": lambda k, n: ngettext("%(k)s of %(n)s account", "%(k)s of %(n)s accounts", n),
    "steps": lambda k, n: ngettext("%(k)s of %(n)s step", "%(k)s of %(n)s steps", n),
}


def grouped(value: float, digits: int = 0) -> str:
    """A number as the reader writes it."""
    return number_format(round(value, digits) if digits else round(value), digits, force_grouping=True)


def count_words(share: Share, noun: str) -> str:
    """3 of 4 customers."""
    return NOUNS[noun](share.k, share.n) % {"k": grouped(share.k), "n": grouped(share.n)}


def percent(value: float) -> str:
    """0.719 -> 72 %."""
    return _("%(n)s%%") % {"n": grouped(100 * value)}


def range_words(interval: Interval) -> str:
    """95 % interval: 58 to 83 %."""
    return _("95%% interval: %(low)s to %(high)s%%") % {
        "low": grouped(100 * interval.low),
        "high": grouped(100 * interval.high),
    }


def share_figure(key: str, label: str, share: Share, noun: str, note: str = "") -> Figure:
    """A share with numerator, denominator and interval; below 15 only the counts, in words (I10)."""
    if not share.enough:
        text = count_words(share, noun) if share.n else _("Nothing in this period")
        return Figure(key, label, text, few=True, note=note, k=share.k, n=share.n)
    limits = share.interval
    return Figure(
        key,
        label,
        text=percent(share.value),
        low=100 * limits.low,
        point=100 * limits.point,
        high=100 * limits.high,
        range_text=f"{count_words(share, noun)} · {range_words(limits)}",
        note=note,
        k=share.k,
        n=share.n,
    )


def score_figure(key: str, label: str, score: Interval | None, n: int, note: str = "") -> Figure:
    """A mean of 0 to 100 with its interval; below 15 persons only their number."""
    people = ngettext("%(n)s person", "%(n)s persons", n) % {"n": grouped(n)}
    if score is None or n < ENOUGH:
        return Figure(key, label, people, few=True, note=note, n=n)
    text = _("%(n)s of 100") % {"n": grouped(score.point)}
    limits = _("95%% interval: %(low)s to %(high)s") % {"low": grouped(score.low), "high": grouped(score.high)}
    low, high = max(0.0, score.low), min(100.0, score.high)
    return Figure(
        key, label, text, low=low, point=score.point, high=high, range_text=f"{people} · {limits}", note=note, n=n
    )


def plain_figure(key: str, label: str, text: str, note: str = "", *, few: bool = False, n: int | None = None) -> Figure:
    """A figure that is no share: an amount, a time, a count."""
    return Figure(key, label, text, few=few, note=note, n=n)


def points_words(interval: Interval) -> str:
    """A difference of shares in percentage points with its limits."""
    return _("%(point)s points (95%% interval: %(low)s to %(high)s)") % {
        "point": signed(interval.point),
        "low": signed(interval.low),
        "high": signed(interval.high),
    }


def signed(value: float) -> str:
    """+23, -10: percentage points."""
    points = round(100 * value)
    return f"+{points}" if points > 0 else f"−{-points}" if points < 0 else "0"


def share_row(label: str, share: Share) -> tuple[Cell, ...]:
    """A share as a row: label, count, of, percent, limits; the last three only from 15 on."""
    if not share.enough:
        return (label, share.k, share.n, None, None, None)
    limits = share.interval
    return (label, share.k, share.n, *(round(100 * value, 1) for value in (limits.point, limits.low, limits.high)))


def share_columns(first: str) -> tuple[str, ...]:
    """The heads of share_row."""
    return (first, _("Count"), _("Of"), _("Share, %"), _("From, %"), _("To, %"))


def find_table(blocks: Sequence[Block], key: str) -> Table | None:
    """The table of this key."""
    return next((table for block in blocks for table in block.all_tables if table.key == key), None)
