"""Dry run: which real cases would changed routes or an edited playbook take, and what would have changed?

Reads the facts that were kept with each treatment, in chunks: the memory does not grow with the number of cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from playbooks.enums import TreatmentState
from playbooks.models import Step, Treatment
from playbooks.routing import Condition, Facts, Routing, route
from shops.models import Shop

DAYS = 90
CHUNK = 1000


@dataclass(frozen=True)
class Row:
    """One case: the playbooks that treated it and those that would; `added` and `dropped` are codes."""

    code: str
    kind: str
    headline: str
    opened_at: datetime
    was: list[str]
    now: list[str]
    version: int

    @property
    def is_changed(self) -> bool:
        return self.was != self.now

    @property
    def added(self) -> list[str]:
        return [code for code in self.now if code not in self.was]

    @property
    def dropped(self) -> list[str]:
        return [code for code in self.was if code not in self.now]


@dataclass
class Tally:
    """How far along, and what was found so far."""

    seen: int = 0
    taken: int = 0
    changed: int = 0
    by_code: dict[str, int] = field(default_factory=dict)


def treatments_of(shop: Shop, days: int = DAYS, now: datetime | None = None) -> QuerySet[Treatment]:
    """The treatments of the last days that were not replaced, newest first."""
    since = (now or timezone.now()) - timedelta(days=days)
    rows = Treatment.objects.filter(shop=shop, started_at__gte=since).exclude(state=TreatmentState.SUPERSEDED)
    return rows.order_by("-started_at", "-pk")


def run(
    rows: QuerySet[Treatment], conditions: Sequence[Condition], *, tally: Tally, playbook: str = "", taken_by: int = 0
) -> Iterator[Row | None]:
    """Route every kept case again. Yields the rows that are taken (by this playbook, or by the route with this number)
    or would change; None for every other case, so that the caller can show progress.
    """
    columns = ("case__code", "case__kind", "case__headline", "case__opened_at", "facts", "entry_code", "overlay_codes")
    for code, kind, headline, opened, facts, entry, overlays, version in rows.values_list(*columns, "version").iterator(
        chunk_size=CHUNK
    ):
        routing = route(Facts.from_json(facts), conditions)
        was = [one for one in (entry, str(facts.get("root", "")), *overlays) if one]
        row = Row(code, kind, headline, opened, was, routing.codes, version)
        yield row if counted(tally, row, routing, playbook, taken_by) else None


def counted(tally: Tally, row: Row, routing: Routing, playbook: str, taken_by: int) -> bool:
    """Count the row; True where it is worth showing."""
    is_taken = playbook in row.now if playbook else any(t.matched and t.route == taken_by for t in routing.tried)
    tally.seen += 1
    tally.taken += is_taken
    tally.changed += row.is_changed
    if not (is_taken or (row.is_changed and not playbook) or (playbook and playbook in row.was)):
        return False
    for code in row.now:
        tally.by_code[code] = tally.by_code.get(code, 0) + 1
    return True


def with_candidate(routes: Sequence[Condition], candidate: Condition, place: int) -> list[Condition]:
    """The routes with one of them replaced (same number) or a new one put in at its place."""
    others = [condition for condition in routes if not candidate.route or condition.route != candidate.route]
    same = [condition for condition in others if condition.slot == candidate.slot]
    rest = [condition for condition in others if condition.slot != candidate.slot]
    return [*same[:place], candidate, *same[place:], *rest]


def steps_by_code(shop: Shop) -> Mapping[str, list[str]]:
    """The titles of every playbook's steps, for "what would have changed"."""
    titles: dict[str, list[str]] = {}
    for step in Step.objects.filter(playbook__shop=shop).select_related("playbook").order_by("position", "pk"):
        titles.setdefault(step.playbook.code, []).append(str(step))
    return titles
