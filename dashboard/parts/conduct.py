"""How we write to customers: what the tone guard found, and whether we kept our own limits."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dashboard import charts
from dashboard.charts import Mark
from dashboard.measures import conduct
from dashboard.measures.conduct import Guarded
from dashboard.measures.scope import Scope
from dashboard.measures.shown import Block, Chart, Table, grouped, plain_figure, share_figure
from messaging.tone.rules import RULES


def blocks(scope: Scope) -> list[Block]:
    """The page of our own words."""
    return [guarded(scope), kept(scope)]


def rule_name(rule: str) -> str:
    """What a rule forbids, in the reader's language."""
    known = RULES.get(rule)
    if known is None:
        return rule
    words = known.title
    return f"{rule} {words.id if (get_language() or 'id').startswith('id') else words.en}"


def guarded(scope: Scope) -> Block:
    """Findings of the tone guard in what was sent."""
    found = conduct.fetch_guarded(scope)
    figures = (
        share_figure("flagged", _("Sent with a remark of the tone guard"), found.flagged, "messages"),
        share_figure(
            "overridden",
            _("Sent against a block, with the owner's reason"),
            found.overridden,
            "messages",
            _("First of all a sign of how good the guard is."),
        ),
        plain_figure("false-alarms", _("Reported as a false alarm"), grouped(found.false_alarms), n=found.false_alarms),
    )
    return Block("guard", _("Our tone"), _("For coaching, not for ranking people."), figures, (rules_chart(found),))


def rules_chart(found: Guarded) -> Chart:
    """Findings by rule, per 100 messages."""
    ranked = sorted(found.rules.items(), key=lambda pair: -pair[1])
    top = ranked[0][1] if ranked else 1
    marks = [Mark(rule_name(rule), grouped(count), 100 * count / top) for rule, count in ranked]
    title = _("What the tone guard found")
    rows = tuple((rule_name(rule), count, round(found.per_hundred(rule), 2)) for rule, count in ranked)
    table = Table("rules", title, (_("Rule"), _("Findings"), _("Per 100 messages")), rows)
    return Chart("bars", title, "" if ranked else _("Nothing found in this period."), charts.rows(marks, "bars"), table)


def kept(scope: Scope) -> Block:
    """Contact caps and quiet hours."""
    contacts = conduct.fetch_contacts(scope)
    caps = conduct.caps_kept((customer, at) for customer, at, _province in contacts)
    day = conduct.by_day(((at, province) for _customer, at, province in contacts), scope.shop)
    figures = (
        share_figure("caps", _("Messages we started, at most three in seven days"), caps, "messages"),
        share_figure(
            "daytime",
            _("Messages we started, outside quiet hours"),
            day,
            "messages",
            _("Answers within 24 hours of a customer's message may go at any hour."),
        ),
    )
    return Block("kept", _("Did we leave people in peace?"), figures=figures)
