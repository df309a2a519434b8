"""Which elements each kind of message needs, what it may not hold, and how long it should be (domain.md 5.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Requirement(NamedTuple):
    """`needs` always; `if_severity`/`if_cause` when those are known; `self_needs` where the customer blames themselves.

    "R2|R3" means either. `forbids` names elements that may not stand here; `no_money` also bans words about payment.
    """

    needs: tuple[str, ...] = ()
    self_needs: tuple[str, ...] | None = None
    if_severity: tuple[str, ...] = ()
    if_cause: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    no_money: bool = False
    length: int = 700


CHAT, PUBLIC = 700, 450

REQUIREMENTS: Mapping[str, Requirement] = {
    "free": Requirement(),
    "acknowledgement": Requirement(("R2", "R6")),
    "first_reply": Requirement(("R1", "R2", "R3", "R6"), ("R2", "R3", "R6"), ("R5",), ("R4",)),
    "remedy": Requirement(("R5", "R6")),
    "public_reply": Requirement(("R1", "R2", "R3"), if_cause=("R4",), forbids=("R5",), length=PUBLIC),
    "public_spread": Requirement(("R1", "R2", "R6"), forbids=("R5",), length=PUBLIC),
    "booking_reminder": Requirement(),
    "check_in": Requirement(no_money=True),
    "release": Requirement(forbids=("R5",)),
    "follow_up": Requirement(("R2|R3",)),
    "second_time": Requirement(("R1", "R2", "R3", "R6"), ("R2", "R3", "R6"), ("R5",), ("R4",)),
    "confirm_before_packing": Requirement(("R2",)),
    "outreach": Requirement(("R1", "R2", "R3")),
    "owner_apology": Requirement(("R1", "R2")),
    "safety": Requirement(("R1", "R2", "R6")),
    "incident": Requirement(("R1", "R2")),
}


def required(
    purpose: str, *, blame: str = "unclear", severity_known: bool = False, cause_known: bool = False
) -> tuple[str, ...]:
    """R-codes a message of this purpose needs; an unknown purpose needs nothing."""
    rule = REQUIREMENTS.get(purpose, REQUIREMENTS["free"])
    needs = rule.self_needs if blame == "self" and rule.self_needs is not None else rule.needs
    extra = (rule.if_severity if severity_known else ()) + (rule.if_cause if cause_known else ())
    return tuple(sorted({*needs, *extra}))
