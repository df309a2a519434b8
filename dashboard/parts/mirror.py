"""The seller's mirror, for the owner alone: five parts and the band of the lowest. A mirror, not a science."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.enums import SurveySample
from dashboard import charts
from dashboard.charts import Mark
from dashboard.measures import buyers, experience, mirror, recovery, times
from dashboard.measures.mirror import ENOUGH_CASES, Mirror, Part
from dashboard.measures.scope import Scope, cases_in
from dashboard.measures.shown import Block, Chart, Table, count_words, grouped, rounded

NAMES = {
    "in_limit": gettext_lazy("Answered within the limit"),
    "follow_ups": gettext_lazy("Asked afterwards, as planned"),
    "recovery": gettext_lazy("Confirmed and satisfied"),
    "closeness": gettext_lazy("Trust and closeness, from the survey"),
    "second_order": gettext_lazy("Second orders, against our own past"),
}
NOUN = {"in_limit": "cases", "follow_ups": "steps", "recovery": "cases"}
BANDS = {
    "order_seeker": (
        gettext_lazy("Order seeker's habits"),
        gettext_lazy("At least one part is below 40: the day's sales come before the people."),
    ),
    "professional": (
        gettext_lazy("Professional"),
        gettext_lazy("On time and polite. For the last step people would have to feel at home with you."),
    ),
    "consultant": (
        gettext_lazy("Consultant"),
        gettext_lazy("All five parts are at 70 or above: customers treat you like a friend."),
    ),
    "": (gettext_lazy("Not enough data yet"), gettext_lazy("It takes 15 cases and at least three of the five parts.")),
}
PAST = 6


def blocks(scope: Scope) -> list[Block]:
    """The owner's page."""
    found = look(scope)
    title, text = BANDS[found.band]
    intro = _("A mirror, not a science: rough parts, no other shops, seen by the owner only. The lowest part decides.")
    return [Block("mirror", str(title), f"{text} {intro}", charts=(mirror_chart(found),))]


def look(scope: Scope) -> Mirror:
    """The five parts (fourteen queries; our own past from a sample of customers)."""
    people = [person for sample in SurveySample for person in experience.fetch_people(scope, sample)]
    near = [score for person in people if (score := closeness(person)) is not None]
    second = buyers.second_order(scope)
    every = buyers.every_nth(second.n, buyers.SAMPLE)
    earlier = [buyers.second_order(quarter, every=every) for quarter in mirror.quarters(scope, PAST)]
    past = [share for share in earlier if share.enough]
    rank = mirror.percentile(second.value, [share.value for share in past]) if second.enough else None
    return mirror.mirror(
        times.count_in_limits(cases_in(scope), scope.now).replied,
        mirror.fetch_follow_ups(scope),
        recovery.count_strict(cases_in(scope), scope.now),
        near,
        rank,
        second.n,
    )


def closeness(person: dict[str, int]) -> float | None:
    """The mean of a person's trust and emotional layers; None without both."""
    both = [experience.person_score(person, experience.ITEMS_OF[layer]) for layer in ("trust", "emotional")]
    known = [score for score in both if score is not None]
    return sum(known) / 2 if len(known) == 2 else None


def part_mark(part: Part) -> Mark:
    """One part as a row."""
    name = str(NAMES[part.key])
    base = count_words(part.share, NOUN[part.key]) if part.share and part.key in NOUN else grouped(part.n)
    if part.score is None:
        return Mark(name, f"{_('Not enough data yet')} · {base}")
    if part.share:
        limits = part.share.interval
        return Mark(name, f"{grouped(part.score)} · {base}", part.score, 100 * limits.low, 100 * limits.high)
    return Mark(name, f"{grouped(part.score)} · n = {base}", part.score)


def mirror_chart(found: Mirror) -> Chart:
    """The five parts."""
    title = _("The five parts")
    rows = tuple((str(NAMES[part.key]), rounded(part.score), part.n) for part in found.parts)
    table = Table("mirror", title, (_("Part"), _("0 to 100"), _("Rests on")), rows)
    summary = _(
        "Below 40: order seeker's habits. 40 to 69: professional. From 70: consultant. Parts below %(n)d are left out."
    ) % {"n": ENOUGH_CASES}
    return Chart("dots", title, summary, charts.rows([part_mark(part) for part in found.parts], "dots"), table)
