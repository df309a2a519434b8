"""Ending a case: the shop resolves, the customer confirms, silence closes (S0-03)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.actions import Refused
from cases.enums import Actor, Kind, State
from cases.models import Case
from playbooks import queries, treatments
from playbooks.enums import TreatmentState
from shops.models import User


def refuse_resolve(case: Case) -> None:
    """Raise Refused while something promised is not done, or nobody said what it was about (S4-27)."""
    if queries.owes_remedy(case):
        raise Refused(_("A promised remedy has not been carried out yet. Carry it out or withdraw it first."))
    if case.kind == Kind.COMPLAINT and not (case.theme and case.root_cause):
        raise Refused(_("First say what it was about and what caused it."))


def resolve(case: Case, *, by: User) -> None:
    """The shop has done its part; the customer is asked to confirm."""
    refuse_resolve(case)
    actions.set_state(case, State.RESOLVED, actor=Actor.STAFF, by=by)


def close(
    case: Case, state: str, *, actor: str, by: User | None = None, note: str = "", at: datetime | None = None
) -> None:
    """End a case and its live treatment together."""
    at = at or timezone.now()
    with transaction.atomic():
        actions.set_state(case, state, actor=actor, by=by, note=note, at=at)
        if live := queries.live_treatment(case):
            treatments.end(live, TreatmentState.STOPPED, by=by, now=at)


def confirm(case: Case, *, at: datetime | None = None) -> None:
    """The customer says it is right now."""
    close(case, State.CONFIRMED, actor=Actor.CUSTOMER, at=at)
