"""What may happen to a case. Every change of state goes through set_state: one door, one event."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import events, limits
from cases.enums import ENDED, MOVES, UNENDED, Actor, Kind, State
from cases.mentions import names_in
from cases.models import Case, Note
from shops.calendar import Calendar, calendar_of
from shops.models import Member, User


class Refused(Exception):
    """A change that the rules forbid; the message says why and what to do, in the reader's language."""


class Stale(Refused):
    """Somebody else changed the case first."""


CUSTOMER_ONLY = {State.CONFIRMED}


def lock(case: Case) -> Case:
    """The case's row, locked until the transaction ends (a plain read on SQLite, which writes one at a time).

    no_key: rows that point to the case (events, messages) may still be added; else two writers could wait for ever.
    """
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def set_state(
    case: Case, new: str, *, actor: str, by: User | None = None, note: str = "", at: datetime | None = None
) -> None:
    """Move a case to `new`; the same state changes nothing. Refused: not allowed. Stale: somebody else was first.

    Staff can never confirm for the customer (I7); a complaint is confirmed only after the shop resolved it (S0-03).
    """
    if new == case.state:
        return
    refuse_move(case, new, actor)
    now, old = at or timezone.now(), case.state
    changes: dict[str, object] = {"state": new}
    if new == State.RESOLVED:
        changes["resolved_at"] = now
    if new in ENDED:
        changes |= {"ended_at": now, "next_due_at": None}
    if new == State.REOPENED:
        changes |= {"ended_at": None, "resolved_at": None, "is_repeat": True, "reopened_count": case.reopened_count + 1}
    with transaction.atomic():
        if Case.objects.filter(pk=case.pk, state=old).update(**changes) != 1:
            raise Stale(_("Somebody else changed this case a moment ago. Look at it again."))
        for name, value in changes.items():
            setattr(case, name, value)
        events.add_event(case, events.STATE, by=by, actor=actor, at=now, old=old, new=new, note=note)


def refuse_move(case: Case, new: str, actor: str) -> None:
    """Raise Refused where the state machine forbids the move."""
    if new not in MOVES[case.state]:
        raise Refused(
            _("A case that is “%(old)s” cannot become “%(new)s”.")
            % {"old": State(case.state).label, "new": State(new).label}
        )
    if new in CUSTOMER_ONLY and actor != Actor.CUSTOMER:
        raise Refused(_("Only the customer can confirm. Mark it as resolved; the customer is asked."))
    if new == State.CONFIRMED and case.kind == Kind.COMPLAINT and case.state != State.RESOLVED:
        raise Refused(_("Mark the case as resolved first."))


def set_limits(case: Case, calendar: Calendar | None = None) -> None:
    """Work out the clocks of a case from its severity and standing (not saved)."""
    calendar = calendar or calendar_of(case.shop)
    spreading = case.is_spreading
    case.first_reply_due_at = limits.first_reply_due(
        case.opened_at, case.severity, case.standing, calendar, spreading=spreading
    )
    case.decision_due_at = limits.decision_due(case.opened_at, case.severity, calendar, spreading=spreading)
    if case.order and case.order.placed_at:
        case.legal_due_on = limits.legal_due(case.order.placed_at)
    if case.next_due_at is None and case.first_replied_at is None:
        case.next_due_at = case.first_reply_due_at


def first_replies_sent(cases: Collection[Case], at: datetime) -> None:
    """Stop the first-reply clocks of these cases, each once."""
    if cases:
        Case.objects.filter(pk__in=[case.pk for case in cases], first_replied_at=None).update(first_replied_at=at)
    for case in cases:
        case.first_replied_at = case.first_replied_at or at


def assign(case: Case, member: Member | None, *, by: User) -> None:
    """Give the case to a member of the same shop, or to nobody."""
    if member is not None and member.shop_id != case.shop_id:
        raise Refused(_("This person is not a member of the shop."))
    if member == case.assignee:
        return
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(assignee=member)
        case.assignee = member
        events.add_event(case, events.ASSIGNED, by=by, to=str(member.user) if member else "")


def add_note(case: Case, text: str, *, by: User) -> Note:
    """Keep a remark for colleagues; "@budi" mentions the member of that user name."""
    with transaction.atomic():
        note = Note.objects.create(shop_id=case.shop_id, case=case, by=by, text=text)
        note.mentions.set(Member.objects.filter(shop_id=case.shop_id, user__username__in=names_in(text)))
        events.add_event(case, events.NOTE, by=by, note=note.pk)
    return note


def set_theme(case: Case, theme: str, root_cause: str, *, by: User) -> None:
    """Say what the case was about and what caused it; needed before it is resolved (S4-27)."""
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(theme=theme, root_cause=root_cause)
        case.theme, case.root_cause = theme, root_cause
        events.add_event(case, events.THEME, by=by, theme=theme, cause=root_cause)


def merge(case: Case, into: Case, *, by: User) -> None:
    """Move everything said in `case` to `into` and end `case` as merged; same shop only."""
    if case.shop_id != into.shop_id or case.pk == into.pk:
        raise Refused(_("These two cases cannot be merged."))
    if into.state not in UNENDED:
        raise Refused(_("The other case has ended. Reopen it first."))
    with transaction.atomic():
        case.messages.update(case=into)
        case.notes.update(case=into)
        case.attachments.update(case=into)
        Case.objects.filter(pk=case.pk).update(merged_into=into)
        set_state(case, State.MERGED, actor=Actor.STAFF, by=by, note=into.code)
        events.add_event(into, events.MERGED, by=by, other=case.code)
