"""Remedies: propose, approve, offer, choose, carry out. Staff up to the limit, owners above it (domain.md 4.0)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions, events
from cases.actions import Refused, Stale
from cases.enums import Actor, State
from cases.models import Attachment, Case
from playbooks import queries
from playbooks.enums import OWED, Anchor, Level, RemedyState
from playbooks.models import Playbook, Promise, Remedy
from playbooks.treatments import anchor_event
from shops.models import Member

OWNER_ONLY = {Level.L5, Level.L6}
SECOND_TIME = "P13"
CEILING = 1.5  # total value of L5 against the order (Haesevoets et al. 2017)
UNDER_WAY = OWED | {RemedyState.OFFERED}
GONE = {RemedyState.REFUSED, RemedyState.WITHDRAWN}


def spent(case: Case) -> int:
    """What this case's remedies cost so far, in rupiah; refused and withdrawn ones do not count."""
    total = Remedy.objects.filter(case=case).exclude(state__in=sorted(GONE)).aggregate(total=Sum("cost"))["total"]
    return int(total or 0)


def needs_owner(case: Case, level: str, cost: int) -> bool:
    """True where staff may not decide alone: L5, L6, or more than the limit per case.

    Under the limit nothing else matters, least of all the finding: staff replace at once (S1-21).
    """
    return level in OWNER_ONLY or spent(case) + cost > case.shop.staff_limit


def propose(
    case: Case,
    *,
    by: Member,
    level: str,
    what: str,
    cost: int = 0,
    quantity: int = 1,
    reason: str = "",
    promise: Promise | None = None,
) -> Remedy:
    """Note what is to be given. Within the limit it is approved at once; above it an owner decides, with a reason."""
    now = timezone.now()
    with transaction.atomic():
        actions.lock(case)  # the limits hold when two people give at once
        refuse_excess(case, level, cost)
        refuse_too_little(case, level, by, reason)
        must_ask = needs_owner(case, level, cost) and not by.is_owner
        if must_ask and not reason.strip():
            raise Refused(_("This is above what staff may give. Tell the owner why it should be given."))
        remedy = Remedy.objects.create(
            shop_id=case.shop_id,
            case=case,
            promise=promise,
            level=level,
            what=what,
            quantity=quantity,
            cost=cost,
            reason=reason,
            state=RemedyState.PROPOSED if must_ask else RemedyState.APPROVED,
            proposed_by=by.user,
            decided_by=None if must_ask else by.user,
            decided_at=None if must_ask else now,
        )
        note(remedy, by, now)
    return remedy


def refuse_excess(case: Case, level: str, cost: int) -> None:
    """Raise Refused above 150 % of the order: larger multiples exist only as a published promise (L6)."""
    total = case.order.total if case.order else 0
    if level != Level.L6 and total and spent(case) + cost > total * CEILING:
        raise Refused(_("Together this is more than 1.5 times the order. Only a published promise may go beyond that."))


def least_level(case: Case) -> Level | None:
    """The lowest level for a second time: one above the usual for this failure, and P13's own.

    None for a first time, and where neither goods nor money are involved (the root's ladder ends below L2).
    """
    live = queries.live_treatment(case) if case.is_repeat else None
    if live is None or SECOND_TIME not in live.overlay_codes or live.playbook.ladder_to < Level.L2:
        return None
    overlay = Playbook.objects.filter(shop_id=case.shop_id, code=SECOND_TIME).first()
    return max(above(live.playbook.ladder_from), Level(overlay.ladder_from) if overlay else Level.L3)


def above(level: str) -> Level:
    """One level higher; L5 is the highest that is not a published promise."""
    return Level(min(f"L{int(level[1]) + 1}", Level.L5))


def refuse_too_little(case: Case, level: str, by: Member, reason: str) -> None:
    """Raise Refused where the second time gets less than `least_level`; an owner may go below it, with a reason."""
    least = least_level(case)
    if least is None or level >= least or (by.is_owner and reason.strip()):
        return
    raise Refused(
        _("It is the second time: offer at least “%(level)s”. An owner may give less, with a reason.")
        % {"level": least.label}
    )


def decide(remedy: Remedy, *, by: Member, approve: bool, reason: str) -> None:
    """An owner approves or refuses, with a reason."""
    if not by.is_owner:
        raise Refused(_("Only an owner can decide this."))
    if not reason.strip():
        raise Refused(_("Give a reason, so that the team knows next time."))
    now, state = timezone.now(), RemedyState.APPROVED if approve else RemedyState.REFUSED
    changes = {"decided_by": by.user, "decided_at": now, "decision_reason": reason[:300]}
    change(remedy, {RemedyState.PROPOSED}, state, by, now, **changes)


def offer(remedy: Remedy, *, by: Member) -> None:
    """The remedy was offered to the customer: the decision clock stops."""
    now = timezone.now()
    with transaction.atomic():
        change(remedy, {RemedyState.APPROVED}, RemedyState.OFFERED, by, now)
        Case.objects.filter(pk=remedy.case_id, decided_at=None).update(decided_at=now)
        go_to(remedy.case, State.OFFERED, by, now)


def choose(remedy: Remedy, *, by: Member | None, now: datetime | None = None) -> None:
    """The customer chose this one: the other offers are withdrawn and the steps that wait for the choice open."""
    now = now or timezone.now()
    with transaction.atomic():
        change(remedy, {RemedyState.APPROVED, RemedyState.OFFERED}, RemedyState.CHOSEN, by, now, chosen_at=now)
        others = Remedy.objects.filter(case=remedy.case, state__in=[RemedyState.APPROVED, RemedyState.OFFERED])
        for other in others.exclude(pk=remedy.pk).select_related("case"):
            other_reason = {"decision_reason": _("The customer chose another one.")}
            change(other, {RemedyState.APPROVED, RemedyState.OFFERED}, RemedyState.WITHDRAWN, by, now, **other_reason)
        go_to(remedy.case, State.EXECUTING, by, now)
        anchor_event(remedy.case, Anchor.CHOICE, at=now)


def carry_out(remedy: Remedy, *, by: Member, proof_text: str = "", proof: Attachment | None = None) -> None:
    """Done, with its proof: a tracking or transfer number, or a photo."""
    if not (proof_text.strip() or proof):
        raise Refused(_("Add the proof: a tracking number, a transfer number or a photo."))
    now = timezone.now()
    allowed = {RemedyState.APPROVED, RemedyState.OFFERED, RemedyState.CHOSEN}
    change(remedy, allowed, RemedyState.DONE, by, now, done_at=now, proof_text=proof_text[:160], proof=proof)


def withdraw(remedy: Remedy, *, by: Member, reason: str) -> None:
    """Take a remedy back that was not chosen; a chosen one is a promise and stays."""
    if not reason.strip():
        raise Refused(_("Give a reason."))
    allowed = {RemedyState.PROPOSED, RemedyState.APPROVED, RemedyState.OFFERED}
    change(remedy, allowed, RemedyState.WITHDRAWN, by, timezone.now(), decision_reason=reason[:300])


def go_to(case: Case, state: str, by: Member | None, now: datetime) -> None:
    """Take a working case to the state that offering or choosing brings (domain.md 0.3)."""
    fresh = actions.lock(case)
    if fresh.is_working:
        actions.set_state(fresh, state, actor=Actor.STAFF if by else Actor.CUSTOMER, by=by.user if by else None, at=now)
        case.state = fresh.state


def change(
    remedy: Remedy, allowed: set[RemedyState], state: str, by: Member | None, now: datetime, **changes: object
) -> None:
    """Move a remedy on if it is still in an allowed state; else Stale."""
    with transaction.atomic():
        actions.lock(remedy.case)  # always the case first: two writers never wait for each other
        rows = Remedy.objects.filter(pk=remedy.pk, state__in=sorted(allowed))
        if rows.update(state=state, **changes) != 1:
            raise Stale(_("This remedy has changed meanwhile. Look at the case again."))
        remedy.state = state
        for name, value in changes.items():
            setattr(remedy, name, value)
        note(remedy, by, now)


def note(remedy: Remedy, by: Member | None, now: datetime) -> None:
    """One line on the timeline."""
    data: dict[str, Any] = {
        "remedy": remedy.pk,
        "level": remedy.level,
        "what": remedy.what,
        "state": remedy.state,
        "cost": remedy.cost,
    }
    events.add_event(remedy.case, events.REMEDY, by=by.user if by else None, at=now, **data)


# --- published promises -----------------------------------------------------------------------------------------------


def promises_for(case: Case, failure: str, today: date | None = None) -> list[Promise]:
    """Promises of the shop that speak of this failure and are valid today."""
    rows = queries.valid_promises(case.shop_id, today)
    return [promise for promise in rows if not promise.failures or failure in promise.failures]


def claim(case: Case, promise: Promise, broken: int, *, by: Member, cost: int = 0) -> Remedy:
    """Propose what a published promise gives for `broken` pieces; an owner confirms it. Refused: a cap is reached."""
    with transaction.atomic():
        promise = Promise.objects.select_for_update().get(
            pk=promise.pk, shop_id=case.shop_id
        )  # the caps hold under races
        quantity = quantity_promised(promise, broken)
        if quantity == 0:
            raise Refused(_("This month's limit of the promise is used up. An owner can give something else."))
        return propose(
            case,
            by=by,
            level=Level.L6,
            what=str(promise)[:160],
            quantity=quantity,
            cost=cost,
            reason=_("Published promise"),
            promise=promise,
        )


def kept(remedy: Remedy, now: datetime | None = None) -> bool | None:
    """Was the promise kept in its days? None while there is still time, or where it was never owed."""
    if remedy.promise is None or remedy.state in GONE:
        return None
    limit = remedy.proposed_at + timedelta(days=remedy.promise.within_days)
    if remedy.done_at:
        return remedy.done_at <= limit
    return None if (now or timezone.now()) <= limit else False


def quantity_promised(promise: Promise, broken: int, today: date | None = None) -> int:
    """How many pieces the promise gives for `broken` ones: 1 -> 10 and 2 broken give 20, within both caps (S1-24)."""
    today = today or timezone.localdate()
    month = Remedy.objects.filter(promise=promise, proposed_at__year=today.year, proposed_at__month=today.month)
    used = month.exclude(state__in=sorted(GONE)).aggregate(total=Sum("quantity"))["total"] or 0
    return within_caps(promise, broken, used)


def within_caps(promise: Promise, broken: int, used: int) -> int:
    """The same where `used` pieces were given this month."""
    return max(0, min(broken * promise.multiple, promise.cap_per_claim, promise.cap_per_month - used))


def used_this_month(claims: Iterable[Remedy], today: date | None = None) -> int:
    """Pieces that these claims were given this month."""
    today = today or timezone.localdate()
    days = ((timezone.localdate(claim.proposed_at), claim.quantity) for claim in claims)
    return sum(quantity for day, quantity in days if (day.year, day.month) == (today.year, today.month))
