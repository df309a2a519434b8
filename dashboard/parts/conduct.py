"""How we write to customers: what the tone guard found, and whether we kept our own limits."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dashboard import charts
from dashboard.charts import Mark
from dashboard.measures import conduct, obeyed, promises
from dashboard.measures.conduct import Guarded
from dashboard.measures.scope import Scope
from dashboard.measures.shown import (
    Block,
    Chart,
    Line,
    Table,
    grouped,
    plain_figure,
    share_columns,
    share_figure,
    share_row,
)
from figures.shares import Share
from messaging.tone.rules import RULES


def blocks(scope: Scope) -> list[Block]:
    """The page of our own words."""
    return [guarded(scope), kept(scope), obeyed_block(scope), promised(scope)]


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


def obeyed_block(scope: Scope) -> Block:
    """Opt-outs and requests for one's own data."""
    requests = obeyed.fetch_requests(scope.shop, scope.since, scope.until)
    waiting = [each for each in requests if each.answered_at is None]
    figures = (
        share_figure(
            "opt-outs",
            _("Asked to be left alone, and were"),
            obeyed.fetch_opt_outs(scope),
            "requests",
            _("Target: all."),
        ),
        share_figure(
            "data-requests",
            _("Asked for their data or its erasure, and had it within 72 hours"),
            obeyed.in_time(requests, scope.now),
            "requests",
            _("UU 27/2022 art. 32: within 3 x 24 hours."),
        ),
    )
    lines = tuple(
        Line(
            each.customer,
            _("answer by %(when)s") % {"when": f"{each.due_at.astimezone(scope.shop.tz):%Y-%m-%d %H:%M}"},
            reverse("shops:customer", args=[each.customer]),
        )
        for each in waiting
    )
    return Block("obeyed", _("Did we do as people asked?"), figures=figures, lines=lines)


def promised(scope: Scope) -> Block:
    """Published promises: kept in their days, cost, how much of this month's cap is used."""
    found = promises.fetch(scope)
    together = Share(sum(each.kept.k for each in found), sum(each.kept.n for each in found))
    columns = (*share_columns(_("Promise")), _("Cost, Rp"), _("Given this month, pieces"), _("At most, pieces"))
    rows = tuple((*share_row(str(each.promise), each.kept), each.cost, each.used, each.cap) for each in found)
    figures = (share_figure("promises", _("Claims carried out in the promised days"), together, "claims"),)
    return Block(
        "promises",
        _("Did we keep our promises?"),
        _("Published promises, such as “one broken, we replace ten”. Claims that still have time are not counted."),
        figures,
        tables=(Table("promises", _("Promises"), columns, rows),),
    )
