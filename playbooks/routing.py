"""Which playbook treats a case: a total, pure function over facts and the shop's ordered routes (domain.md 0.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from playbooks.enums import Slot

FALLBACK = "P00"
MAX_OVERLAYS = 2


@dataclass(frozen=True)
class Facts:
    """What routing may know of a case. `order_value` in rupiah, None where there is no order."""

    kind: str = "complaint"
    blame: str = "unclear"
    voice: str = "to_shop"
    failure: str = "unknown"
    severity: str = "S2"
    standing: str = "prospect"
    repeat: bool = False
    spreading: bool = False
    channel: str = ""
    order_value: int | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Facts:
        """Facts kept with a treatment; unknown keys are left out."""
        names = {f.name for f in fields(cls)}
        return cls(**{key: value for key, value in data.items() if key in names})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Condition:
    """A route without the database: empty sets and None match everything. `route` is its row, 0 for one not saved.

    `title`: the playbook's name by language.
    """

    playbook: str
    slot: str = Slot.ROOT
    title: Mapping[str, str] = field(default_factory=dict)
    kind: frozenset[str] = frozenset()
    blame: frozenset[str] = frozenset()
    voice: frozenset[str] = frozenset()
    failure: frozenset[str] = frozenset()
    severity: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    channel: frozenset[str] = frozenset()
    except_roots: frozenset[str] = frozenset()
    repeat: bool | None = None
    spreading: bool | None = None
    order_from: int | None = None
    order_to: int | None = None
    route: int = 0


SETS = ("kind", "blame", "voice", "failure", "severity", "standing", "channel")


@dataclass(frozen=True)
class Tried:
    """One route that was looked at: did it match, and if not, which fact spoke against it."""

    playbook: str
    slot: str
    title: Mapping[str, str]
    matched: bool
    because: str
    route: int = 0


@dataclass(frozen=True)
class Routing:
    """The decision: one root, at most one entry, up to two overlays, and every route that was tried."""

    root: str
    entry: str = ""
    overlays: tuple[str, ...] = ()
    tried: tuple[Tried, ...] = field(default=())

    @property
    def codes(self) -> list[str]:
        """The playbooks in the order they act: entry, root, overlays."""
        return [code for code in (self.entry, self.root, *self.overlays) if code]


def mismatch(condition: Condition, facts: Facts, root: str = "") -> str:
    """The first fact that speaks against the route, "" where it matches."""
    for name in SETS:
        wanted = getattr(condition, name)
        if wanted and getattr(facts, name) not in wanted:
            return name
    if condition.repeat is not None and facts.repeat != condition.repeat:
        return "repeat"
    if condition.spreading is not None and facts.spreading != condition.spreading:
        return "spreading"
    if condition.order_from is not None and (facts.order_value or 0) < condition.order_from:
        return "order_value"
    if condition.order_to is not None and (facts.order_value or 0) > condition.order_to:
        return "order_value"
    return "root" if root and root in condition.except_roots else ""


def matched_facts(condition: Condition) -> str:
    """The facts a route asked for, as codes: the readable reason is made from them when shown."""
    asked = [name for name in SETS if getattr(condition, name)]
    asked += [name for name in ("repeat", "spreading") if getattr(condition, name) is not None]
    if condition.order_from is not None or condition.order_to is not None:
        asked.append("order_value")
    return ",".join(asked) or "always"


def route(facts: Facts, routes: Iterable[Condition]) -> Routing:
    """Choose the playbooks for these facts. Total: without a matching root route it is P00."""
    tried: list[Tried] = []
    ordered = list(routes)

    def look(slot: str, root: str = "", *, first_only: bool) -> list[str]:
        found: list[str] = []
        for condition in ordered:
            if condition.slot != slot:
                continue
            against = mismatch(condition, facts, root)
            tried.append(
                Tried(
                    condition.playbook,
                    slot,
                    condition.title,
                    not against,
                    against or matched_facts(condition),
                    condition.route,
                )
            )
            if not against:
                found.append(condition.playbook)
                if first_only:
                    break
        return list(dict.fromkeys(found))

    root = (look(Slot.ROOT, first_only=True) or [FALLBACK])[0]
    entry = (look(Slot.ENTRY, root, first_only=True) or [""])[0]
    overlays = look(Slot.OVERLAY, root, first_only=False)[:MAX_OVERLAYS]
    return Routing(root=root, entry=entry, overlays=tuple(overlays), tried=tuple(tried))
