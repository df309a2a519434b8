"""Charts drawn on the server as SVG: no script, no inline style, text at the page's own size on any screen.

Lengths across are percentages, so that nothing is scaled but the shape; curves stand in a nested stretched SVG. Colours
come from classes in static/css/insights.css and never carry a meaning alone: every mark has its label or its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

NOTHING = mark_safe("")
Anything = TypeVar("Anything")


@dataclass(frozen=True)
class Mark:
    """One row of a row chart: a point with its interval, or a bar; values 0 to 100. None: not enough data."""

    label: str
    value: str
    point: float | None = None
    low: float | None = None
    high: float | None = None
    second: float | None = None  # a second point (comparison), the second part of a bar, or the sum so far
    tone: str = ""


def number(value: float) -> str:
    """A length for SVG: a point, two digits."""
    return f"{min(100.0, max(0.0, value)):.2f}".rstrip("0").rstrip(".")


def element(name: str, **attributes: str | float) -> SafeString:
    """One empty SVG element; names with _ stand for -, numbers are percentages."""
    pairs = format_html_join(
        "",
        ' {}="{}"',
        (
            (key.rstrip("_").replace("_", "-"), f"{number(value)}%" if isinstance(value, float) else value)
            for key, value in attributes.items()
        ),
    )
    return format_html("<{}{}/>", mark_safe(name), pairs)  # noqa: S308  (our own tag names)


def join(parts: Sequence[SafeString]) -> SafeString:
    """Pieces one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


def strip(parts: Sequence[SafeString], kind: str) -> SafeString:
    """The drawing of one row."""
    return format_html('<svg class="strip strip-{}" aria-hidden="true" focusable="false">{}</svg>', kind, join(parts))


def interval_strip(mark: Mark) -> SafeString:
    """A dot with its interval on a track of 0 to 100, and a hollow dot to compare with."""
    parts = [element("line", class_="track", x1=0.0, x2=100.0, y1="50%", y2="50%")]
    if mark.low is not None and mark.high is not None:
        parts.append(element("line", class_="range", x1=mark.low, x2=mark.high, y1="50%", y2="50%"))
    if mark.second is not None:
        parts.append(element("circle", class_="other", cx=mark.second, cy="50%", r="5"))
    if mark.point is not None:
        parts.append(element("circle", class_="point", cx=mark.point, cy="50%", r="6"))
    return strip(parts, "dots")


def bar_strip(mark: Mark) -> SafeString:
    """A bar, with a second part behind it where there is one."""
    first = mark.point or 0.0
    parts = [element("rect", class_="bar", x=0.0, y="0", width=first, height="100%")]
    if mark.second:
        parts.append(element("rect", class_="bar-second", x=first, y="0", width=mark.second, height="100%"))
    return strip(parts, "bars")


def pareto_strip(mark: Mark) -> SafeString:
    """A bar, and the line of all bars so far: it comes in from the row above at `low` and leaves at `second`."""
    parts = [element("rect", class_="bar", x=0.0, y="25%", width=mark.point or 0.0, height="50%")]
    if mark.second is not None:
        start = mark.low if mark.low is not None else 0.0
        parts.append(element("line", class_="so-far", x1=start, x2=mark.second, y1="0", y2="50%"))
        parts.append(element("line", class_="so-far", x1=mark.second, x2=mark.second, y1="50%", y2="100%"))
        parts.append(element("circle", class_="other", cx=mark.second, cy="50%", r="4"))
    return strip(parts, "pareto")


def layer_strip(mark: Mark) -> SafeString:
    """A layer of the pyramid: centred, its filled part the score, the whisker its interval."""
    parts = [element("rect", class_="layer", x=0.0, y="0", width=100.0, height="100%")]
    if mark.point is not None:
        parts.append(element("rect", class_="layer-fill", x=0.0, y="0", width=mark.point, height="100%"))
    if mark.low is not None and mark.high is not None:
        parts.append(element("line", class_="whisker", x1=mark.low, x2=mark.high, y1="50%", y2="50%"))
    return strip(parts, "layers")


ROW = (
    '<li class="gauge{}"><span class="gauge-label">{}</span><span class="gauge-value">{}</span>'
    '<span class="gauge-drawing">{}</span></li>'
)
STRIPS = {"dots": interval_strip, "bars": bar_strip, "layers": layer_strip, "pareto": pareto_strip}


def rows(marks: Sequence[Mark], kind: str) -> SafeString:
    """A chart of rows: label, value in words, drawing. kind: dots, bars, layers or pareto."""
    draw = STRIPS[kind]
    tones = ((f" tone-{mark.tone}" if mark.tone else "", mark.label, mark.value, draw(mark)) for mark in marks)
    return format_html('<ol class="gauges gauges-{}">{}</ol>', kind, format_html_join("", ROW, tones))


def legend(names: tuple[str, str], second: str = "second") -> SafeString:
    """What the two colours of a row stand for."""
    return format_html(
        '<p class="legend"><span class="key"><span class="swatch swatch-first"></span>{}</span>'
        '<span class="key"><span class="swatch swatch-{}"></span>{}</span></p>',
        names[0],
        second,
        names[1],
    )


def split(marks: Sequence[Mark], names: tuple[str, str]) -> SafeString:
    """Bars of two parts with their legend."""
    return join([legend(names), rows(marks, "bars")])


def pareto(marks: Sequence[Mark], names: tuple[str, str]) -> SafeString:
    """Bars, the longest first, with the line that adds them up; both on a track of 0 to 100."""
    return join([legend(names, "sum"), rows(marks, "pareto")])


# --- curves -----------------------------------------------------------------------------------------------------------


def path(points: Sequence[tuple[float, float]]) -> str:
    """A line through (x, y), both 0 to 100 with y upward."""
    return " ".join(f"{'ML'[place > 0]}{number(x)} {number(100 - y)}" for place, (x, y) in enumerate(points))


def area(low: Sequence[tuple[float, float]], high: Sequence[tuple[float, float]]) -> str:
    """The closed band between two lines."""
    return path([*high, *reversed(low)]) + " Z"


def plot(
    shapes: Sequence[SafeString], marks: Sequence[SafeString], left: Sequence[str], below: Sequence[str], name: str
) -> SafeString:
    """Axes in HTML round a drawing: left labels from top to bottom, labels below from left to right."""
    grid = [
        element(
            "line",
            class_="grid",
            x1=0.0,
            x2=100.0,
            y1=100.0 * place / max(1, len(left) - 1),
            y2=100.0 * place / max(1, len(left) - 1),
        )
        for place in range(len(left))
    ]
    return format_html(
        '<div class="plot"><div class="axis-left" aria-hidden="true">{}</div>'
        '<svg class="plot-area" role="img" aria-label="{}">{}'
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none">{}</svg>{}</svg>'
        '<div class="axis-below" aria-hidden="true">{}</div></div>',
        format_html_join("", "<span>{}</span>", ((text,) for text in left)),
        name,
        join(grid),
        join(shapes),
        join(marks),
        format_html_join("", "<span>{}</span>", ((text,) for text in below)),
    )


PERCENT_AXIS = ("100%", "75%", "50%", "25%", "0%")


def trend(points: Sequence[tuple[float, float, float] | None], labels: Sequence[str], name: str) -> SafeString:
    """A share over time with its band; None where there are too few to say, which leaves a gap."""
    count = len(points)
    xs = [100.0 * (place + 0.5) / count for place in range(count)]
    shapes, marks = [], []
    for run in runs(points):
        known = [(xs[place], value) for place in run if (value := points[place]) is not None]
        band = area([(x, low) for x, (_p, low, _h) in known], [(x, high) for x, (_p, _l, high) in known])
        shapes += [
            element("path", class_="band", d=band),
            element("path", class_="curve", d=path([(x, p) for x, (p, _l, _h) in known])),
        ]
        for x, (point, low, high) in known:
            if len(known) == 1:
                marks.append(element("line", class_="range", x1=x, x2=x, y1=100 - low, y2=100 - high))
            marks.append(element("circle", class_="point", cx=x, cy=100 - point, r="5"))
    return plot(shapes, marks, PERCENT_AXIS, labels, name)


def runs(points: Sequence[object]) -> list[list[int]]:
    """Places of neighbouring known points."""
    found: list[list[int]] = []
    for place, value in enumerate(points):
        if value is None:
            continue
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def steps(
    curve: Sequence[tuple[float, float, float, float]], end: float, labels: Sequence[str], name: str
) -> SafeString:
    """A curve that rises in steps, with its band: (time, share, low, high), shares 0 to 1, drawn from 0 to `end`."""
    lines: list[list[tuple[float, float]]] = [[(0.0, 0.0)], [(0.0, 0.0)], [(0.0, 0.0)]]
    for time, *shares in curve:
        x = 100 * time / end if end else 0.0
        for line, share in zip(lines, shares, strict=True):
            line += [(x, line[-1][1]), (x, 100 * share)]
    for line in lines:
        line.append((100.0, line[-1][1]))
    middle, low, high = lines
    shapes = [element("path", class_="band", d=area(low, high)), element("path", class_="curve", d=path(middle))]
    return plot(shapes, [], PERCENT_AXIS, labels, name)


def thinned(points: Sequence[Anything], most: int = 120) -> list[Anything]:
    """At most so many points: more cannot be seen."""
    every = max(1, -(-len(points) // most))
    return [*points[:-1:every], *points[-1:]]


# --- mosaic -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """One column of a mosaic: its width is its share of all, its cells' heights are shares of the column."""

    label: str
    count: int
    cells: Sequence[tuple[str, int]]  # (tone, count), from top to bottom


def mosaic(columns: Sequence[Column], tones: Sequence[tuple[str, str]], name: str) -> SafeString:
    """Areas stand for counts; tones are (tone, label). Cells large enough carry their count."""
    total = sum(column.count for column in columns) or 1
    parts: list[SafeString] = []
    x = 0.0
    for column in columns:
        width, y = 100 * column.count / total, 0.0
        for tone, count in column.cells:
            height = 100 * count / column.count if column.count else 0.0
            if count:
                parts.append(element("rect", class_=f"cell cell-{tone}", x=x, y=y, width=width, height=height))
                if width >= 12 and height >= 12:
                    parts.append(cell_text(x + width / 2, y + height / 2, tone, count))
            y += height
        x += width
    heads = format_html_join(" ", "<li><strong>{}</strong> {}</li>", ((c.label, c.count) for c in columns))
    keys = format_html_join(
        " ",
        '<span class="key"><span class="swatch swatch-{}"></span>{}</span>',
        ((tone, label) for tone, label in tones),
    )
    return format_html(
        '<ul class="mosaic-heads">{}</ul><svg class="mosaic" role="img" aria-label="{}">{}</svg>'
        '<p class="legend">{}</p>',
        heads,
        name,
        join(parts),
        keys,
    )


def cell_text(x: float, y: float, tone: str, count: int) -> SafeString:
    """The count in the middle of a cell."""
    return format_html('<text class="cell-count on-{}" x="{}%" y="{}%">{}</text>', tone, number(x), number(y), count)
