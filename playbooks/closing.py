"""Ending a case: the shop resolves, the customer confirms, silence closes (S0-03). Reopening within thirty days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.actions import Refused
from cases.enums import Actor, Kind, State
from cases.models import Case
from playbooks import queries, treatments
from playbooks.enums import TreatmentState
from shops.models import Improvement, Member, User

REOPEN_WITHIN = timedelta(days=30)


def refuse_resolve(case: Case) -> None:
    """Raise Refused while something promised is not done, or a complaint has no theme, cause and dated change."""
    if queries.owes_remedy(case):
        raise Refused(_("A promised remedy has not been carried out yet. Carry it out or withdraw it first."))
    if case.kind != Kind.COMPLAINT:
        return
    if not (case.theme and case.root_cause):
        raise Refused(_("First say what it was about and what caused it."))
    if not has_dated_improvement(case):
        raise Refused(_("First say what you change so that it does not happen again, and by when."))


def has_dated_improvement(case: Case) -> bool:
    """True where the case is linked to an improvement that has a date."""
    return case.improvements.filter(due_on__isnull=False).exists()


def improve(
    case: Case, *, by: Member, existing: Improvement | None = None, title: str = "", due_on: date | None = None
) -> Improvement:
    """Link the case's cause to what the shop changes: an improvement there is, or a new one. Both need a date."""
    if existing is None and not title.strip():
        raise Refused(_("Say what you change."))
    if due_on is None and (existing is None or existing.due_on is None):
        raise Refused(_("Say by when: a change without a date is a wish."))
    with transaction.atomic():
        improvement = existing or Improvement(shop_id=case.shop_id, title=title.strip()[:160], cause=case.root_cause)
        if improvement.shop_id != case.shop_id:
            raise Refused(_("This improvement belongs to another shop."))
        improvement.due_on = improvement.due_on or due_on  # one case does not put off what others wait for
        improvement.owner = improvement.owner or by
        improvement.save()
        case.improvements.add(improvement)
    return improvement


def known_change(case: Case) -> Improvement | None:
    """The change under way for the same cause, None where there is none."""
    if not case.root_cause:
        return None
    under_way = Improvement.objects.filter(shop_id=case.shop_id, done_at=None, due_on__isnull=False)
    return under_way.filter(cause__iexact=case.root_cause).order_by("due_on", "pk").first()


def join_known_change(case: Case) -> None:
    """Link a complaint that has no change of its own to the known one, so that nobody types it twice."""
    if not has_dated_improvement(case) and (known := known_change(case)):
        case.improvements.add(known)


def resolve(case: Case, *, by: User) -> None:
    """The shop has done its part; the customer is asked to confirm."""
    with transaction.atomic():
        join_known_change(case)
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


def merge(case: Case, into: Case, *, by: User) -> None:
    """Join two cases of one customer: everything said moves, the live treatment of `case` stops."""
    with transaction.atomic():
        if live := queries.live_treatment(case):
            treatments.end(live, TreatmentState.STOPPED, by=by)
        actions.merge(case, into, by=by)


def confirm(case: Case, *, at: datetime | None = None) -> None:
    """The customer says it is right now. Refused while something promised is not done (S0-03)."""
    if queries.owes_remedy(case):
        raise Refused(_("A promised remedy has not been carried out yet. Carry it out or withdraw it first."))
    close(case, State.CONFIRMED, actor=Actor.CUSTOMER, at=at)


def can_reopen(case: Case, now: datetime | None = None) -> bool:
    """A resolved case, or one that ended at most thirty days ago. Later words of the customer open a new case."""
    if case.state == State.RESOLVED:
        return True
    ended = case.ended_at or case.opened_at
    return case.is_ended and case.state != State.MERGED and (now or timezone.now()) <= ended + REOPEN_WITHIN


def refuse_reopen(case: Case, now: datetime | None = None) -> None:
    """Raise Refused where a case can no longer be reopened."""
    if not can_reopen(case, now):
        raise Refused(_("This case ended more than 30 days ago. Log a new one."))
