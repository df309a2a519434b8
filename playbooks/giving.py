"""What the case page shows of remedies and promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Attachment, Case
from playbooks import closing, remedies
from playbooks.enums import OWED, RemedyState
from playbooks.forms import RemedyForm
from playbooks.models import Promise, Remedy
from shops.models import Member
from shops.templatetags.money import rupiah

TONES = {
    RemedyState.PROPOSED: "kunyit",
    RemedyState.CHOSEN: "nila",
    RemedyState.DONE: "daun",
    RemedyState.REFUSED: "secang",
}
CAN_CHOOSE = {RemedyState.APPROVED, RemedyState.OFFERED}
CAN_CARRY_OUT = CAN_CHOOSE | {RemedyState.CHOSEN}
CAN_WITHDRAW = CAN_CHOOSE | {RemedyState.PROPOSED}


@dataclass(frozen=True)
class Gift:
    """One remedy as shown: ready words, and what may be done with it now."""

    remedy: Remedy
    cost: str
    tone: str
    kept: str
    can_decide: bool
    can_offer: bool
    can_choose: bool
    can_carry_out: bool
    can_withdraw: bool


@dataclass(frozen=True)
class Offer:
    """A published promise that speaks of this failure, with what it would give for one broken piece."""

    promise: Promise
    quantity: int
    record: str


def panel(case: Case, member: Member, failure: str, files: Iterable[Attachment]) -> dict[str, Any]:
    """Everything templates/playbooks/_remedies.html shows; a form for those who may write. `files`: all the case's."""
    now = timezone.now()
    promises = remedies.promises_for(case, failure) if member.can_write else []
    found = Remedy.objects.filter(Q(case=case) | Q(promise__in=promises)).select_related("promise")
    known = list(found.order_by("pk"))  # what this case is given, and the promises' record: one query for both
    rows = [remedy for remedy in known if remedy.case_id == case.pk]
    for remedy in rows:
        remedy.proof = next((file for file in files if file.pk == remedy.proof_id), None)
    gifts = [gift(remedy, member, now) for remedy in rows]
    spent = sum(remedy.cost for remedy in rows if remedy.state not in remedies.GONE)
    writes = member.can_write
    return {
        "gifts": gifts,
        "limit": rupiah(case.shop.staff_limit),
        "spent": rupiah(spent),
        "is_owed": any(remedy.state in OWED for remedy in rows),
        "can_offer": any(row.can_offer for row in gifts),
        "promises": [offer_of(promise, known, now) for promise in promises],
        "form": RemedyForm() if writes else None,
        "can_reopen": writes and not case.is_working and closing.can_reopen(case, now),
    }


def gift(remedy: Remedy, member: Member, now: datetime) -> Gift:
    """One remedy as shown."""
    writes, state = member.can_write, remedy.state
    return Gift(
        remedy=remedy,
        cost=rupiah(remedy.cost) if remedy.cost else "",
        tone=TONES.get(RemedyState(state), ""),
        kept=kept_text(remedies.kept(remedy, now)),
        can_decide=member.is_owner and state == RemedyState.PROPOSED,
        can_offer=writes and state == RemedyState.APPROVED,
        can_choose=writes and state in CAN_CHOOSE,
        can_carry_out=writes and state in CAN_CARRY_OUT,
        can_withdraw=writes and state in CAN_WITHDRAW,
    )


def kept_text(kept: bool | None) -> str:
    """Was the promise kept, in words; "" where it is not a promise or still has time."""
    return "" if kept is None else (_("promise kept in time") if kept else _("promise not kept in time"))


def offer_of(promise: Promise, known: Iterable[Remedy], now: datetime) -> Offer:
    """A promise with its proposal and its record over all its claims, which are among the remedies known."""
    claims = [claim for claim in known if claim.promise_id == promise.pk and claim.state not in remedies.GONE]
    judged = [kept for claim in claims if (kept := remedies.kept(claim, now)) is not None]
    record = _("kept %(kept)d of %(all)d") % {"kept": sum(judged), "all": len(judged)} if judged else ""
    return Offer(promise, remedies.within_caps(promise, 1, remedies.used_this_month(claims)), record)
