"""The experience pyramid: what buyers say of the shop in five layers, beside what really happened."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.enums import SurveyKind, SurveySample
from cases.surveys import LAYERS
from complaints.models import Incident
from dashboard import charts
from dashboard.charts import Mark
from dashboard.measures import delivery, experience, mix, trust
from dashboard.measures.experience import TIE, Layer, Pyramid
from dashboard.measures.scope import Scope
from dashboard.measures.shown import (
    Block,
    Chart,
    Figure,
    Line,
    Table,
    grouped,
    plain_figure,
    points_words,
    rounded,
    share_columns,
    share_figure,
    share_row,
    signed,
)
from figures.shares import ENOUGH, Share


def blocks(scope: Scope) -> list[Block]:
    """The page of the pyramid."""
    asked = experience.fetch_asked(scope)
    hurt = mix.layers_hurt(mix.fetch_failures(scope))
    found = []
    for sample in SurveySample:
        people = experience.fetch_people(scope, sample)
        share = asked.get((SurveyKind.EXPERIENCE, sample), Share(0, 0))
        if sample == SurveySample.CASE and not share.n:
            continue  # only shops that ask these people, too
        pyramid = experience.pyramid(people, share.n)
        twins = twin_figures(scope) if sample == SurveySample.BUYER else ()
        found.append(pyramid_block(sample, pyramid, hurt, twins))
    return [*found, recommend_block(scope), trust_block(scope), site_block(scope, found)]


def pyramid_block(sample: SurveySample, found: Pyramid, hurt: dict[str, int], twins: tuple[Figure, ...]) -> Block:
    """One sample's pyramid. The two are never pooled: people with a case are not like all buyers."""
    title = _("What random buyers say") if sample == SurveySample.BUYER else _("What customers with a case say")
    figures = (
        share_figure(f"answered-{sample}", _("Answered"), found.responded, "surveys"),
        overall_figure(sample, found),
        *twins,
    )
    way = (Line(_("Invite people to the survey"), url=reverse("dashboard:insights_surveys")),) if twins else ()
    return Block(
        f"pyramid-{sample}",
        title,
        weakest_words(found),
        figures,
        (pyramid_chart(sample, title, found, hurt),),
        lines=way,
    )


def overall_figure(sample: SurveySample, found: Pyramid) -> Figure:
    """The mean of the five layers, each counting the same."""
    n = min((layer.n for layer in found.layers), default=0)
    people = ngettext("%(n)s person", "%(n)s persons", n) % {"n": grouped(n)}
    if found.overall is None or n < ENOUGH:
        return plain_figure(f"overall-{sample}", _("All five layers"), people, few=True, n=n)
    return plain_figure(
        f"overall-{sample}", _("All five layers"), _("%(n)s of 100") % {"n": grouped(found.overall)}, people, n=n
    )


def weakest_words(found: Pyramid) -> str:
    """The weakest layer, or that several are close to each other."""
    if found.weakest is None:
        return _("From 15 answers on the weakest layer is named here.")
    if found.weakest == TIE:
        words = _("Tie: the lowest layers cannot be told apart. Begin with “%(layer)s”: it carries the others.")
        hint = found.hint or experience.BASE
        return (
            words % {"layer": LAYERS[hint]}
            if hint == experience.BASE
            else _("Tie: the lowest layers cannot be told apart.")
        )
    return _("The weakest layer is “%(layer)s”.") % {"layer": LAYERS[found.weakest]}


def layer_mark(layer: Layer, hurt: dict[str, int]) -> Mark:
    """One layer as a row of the pyramid."""
    name = str(LAYERS[layer.key])
    people = ngettext("%(n)s person", "%(n)s persons", layer.n) % {"n": grouped(layer.n)}
    cases_words = ngettext("%(n)d complaint", "%(n)d complaints", hurt.get(layer.key, 0)) % {
        "n": hurt.get(layer.key, 0)
    }
    if layer.score is None or not layer.enough:
        return Mark(name, f"{_('Not enough data yet')} · {people} · {cases_words}")
    score = layer.score
    words = _("%(score)s (%(low)s to %(high)s)") % {
        "score": grouped(score.point),
        "low": grouped(score.low),
        "high": grouped(score.high),
    }
    return Mark(name, f"{words} · {people} · {cases_words}", score.point, max(0.0, score.low), min(100.0, score.high))


def pyramid_chart(sample: SurveySample, title: str, found: Pyramid, hurt: dict[str, int]) -> Chart:
    """The five layers from top to base."""
    marks = [layer_mark(layer, hurt) for layer in found.layers]
    columns = (_("Layer"), _("Persons"), _("Score"), _("From"), _("Until"), _("Alpha"), _("Complaints"))
    rows = tuple(layer_row(layer, hurt) for layer in found.layers)
    summary = _("Scores from 0 to 100 with their 95% interval; beside them, complaints that hurt the layer.")
    return Chart(
        "pyramid", title, summary, charts.rows(marks, "layers"), Table(f"pyramid-{sample}", title, columns, rows)
    )


def layer_row(layer: Layer, hurt: dict[str, int]) -> tuple[str | int | float | None, ...]:
    """A layer's figures; Cronbach's alpha from 30 persons on."""
    score = layer.score if layer.enough else None
    numbers = (score.point, score.low, score.high) if score else (None, None, None)
    alpha = round(layer.alpha, 2) if layer.alpha is not None else None
    return (str(LAYERS[layer.key]), layer.n, *map(rounded, numbers), alpha, hurt.get(layer.key, 0))


def twin_figures(scope: Scope) -> tuple[Figure, ...]:
    """What really happened, beside “Keeps its word” (S2-11)."""
    return (
        share_figure("as-ordered", _("In fact: came as ordered"), delivery.as_ordered(scope), "orders"),
        share_figure(
            "on-time", _("In fact: came by the promised day"), delivery.on_time(delivery.fetch(scope)), "parcels"
        ),
    )


def recommend_block(scope: Scope) -> Block:
    """The recommend score of the shop with its interval, and what it is made of."""
    found = experience.fetch_recommendation(scope)
    people = ngettext("%(n)s person", "%(n)s persons", found.n) % {"n": grouped(found.n)}
    words, note = people, ""
    if found.enough:
        score = found.score
        words = _("%(n)s points") % {"n": signed(score.point / 100)}
        limits = {"low": signed(score.low / 100), "high": signed(score.high / 100)}
        note = f"{people} · " + _("95%% interval: %(low)s to %(high)s") % limits
    figure = plain_figure("recommend", _("Recommend score, -100 to 100"), words, note, few=not found.enough, n=found.n)
    groups = (
        (_("Would recommend us (9 or 10)"), found.promoters),
        (_("Undecided (7 or 8)"), found.passives),
        (_("Would not (0 to 6)"), found.detractors),
    )
    rows = tuple(share_row(label, Share(count, found.n)) for label, count in groups) if found.n else ()
    return Block(
        "recommend",
        _("Would they recommend us?"),
        _("Those who would, less those who would not. With few answers the interval is wide: look at it first."),
        (figure,),
        tables=(Table("recommend", _("Answers, 0 to 10"), share_columns(_("Answer")), rows),),
    )


def trust_block(scope: Scope) -> Block:
    """Trust and repurchase beside each other (S2-15)."""
    found = trust.split(trust.fetch(scope))
    both = found.trusting.enough and found.others.enough
    note = _("Difference: %(points)s.") % {"points": points_words(found.difference)} if both else ""
    figures = (
        share_figure("trust-high", _("Trust us, and bought again within 90 days"), found.trusting, "customers", note),
        share_figure("trust-low", _("Trust us less, and bought again within 90 days"), found.others, "customers"),
    )
    return Block(
        "trust",
        _("Do those who trust us come back?"),
        _("Trust: 75 of 100 or more on its two questions. A relation, not a cause."),
        figures,
    )


def site_block(scope: Scope, found: Sequence[Block]) -> Block:
    """Times when the shop was hard to reach stand beside the scores of “Easy to shop” (S2-19)."""
    rows = Incident.objects.filter(shop=scope.shop, started_at__gte=scope.since, started_at__lt=scope.until)
    counts = rows.aggregate(n=Count("pk"), site=Count("pk", filter=Q(failure="site_problem")))
    figure = plain_figure(
        "incidents",
        _("Times the shop was hard to reach"),
        grouped(counts["site"]),
        _("All incidents: %(n)d") % {"n": counts["n"]},
        n=counts["n"],
    )
    way = Line(_("Incidents"), url=reverse("complaints:incidents"))
    return Block("site", _("Easy to shop: what we know ourselves"), figures=(figure,), lines=(way,))
