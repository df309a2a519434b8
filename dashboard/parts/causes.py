"""What keeps going wrong: whom they blame, how they say it, which failures, which products, what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboard import charts
from dashboard.charts import Column, Mark
from dashboard.measures import mix, recovery
from dashboard.measures.mix import MixRow
from dashboard.measures.scope import Scope
from dashboard.measures.shown import (
    Block,
    Chart,
    Figure,
    Line,
    Table,
    grouped,
    percent,
    plain_figure,
    share_columns,
    share_row,
)
from dashboard.parts.drawn import share_chart
from figures.shares import ENOUGH, Share
from playbooks.enums import Blame, Failure, Voice
from shops.templatetags.money import rupiah

TONES = {Blame.SELF: "soga", Blame.SHOP: "nila", Blame.UNCLEAR: "grey"}


def blocks(scope: Scope) -> list[Block]:
    """The page of causes."""
    rows = mix.fetch(scope)
    spent = recovery.fetch_spent(scope)
    return [blamed(rows), spoke(rows), failed(rows, spent), products(scope)]


def blamed(rows: Sequence[MixRow]) -> Block:
    """Who they blame, and how that differs from what we found."""
    shares = [(str(Blame(blame).label), share) for blame, share in mix.blame_mix(rows).items()]
    gap = mix.gap(rows)
    chart = share_chart(
        "blame", _("Who customers blame"), _("Who they blame"), shares, "cases", _("A feeling, never a verdict.")
    )
    return Block("blame", _("Who do they blame?"), figures=gap_figures(gap), charts=(chart,), tables=(gap_table(gap),))


def gap_figures(gap: mix.Gap) -> tuple[Figure, ...]:
    """The two corners to watch, and the agreement."""
    n = sum(map(sum, gap.table))
    kappa = gap.agreement
    return (
        plain_figure(
            "explain",
            _("Blame us, but it was their slip"),
            grouped(gap.explain_better),
            _("The product page could say it better."),
            n=n,
        ),
        plain_figure(
            "apologise",
            _("Blame themselves, but it was us"),
            grouped(gap.apologise),
            _("We let them carry our fault: say sorry."),
            n=n,
        ),
        plain_figure(
            "kappa",
            _("How far feeling and finding agree"),
            grouped(kappa, 2) if kappa is not None else "",
            _("Cohen's kappa: 0 is chance, 1 is full agreement."),
            few=n < ENOUGH or kappa is None,
            n=n,
        ),
    )


def gap_table(gap: mix.Gap) -> Table:
    """Felt against found."""
    felt = (_("They blame themselves"), _("They blame us"))
    rows = tuple((name, row[0], row[1]) for name, row in zip(felt, gap.table, strict=True))
    return Table(
        "gap",
        _("What they feel and what we found"),
        (_("They feel"), _("Found: their slip"), _("Found: not their slip")),
        rows,
    )


def spoke(rows: Sequence[MixRow]) -> Block:
    """How they raised it, the silent and those elsewhere beside those who came to us."""
    shares = [(str(Voice(voice).label), share) for voice, share in mix.voice_mix(rows).items()]
    voice = share_chart("voice", _("How complaints reached us"), _("How they raised it"), shares, "cases")
    return Block("voice", _("How do they say it?"), charts=(mosaic_chart(rows), voice))


def mosaic_chart(rows: Sequence[MixRow]) -> Chart:
    """Blame by voice: the wider the column, the more came that way."""
    counts = mix.mosaic(rows)
    columns = []
    for voice in Voice:
        cells = [(TONES[blame], counts[blame, voice]) for blame in Blame]
        if total := sum(count for _tone, count in cells):
            columns.append(Column(str(voice.label), total, cells))
    legend = [(TONES[blame], str(blame.label)) for blame in Blame]
    title = _("Whom they blame, by how they say it")
    heads = (_("How they raised it"), *(str(blame.label) for blame in Blame))
    table = Table(
        "mosaic", title, heads, tuple((str(voice.label), *(counts[blame, voice] for blame in Blame)) for voice in Voice)
    )
    return Chart(
        "mosaic", title, _("Each area stands for a number of cases."), charts.mosaic(columns, legend, title), table
    )


def failed(rows: Sequence[MixRow], spent: dict[int, int]) -> Block:
    """Failures by how often they happen (Pareto), with what each cost."""
    found, cost = mix.failures(rows), mix.cost_by_failure(rows, spent)
    title = _("What went wrong, most frequent first")
    heads = (*share_columns(_("What went wrong")), _("Together, %"), _("Cost, Rp"))
    table_rows, marks, running = [], [], 0
    for failure, share in found:
        before, running = running, running + share.k
        label, together = str(Failure(failure).label), 100 * running / share.n
        table_rows.append(
            (*share_row(label, share), round(together, 1) if share.enough else None, cost.get(failure, 0))
        )
        words = pareto_words(share, running, cost.get(failure, 0))
        marks.append(Mark(label, words, 100 * share.value, low=100 * before / share.n, second=together))
    chart = Chart(
        "pareto",
        title,
        _("Bars and line show shares of all complaints; the line adds up from the top."),
        charts.pareto(marks, (_("of all complaints"), _("together with those above"))),
        Table("failures", title, heads, tuple(table_rows)),
    )
    return Block("failures", _("What goes wrong?"), charts=(chart,))


def pareto_words(share: Share, running: int, cost: int) -> str:
    """The count, what it makes together with those above, and the cost."""
    words = grouped(share.k)
    if share.enough:
        words += " · " + _("%(share)s, together %(sum)s") % {
            "share": percent(share.value),
            "sum": percent(running / share.n),
        }
    return f"{words} · {rupiah(cost)}" if cost else words


def products(scope: Scope) -> Block:
    """The products complained about most, and the way to an improvement."""
    found = mix.fetch_products(scope)
    table = Table(
        "products", _("Products with most complaints"), (_("Product"), _("Complaints"), _("Severe")), tuple(found)
    )
    way = Line(_("Turn a cause into an improvement"), url=reverse("dashboard:improvements"))
    return Block(
        "products",
        _("Which products?"),
        tables=(table,),
        lines=(way,),
        note=_("Counts, not rates: a product that sells more is complained about more."),
    )
