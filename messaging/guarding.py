"""The one door into the outbox: no text is queued without a tone-guard result and an approval (I1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases import events
from cases.actions import Refused
from messaging import outbox, tone
from messaging.enums import QUEUED, WENT_OUT, Direction, MessageState, Purpose
from messaging.guard_record import guard_is_valid, guard_record
from messaging.models import Message
from messaging.tone import overrides
from messaging.words import labelled_blanks
from shops.enums import Role
from shops.models import Member, Shop

UNDO = timedelta(seconds=10)
APPROVED = QUEUED | WENT_OUT | {MessageState.SENDING}
# Where an owner may answer a false accusation with calm facts (domain.md 5.2, 7.4): in public, in an outside dispute.
FACT_PURPOSES = {Purpose.PUBLIC_REPLY, Purpose.PUBLIC_SPREAD, Purpose.SAFETY}
ALWAYS_NEEDED = {Purpose.FIRST_REPLY: {"R1", "R3"}, Purpose.PUBLIC_REPLY: {"R1"}, Purpose.PUBLIC_SPREAD: {"R1"}}


@dataclass(frozen=True)
class Choices:
    """How a checked text may be sent: `refusal` says why not at all; at most one of the others asks for a word."""

    refusal: str = ""
    override: bool = False  # the owner's typed reason would carry it
    facts: bool = False  # it is the calm answer to an accusation that the reason would carry
    ask: bool = False  # the explicit "send anyway"


class GuardRefused(Refused):
    """The tone guard holds the message back; `report` says what and how to mend it."""

    def __init__(self, reason: str, report: tone.Report) -> None:
        super().__init__(reason)
        self.report = report


def approve(
    message: Message,
    *,
    by: Member | None,
    needs: Iterable[str] = (),
    context: Mapping[str, Any] | None = None,
    send_anyway: bool = False,
    override_reason: str = "",
    now: datetime | None = None,
) -> Message:
    """Check a draft and queue it: it leaves after ten seconds (undo meanwhile) or at its due time.

    by=None only for the automatic acknowledgement. Refused: not a draft, blanks left. GuardRefused: the guard's word.
    A second press of the same button finds the same text approved already and changes nothing.
    """
    now = now or timezone.now()
    if is_approved(message, message.body):
        return message
    if by is None and not (message.is_automatic and message.purpose == Purpose.ACKNOWLEDGEMENT):
        raise Refused(_("A person must approve this message."))
    if left := labelled_blanks(message.body):
        raise Refused(_("Fill in the blanks first: %(names)s") % {"names": ", ".join(label for _name, label in left)})
    if not message.body.strip():
        raise Refused(_("The message is empty."))
    report = tone.check(message.body, needs=needs, context=context, extra_words=guard_words(message.shop))
    judge(message, report, by=by, send_anyway=send_anyway, override_reason=override_reason)
    due = max(message.due_at or now, now + UNDO if by and message.direction == Direction.OUT else now)
    changes = {
        "state": MessageState.READY,
        "guard": guard_record(message.body, report, calm_facts=takes_fact_path(report)),
        "override_reason": override_reason if report.blocked else "",
        "approved_by": by.user if by else None,
        "due_at": message.due_at or now,
        "next_try_at": due,
        "subject": message.subject,
        "body": message.body,
    }
    with transaction.atomic():
        outbox.move(message, {MessageState.DRAFT}, changes)
        if message.case:
            events.add_event(message.case, events.MESSAGE_READY, by=by.user if by else None, at=now, message=message.pk)
    return message


def is_approved(message: Message, body: str) -> bool:
    """True where this very text of the message was approved already: it is queued, on its way or has left."""
    fresh = Message.objects.filter(pk=message.pk, state__in=sorted(APPROVED), body=body).first()
    if fresh is None:
        return False
    message.state, message.body = fresh.state, fresh.body
    return guard_is_valid(fresh)


def guard_words(shop: Shop) -> dict[str, list[str]]:
    """The shop's own phrases by rule."""
    words: dict[str, list[str]] = {}
    for rule, phrase in shop.guard_words.values_list("rule", "phrase"):
        words.setdefault(rule, []).append(phrase)
    return words


def judge(message: Message, report: tone.Report, *, by: Member | None, send_anyway: bool, override_reason: str) -> None:
    """Raise GuardRefused where the report forbids sending or asks for an explicit word first."""
    if report.blocked and (refusal := refuse_override(report, message.purpose, by, override_reason)):
        reason = _("This text cannot be sent. See what is marked below and take the rewrite.")
        raise GuardRefused(f"{reason} {in_page_language(refusal)}", report)
    if lacks_the_least(report, message.purpose):
        raise GuardRefused(_("Something every such message needs is missing. Add the sentence below."), report)
    if asks_for_a_word(report) and not (send_anyway or by is None):
        raise GuardRefused(_("Please read the remarks below. You can send it anyway."), report)


def lacks_the_least(report: tone.Report, purpose: str) -> bool:
    """True where an element is missing that no message of this purpose goes without."""
    return not ALWAYS_NEEDED.get(Purpose(purpose), set()).isdisjoint(report.missing)


def asks_for_a_word(report: tone.Report) -> bool:
    """True where the text goes only with an explicit "send anyway"; an owner's typed reason is such a word."""
    return not report.blocked and bool(report.missing or report.findings)


def choices_for(report: tone.Report, purpose: str, member: Member) -> Choices:
    """What `judge` will say to this member, before anything is sent."""
    if report.blocked:
        typed = "x" * overrides.MIN_REASON
        as_owner = blocks_refused(report, purpose, Role.OWNER, typed)
        if refusal := as_owner or refuse_override(report, purpose, member, typed):
            return Choices(refusal=in_page_language(refusal))
    if lacks_the_least(report, purpose):
        return Choices(refusal=_("First add what every such message needs."))
    return Choices(override=report.blocked, facts=takes_fact_path(report), ask=asks_for_a_word(report))


def refuse_override(report: tone.Report, purpose: str, by: Member | None, reason: str) -> tone.Words | None:
    """Why the blocks of this report may not be overridden; None where the owner's typed reason carries it."""
    return blocks_refused(report, purpose, by.role if by else "", reason)


def blocks_refused(report: tone.Report, purpose: str, role: str, reason: str) -> tone.Words | None:
    """The same for anybody of that role; what is missing is asked for elsewhere."""
    blocks_only = replace(report, missing=())
    return overrides.refusal(blocks_only, role=role, reason=reason, fact_path=Purpose(purpose) in FACT_PURPOSES)


def takes_fact_path(report: tone.Report) -> bool:
    """True where something is held back that only the calm answer to an accusation may say."""
    return report.blocked and overrides.on_fact_path(report)


def in_page_language(words: tone.Words) -> str:
    """A guard's bilingual words in the reader's language."""
    return words.id if (get_language() or "id").startswith("id") else words.en
