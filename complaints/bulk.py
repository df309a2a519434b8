"""Doing one thing to many complaints, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from cases import actions as casework
from cases import undo as undoing
from complaints import actions
from complaints.models import Complaint
from playbooks.enums import Blame
from shops.models import Member

LIST = "complaints"


def tag_all(complaints: Sequence[Complaint], blame: str, *, by: Member, session: SessionBase) -> int:
    """Tag many complaints; returns how many changed."""
    before = [[c.pk, c.blame if c.is_tagged else ""] for c in complaints]
    with transaction.atomic():
        for complaint in complaints:
            actions.tag(complaint, blame, by=by.user)
    undoing.keep(session, LIST, {"what": "tag", "now": blame, "before": before})
    return len(complaints)


def assign_all(complaints: Sequence[Complaint], member: Member | None, *, by: Member, session: SessionBase) -> int:
    """Give many cases to a member; returns how many changed."""
    before = [[c.pk, c.case.assignee_id] for c in complaints]
    with transaction.atomic():
        for complaint in complaints:
            casework.assign(complaint.case, member, by=by.user)
    undoing.keep(session, LIST, {"what": "assign", "now": member.pk if member else None, "before": before})
    return len(complaints)


def undo(member: Member, session: SessionBase) -> int:
    """Put the last bulk action back; returns how many rows.

    A row that somebody changed since stays as they left it. A tag that was missing becomes "not clear".
    """
    kept = undoing.take(session, LIST)
    if not kept:
        return 0
    values = dict(map(tuple, kept["before"]))
    field = "blame" if kept["what"] == "tag" else "case__assignee"
    rows = Complaint.objects.filter(shop=member.shop, pk__in=values, **{field: kept["now"]})
    found = list(rows.select_related("case__shop", "case__customer", "case__order", "case__assignee"))
    with transaction.atomic():
        for complaint in found:
            put_back(complaint, kept["what"], values[complaint.pk], member)
    return len(found)


def put_back(complaint: Complaint, what: str, value: str | int | None, member: Member) -> None:
    """One complaint as it was before."""
    if what == "tag":
        actions.tag(complaint, str(value or Blame.UNCLEAR), by=member.user)
    else:
        owner = Member.objects.filter(shop=member.shop, pk=value).first() if value else None
        casework.assign(complaint.case, owner, by=member.user)
