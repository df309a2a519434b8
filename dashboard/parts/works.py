"""Which treatment works: versions of one playbook, and trials. Never one playbook against another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dashboard import charts
from dashboard.charts import Mark
from dashboard.measures import versions
from dashboard.measures.scope import Scope
from dashboard.measures.shown import (
    Block,
    Chart,
    Figure,
    Line,
    Table,
    count_words,
    grouped,
    percent,
    plain_figure,
    points_words,
    share_row,
)
from dashboard.measures.versions import Arm, Comparison, TrialResult
from playbooks.models import Playbook
from playbooks.trials import HOLDOUT
from shops.templatetags.money import rupiah

WORDS = {
    "unclear": gettext_lazy("not clear yet"),
    "leaning": gettext_lazy("leaning"),
    "strong": gettext_lazy("fairly strong"),
}
OUTCOME_WORDS = {
    "recovered": gettext_lazy("confirmed and satisfied"),
    "confirmed": gettext_lazy("confirmed by the customer"),
    "returned": gettext_lazy("bought again within 90 days"),
}


def blocks(scope: Scope, outcome: str = "recovered") -> list[Block]:
    """The page of versions and trials."""
    rows = versions.fetch(scope)
    names = names_of(scope)
    trials = [versions.read_trial(scope, trial, outcome) for trial in versions.trials_of(scope)]
    compared = versions.compare_versions(rows, outcome, scope.now)
    return [*trial_blocks(trials, names, outcome), *version_blocks(compared, names, outcome)]


def names_of(scope: Scope) -> dict[str, str]:
    """Playbooks by code."""
    return {book.code: str(book) for book in Playbook.objects.filter(shop=scope.shop)}


def version_name(number: int) -> str:
    """Version 3, or the holdout."""
    return _("Held out: no message") if number == HOLDOUT else _("Version %(n)d") % {"n": number}


def verdict_words(found: Comparison) -> str:
    """Words instead of stars, always with the numbers they rest on."""
    if not found.enough:
        return _("Not enough data yet: 15 cases of each version are needed.")
    better, other = (found.a, found.b) if found.chance >= 0.5 else (found.b, found.a)
    chance = max(found.chance, 1 - found.chance)
    return _("%(word)s: %(better)s brings more back than %(other)s (chance %(chance)s; n = %(n)s)") % {
        "word": str(WORDS[found.word]).capitalize(),
        "better": version_name(better.version),
        "other": version_name(other.version),
        "chance": grouped(chance, 2),
        "n": f"{better.share.n}, {other.share.n}",
    }


def arm_mark(arm: Arm) -> Mark:
    """One version as a row."""
    words, limits = count_words(arm.share, "cases"), arm.posterior
    if not arm.share.enough:
        return Mark(version_name(arm.version), words)
    return Mark(
        version_name(arm.version),
        f"{percent(arm.share.value)} · {words}",
        100 * limits.point,
        100 * limits.low,
        100 * limits.high,
    )


def arms_chart(key: str, title: str, found: Comparison) -> Chart:
    """Two versions beside each other."""
    arms = (found.a, found.b)
    columns = (
        _("Version"),
        _("Brought back"),
        _("Cases"),
        _("Share, %"),
        _("From, %"),
        _("To, %"),
        _("Cost, Rp"),
        _("Cost for each, Rp"),
    )
    rows = tuple(
        (
            *share_row(version_name(arm.version), arm.share),
            arm.cost,
            round(arm.cost_per_success) if arm.cost_per_success and arm.share.enough else None,
        )
        for arm in arms
    )
    marks = [arm_mark(arm) for arm in arms]
    return Chart("dots", title, verdict_words(found), charts.rows(marks, "dots"), Table(key, title, columns, rows))


def difference_figure(key: str, found: Comparison) -> tuple[Figure, ...]:
    """The difference within severity and standing; nothing below 15 a side."""
    if not found.enough:
        return ()
    label = _("Difference between like cases (severity, standing)")
    return (
        plain_figure(
            key, label, points_words(found.difference), cost_words(found), n=found.a.share.n + found.b.share.n
        ),
    )


def cost_words(found: Comparison) -> str:
    """What each recovered case cost."""
    costs = [
        _("%(version)s: %(cost)s for each")
        % {"version": version_name(arm.version), "cost": rupiah(round(arm.cost_per_success))}
        for arm in (found.a, found.b)
        if arm.cost_per_success
    ]
    return " · ".join(costs)


def version_blocks(compared: Sequence[Comparison], names: Mapping[str, str], outcome: str) -> list[Block]:
    """Versions that were used one after the other: other things changed too."""
    intro = _("Outcome: %(outcome)s. They were used at different times: other things changed too. A trial is surer.")
    found = [
        Block(
            f"versions-{each.playbook}",
            names.get(each.playbook, each.playbook),
            intro % {"outcome": OUTCOME_WORDS[outcome]},
            difference_figure(f"difference-{each.playbook}", each),
            (
                arms_chart(
                    f"versions-{each.playbook}",
                    _("Two versions of %(playbook)s") % {"playbook": names.get(each.playbook, each.playbook)},
                    each,
                ),
            ),
        )
        for each in compared
    ]
    if found:
        return found
    return [
        Block(
            "versions", _("Versions"), _("As soon as a playbook has been used in two versions, they are compared here.")
        )
    ]


def trial_blocks(trials: Sequence[TrialResult], names: Mapping[str, str], outcome: str) -> list[Block]:
    """Trials: how far they are; the verdict once, at the end fixed beforehand."""
    found = []
    for result in trials:
        trial = result.trial
        name = names.get(trial.playbook.code, trial.playbook.code)
        key = f"trial-{trial.pk}"
        title = _("Trial: %(playbook)s, %(a)s against %(b)s") % {
            "playbook": name,
            "a": version_name(trial.version_a),
            "b": version_name(trial.version_b),
        }
        if result.comparison:
            chart = arms_chart(key, title, result.comparison)
            found.append(
                Block(
                    key,
                    title,
                    _("Outcome: %(outcome)s.") % {"outcome": OUTCOME_WORDS[outcome]},
                    difference_figure(f"{key}-difference", result.comparison),
                    (chart,),
                )
            )
        else:
            found.append(Block(key, title, lines=(progress_line(result),)))
    return found


def progress_line(result: TrialResult) -> Line:
    """How far a trial is, and that it is not read before its end."""
    trial = result.trial
    text = ngettext(
        "%(n)d of %(all)d case has been given a version, of %(known)d we know how it ended.",
        "%(n)d of %(all)d cases have been given a version, of %(known)d we know how they ended.",
        result.cases,
    ) % {"n": min(result.cases, trial.stop_after), "all": trial.stop_after, "known": result.known}
    if trial.ended_at and result.cases < trial.stop_after:
        return Line(text, _("Ended early: it says nothing."))
    return Line(
        text,
        _("It is read once, at its end. Read earlier, it would find differences that are not there."),
    )
