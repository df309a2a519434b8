"""Reminders for staff. Each is a row under a key that names the thing and its due time: never doubled, and a second
reminder on the same day has a key of its own. Leaving the state cancels it. In the app at once, by email as a digest.

A mention is told as the note is written; the tick tells what slipped through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import WORKING
from cases.models import Case, Note
from messaging.enums import NEEDS_STAFF, Direction
from messaging.models import Message, StaffNotice
from shops.enums import Role
from shops.models import Member

REPLY_SOON = "reply_soon"
REPLY_LATE = "reply_late"
OUTBOX = "outbox"
STEP_DUE = "step_due"
STEP_OVERDUE = "step_overdue"
MENTION = "mention"
SOON = timedelta(minutes=30)
MENTION_FOR = timedelta(days=30)  # an older mention is no news
BATCH = 1000

LABELS = {
    REPLY_SOON: _("First reply soon due"),
    REPLY_LATE: _("First reply is late"),
    OUTBOX: _("A message did not go out"),
    STEP_DUE: _("A step is due"),
    STEP_OVERDUE: _("A step is overdue"),
    MENTION: _("A colleague asks you"),
}


@dataclass(frozen=True)
class Cause:
    """One thing staff must know: its key says which thing and which due time."""

    key: str
    shop_id: int
    case_id: int | None
    member_id: int | None
    data: dict[str, Any] = field(default_factory=dict)


def reconcile(code: str, causes: Iterable[Cause], now: datetime) -> Counter[str]:
    """Make the open notices of a code equal to its causes: raise what is new, cancel what has gone."""
    wanted = {(cause.shop_id, cause.key): cause for cause in causes}
    still_open = StaffNotice.objects.filter(code=code, cancelled_at=None).order_by("-pk")
    known = {(shop, key): pk for pk, shop, key in still_open.values_list("pk", "shop_id", "key")[: BATCH * 5]}
    gone = [pk for place, pk in known.items() if place not in wanted]
    cancelled = StaffNotice.objects.filter(pk__in=gone).update(cancelled_at=now)
    fresh = [cause for place, cause in wanted.items() if place not in known]
    StaffNotice.objects.bulk_create([notice(code, cause, now) for cause in fresh], ignore_conflicts=True)
    raise_again(fresh, now)
    return Counter({f"notices_{code}": len(fresh), "notices_cancelled": cancelled})


def raise_again(fresh: Iterable[Cause], now: datetime) -> None:
    """A cause that had gone and is here once more is news again, under its old key."""
    keys = [cause.key for cause in fresh]
    again = StaffNotice.objects.filter(key__in=keys, cancelled_at__isnull=False)
    again.update(cancelled_at=None, read_at=None, mailed_at=None, at=now)


def notice(code: str, cause: Cause, now: datetime) -> StaffNotice:
    """A notice's row."""
    return StaffNotice(
        shop_id=cause.shop_id,
        code=code,
        key=cause.key,
        case_id=cause.case_id,
        member_id=cause.member_id,
        data=cause.data,
        at=now,
    )


def unanswered(now: datetime) -> QuerySet[Case]:
    """Working cases without a first reply, the most urgent first."""
    return Case.objects.filter(state__in=sorted(WORKING), first_replied_at=None).order_by("first_reply_due_at")


def reply_causes(cases: QuerySet[Case], code: str) -> list[Cause]:
    """One cause per case and due time."""
    return [
        Cause(f"{code}:{case.pk}:{case.first_reply_due_at:%Y%m%d%H%M}", case.shop_id, case.pk, case.assignee_id)
        for case in cases.only("pk", "shop_id", "assignee_id", "first_reply_due_at")[:BATCH]
    ]


def outbox_causes() -> list[Cause]:
    """One cause per customer message that failed or is doubtful; failing again after a retry is news again."""
    rows = Message.objects.filter(state__in=sorted(NEEDS_STAFF), direction=Direction.OUT).select_related("case")
    return [
        Cause(f"{OUTBOX}:{row.pk}", row.shop_id, row.case_id, row.case.assignee_id if row.case else None,
              {"message": row.pk, "error": row.last_error})
        for row in rows.order_by("-pk")[:BATCH]
    ]  # fmt: skip


def mention_causes(notes: QuerySet[Note]) -> list[Cause]:
    """One cause per note and person named in it; whoever names themselves is not told."""
    told = Note.mentions.through.objects.filter(note__in=notes).exclude(member__user=F("note__by"))
    rows = told.values_list("note_id", "note__shop_id", "note__case_id", "member_id").order_by("-note_id")
    return [
        Cause(f"{MENTION}:{note}:{member}", shop, case, member, {"note": note})
        for note, shop, case, member in rows[:BATCH]
    ]


def tell_mentioned(note: Note) -> None:
    """Tell the people named in a note, at once and once."""
    rows = [notice(MENTION, cause, note.at) for cause in mention_causes(Note.objects.filter(pk=note.pk))]
    StaffNotice.objects.bulk_create(rows, ignore_conflicts=True)


def run(now: datetime | None = None) -> Counter[str]:
    """Bring the notices about replies and the outbox up to date."""
    now = now or timezone.now()
    soon = unanswered(now).filter(first_reply_due_at__gt=now, first_reply_due_at__lte=now + SOON)
    late = unanswered(now).filter(first_reply_due_at__lte=now)
    report = reconcile(REPLY_SOON, reply_causes(soon, REPLY_SOON), now)
    report += reconcile(REPLY_LATE, reply_causes(late, REPLY_LATE), now)
    report += reconcile(OUTBOX, outbox_causes(), now)
    report += reconcile(MENTION, mention_causes(Note.objects.filter(at__gt=now - MENTION_FOR)), now)
    return report


def open_notices(member: Member) -> QuerySet[StaffNotice]:
    """What this member should know now: owners everything, staff their own and what is nobody's."""
    rows = StaffNotice.objects.filter(shop=member.shop, cancelled_at=None, read_at=None)
    rows = rows.filter(~Q(code=MENTION) | Q(member=member))  # a question to a colleague is theirs alone
    if member.role != Role.OWNER:
        rows = rows.filter(Q(member=member) | Q(member=None))
    return rows.select_related("case__customer").order_by("-at")


def mine(member: Member) -> QuerySet[StaffNotice]:
    """What waits for this very member: their own and what is nobody's."""
    return open_notices(member).filter(Q(member=member) | Q(member=None))


def mark_read(member: Member, now: datetime | None = None) -> int:
    """The member has seen what waits for them; what waits for somebody else stays theirs."""
    return mine(member).update(read_at=now or timezone.now())


def questions_to(member: Member) -> QuerySet[StaffNotice]:
    """Mentions this member has not looked at yet."""
    return StaffNotice.objects.filter(shop=member.shop, member=member, code=MENTION, read_at=None, cancelled_at=None)


def seen_mention(member: Member, case: Case, now: datetime | None = None) -> None:
    """The member has opened a case with a note that names somebody: what it asked of them is read."""
    questions_to(member).filter(case=case).update(read_at=now or timezone.now())
