"""Doing one thing to many complaints, with undo: the ticked rows' state before is kept in the session for a while."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from cases import actions as casework
from cases.models import Case
from complaints import actions
from complaints.models import Complaint
from playbooks.enums import Blame
from shops.models import Member

KEY = "bulk_undo"
MOST = 200


def tag_all(complaints: Sequence[Complaint], blame: str, *, by: Member, session: SessionBase) -> int:
    """Tag many complaints; returns how many changed."""
    before = [[c.pk, c.blame if c.is_tagged else ""] for c in complaints]
    with transaction.atomic():
        for complaint in complaints:
            actions.tag(complaint, blame, by=by.user)
    session[KEY] = {"what": "tag", "before": before}
    return len(complaints)


def assign_all(complaints: Sequence[Complaint], member: Member | None, *, by: Member, session: SessionBase) -> int:
    """Give many cases to a member; returns how many changed."""
    before = [[c.pk, c.case.assignee_id] for c in complaints]
    with transaction.atomic():
        for complaint in complaints:
            casework.assign(complaint.case, member, by=by.user)
    session[KEY] = {"what": "assign", "before": before}
    return len(complaints)


def undo(member: Member, session: SessionBase) -> int:
    """Put the last bulk action back; returns how many rows. A tag that was missing becomes "not clear"."""
    kept = session.pop(KEY, None)
    if not kept:
        return 0
    values = dict(map(tuple, kept["before"]))
    rows = Complaint.objects.filter(shop=member.shop, pk__in=values).select_related(
        "case__shop", "case__customer", "case__order"
    )
    with transaction.atomic():
        for complaint in rows:
            value = values[complaint.pk]
            if kept["what"] == "tag":
                actions.tag(complaint, value or Blame.UNCLEAR, by=member.user)
            else:
                owner = Member.objects.filter(shop=member.shop, pk=value).first() if value else None
                casework.assign(Case.objects.get(pk=complaint.case_id), owner, by=member.user)
    return len(rows)
