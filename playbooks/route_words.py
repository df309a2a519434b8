"""Routes in words: their conditions, and what is wrong with them together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cases.enums import Kind, Severity
from playbooks.enums import Blame, Failure, Voice
from playbooks.models import Playbook, Route
from playbooks.queries import condition_of
from playbooks.route_checks import groups, review
from shops.enums import Channel, Standing
from shops.models import Shop
from shops.templatetags.money import rupiah

SETS: list[tuple[str, Any]] = [
    ("kinds", Kind),
    ("blames", Blame),
    ("voices", Voice),
    ("failures", Failure),
    ("severities", Severity),
    ("standings", Standing),
    ("channels", Channel),
]


def conditions_in_words(route: Route) -> str:
    """ "The shop; Late or Not received", "always" where nothing is asked."""
    parts = [labels(choices, getattr(route, name)) for name, choices in SETS if getattr(route, name)]
    if route.repeat is not None:
        parts.append(_("second time") if route.repeat else _("first time"))
    if route.spreading is not None:
        parts.append(_("it is spreading") if route.spreading else _("it is not spreading"))
    if route.order_from is not None:
        parts.append(_("order from %(amount)s") % {"amount": rupiah(route.order_from)})
    if route.order_to is not None:
        parts.append(_("order up to %(amount)s") % {"amount": rupiah(route.order_to)})
    if route.except_roots:
        parts.append(_("not with %(codes)s") % {"codes": ", ".join(route.except_roots)})
    return "; ".join(parts) or _("always")


def labels(choices: Any, values: Iterable[str]) -> str:
    """The words of some choices, joined; unknown values as they are."""
    known = dict(choices.choices)
    return f" {_('or')} ".join(str(known.get(value, value)) for value in values)


def warnings_of(shop: Shop) -> list[str]:
    """What is wrong with the shop's routes together, one line each (two queries)."""
    rules = list(Route.objects.filter(shop=shop, is_active=True, playbook__is_active=True).select_related("playbook"))
    rules.sort(key=lambda rule: (rule.position, rule.pk))
    conditions = [condition_of(rule) for rule in rules]
    active = list(Playbook.objects.filter(shop=shop, is_active=True).order_by("code"))
    found = review(conditions, [book.code for book in active])
    lines = [
        _("%(slot)s route %(n)d to %(playbook)s never decides: earlier routes take everything it asks for.")
        % {"slot": rules[place].get_slot_display(), "n": rules[place].position, "playbook": rules[place].playbook.code}
        for place in found.idle
    ]
    if found.unreached:
        lines.append(_("No route leads to: %(codes)s.") % {"codes": ", ".join(found.unreached)})
    if found.fallback:
        fails = ", ".join(groups(found.fallback, conditions))
        lines.append(_("These fall to the general path P00: %(failures)s.") % {"failures": fails})
    if not found.complete:
        lines.append(_("There are too many conditions to look at every combination; not all could be checked."))
    return lines
