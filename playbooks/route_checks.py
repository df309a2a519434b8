"""What is wrong with a set of routes as a whole: routes that never decide, cases that fall to P00, idle playbooks.

Facts are grouped by what the routes can tell apart, so that every case there can be is looked at in a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import Any

from cases.enums import Kind, Severity
from playbooks.enums import Blame, Failure, Voice
from playbooks.routing import FALLBACK, SETS, Condition, Facts, route
from shops.enums import Channel, Standing

VALUES: dict[str, list[str]] = {
    "kind": Kind.values,
    "blame": Blame.values,
    "voice": Voice.values,
    "failure": Failure.values,
    "severity": Severity.values,
    "standing": Standing.values,
    "channel": Channel.values,
}
MOST = 60_000  # combinations looked at; more than that is said so


@dataclass
class Review:
    """What was found: places of idle routes in the given order, playbooks nobody reaches, facts that fall to P00."""

    idle: list[int] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)
    fallback: list[Facts] = field(default_factory=list)
    looked_at: int = 0
    complete: bool = True


def review(conditions: Sequence[Condition], playbooks: Iterable[str]) -> Review:
    """Walk every combination the routes can tell apart."""
    marked = [replace(condition, route=place + 1) for place, condition in enumerate(conditions)]
    decided: set[int] = set()
    reached: set[str] = set()
    found = Review()
    every = combinations(marked)
    for facts in islice(every, MOST):
        found.looked_at += 1
        routing = route(facts, marked)
        decided.update(tried.route for tried in routing.tried if tried.matched)
        reached.update(routing.codes)
        if routing.root == FALLBACK:
            found.fallback.append(facts)
    found.complete = next(every, None) is None
    found.idle = [place for place in range(len(marked)) if place + 1 not in decided] if found.complete else []
    found.unreached = sorted(set(playbooks) - reached - {FALLBACK}) if found.complete else []
    return found


def combinations(conditions: Sequence[Condition]) -> Iterator[Facts]:
    """One example of every group of facts that some route tells apart."""
    axes: dict[str, list[Any]] = {name: examples(conditions, name) for name in SETS}
    for name in ("repeat", "spreading"):
        axes[name] = [False, True] if any(getattr(c, name) is not None for c in conditions) else [False]
    axes["order_value"] = amounts(conditions)
    for values in product(*axes.values()):
        yield Facts(**dict(zip(axes, values, strict=True)))


def examples(conditions: Sequence[Condition], name: str) -> list[str]:
    """One value of each group that the routes treat alike."""
    groups: dict[tuple[bool, ...], str] = {}
    for value in VALUES[name]:
        groups.setdefault(signature(conditions, name, value), value)
    return list(groups.values())


def signature(conditions: Sequence[Condition], name: str, value: str) -> tuple[bool, ...]:
    """Which routes ask for this value: values with equal signatures are treated alike."""
    return tuple(value in getattr(condition, name) for condition in conditions)


def amounts(conditions: Sequence[Condition]) -> list[int | None]:
    """An order value below, on and above every limit; None where no route asks for it."""
    edges = {edge for c in conditions for edge in (c.order_from, c.order_to) if edge is not None}
    if not edges:
        return [None]
    return [*sorted({max(0, edge + step) for edge in edges for step in (-1, 0, 1)})]


def groups(facts: Sequence[Facts], conditions: Sequence[Condition]) -> list[str]:
    """The failures among these facts and those treated like them, in the order of the list: what falls to P00."""
    seen = {signature(conditions, "failure", one.failure) for one in facts}
    return [str(Failure(value).label) for value in Failure.values if signature(conditions, "failure", value) in seen]
