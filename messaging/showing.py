"""Messages as pages show them: the state, why it waits, when it goes on, what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cases.links import case_url
from cases.models import Note
from messaging.channels import CHANNELS, Promise
from messaging.enums import NEEDS_STAFF, PENDING, QUEUED, Direction, MessageState, WaitingFor
from messaging.hands import is_for_a_hand
from messaging.models import Message, StaffNotice
from messaging.notices import LABELS
from messaging.queries import Punctuality
from messaging.recheck import Hold, Stop, look_again
from messaging.words import when
from shops.models import Shop

TONES = {
    MessageState.READY: "nila",
    MessageState.WAITING: "nila",
    MessageState.SENDING: "nila",
    MessageState.SENT: "daun",
    MessageState.MARKED_SENT: "daun",
    MessageState.FAILED: "secang",
    MessageState.UNCONFIRMED: "kunyit",
}


FOR_A_HAND = {WaitingFor.NOTHING, WaitingFor.HAND}


@dataclass(frozen=True)
class Delivery:
    """Where one message is: `words` say why and when; the flags say which buttons make sense."""

    message: Message
    label: str
    tone: str
    words: str
    by_hand: bool
    can_undo: bool
    can_mark: bool
    can_unmark: bool
    can_retry: bool
    can_cancel: bool
    came_back: bool

    @property
    def state(self) -> str:
        return self.message.state


def delivery(message: Message, now: datetime) -> Delivery:
    """The delivery state of a message; no query where its shop is loaded."""
    is_due = message.due_at is None or message.due_at <= now
    waits_for_hand = is_for_a_hand(message) and (message.waiting_for in FOR_A_HAND and is_due)
    by_itself = message.carrier in CHANNELS and not CHANNELS[message.carrier].by_hand
    return Delivery(
        message=message,
        label=str(message.get_state_display()),
        tone=TONES.get(MessageState(message.state), ""),
        words=words(message, now),
        by_hand=waits_for_hand,
        can_undo=message.state in QUEUED,
        can_mark=waits_for_hand or message.state == MessageState.UNCONFIRMED,
        can_unmark=message.state == MessageState.MARKED_SENT,
        can_retry=message.state in NEEDS_STAFF,
        can_cancel=message.state in PENDING | NEEDS_STAFF,
        came_back=by_itself and message.state == MessageState.SENT,
    )


def show_deliveries(lines: Sequence[dict[str, Any]], messages: Sequence[Message | None], shop: Shop) -> None:
    """Put `delivery` on the last line of each outgoing message in a timeline: `messages` has one (or None) per line."""
    last = {m.pk: (line, m) for line, m in zip(lines, messages, strict=True) if m and m.direction == Direction.OUT}
    now = timezone.now()
    for line, message in last.values():
        message.shop = shop
        line["delivery"] = delivery(message, now)


def words(message: Message, now: datetime) -> str:
    """Where a message is and why, in the reader's language, with times in the shop's zone."""
    match message.state:
        case MessageState.READY:
            return ready_words(message, now)
        case MessageState.WAITING:
            return waiting_words(message, now)
        case MessageState.SENDING:
            return _("It is being sent right now.")
        case MessageState.SENT | MessageState.MARKED_SENT:
            return sent_words(message, now)
        case MessageState.UNCONFIRMED:
            return _("Nobody knows whether it arrived. It is not sent again by itself: look, then choose.")
        case MessageState.DRAFT:
            return reason(message) or _("Nobody has approved it yet.")
        case _:
            return reason(message)


def ready_words(message: Message, now: datetime) -> str:
    """A message that goes at the next ring of the bell, or by hand at once."""
    if is_for_a_hand(message) and (message.due_at is None or message.due_at <= now):
        return _("Somebody has to open it, send it there and mark it as sent.")
    left = int((message.next_try_at - now).total_seconds()) if message.next_try_at else 0
    if left > 60:
        return _("It goes %(when)s.") % {"when": at(message, message.next_try_at, now)}
    if left > 0:
        text = ngettext(
            "You can take it back for %(n)d more second.", "You can take it back for %(n)d more seconds.", left
        )
        return text % {"n": left}
    return _("It goes within a minute.")


def waiting_words(message: Message, now: datetime) -> str:
    """Why a message waits, and until when."""
    until = {"when": at(message, message.next_try_at, now)}
    match message.waiting_for:
        case WaitingFor.HAND:
            return _("Somebody has to open it, send it there and mark it as sent.")
        case WaitingFor.TIME if message.next_try_at is None:
            return _("It waits for its turn after the message before it.")
        case WaitingFor.TIME:
            return _("It is due %(when)s.") % until
        case WaitingFor.QUIET_HOURS:
            return _("It is night or a day of rest where the customer lives. It goes %(when)s.") % until
        case WaitingFor.CAP:
            return _("The customer heard from you not long ago. It goes %(when)s.") % until
        case WaitingFor.RETRY:
            tries = {
                **until,
                "n": message.attempts,
                "of": len(settings.OUTBOX_RETRY_SECONDS) + 1,
                "why": reason(message),
            }
            return _("Try %(n)d of %(of)d did not work (%(why)s). The next one is %(when)s.") % tries
        case WaitingFor.APPROVAL:
            return _("The owner has to approve it.")
        case _:
            return _("It goes %(when)s.") % until if message.next_try_at else ""


def sent_words(message: Message, now: datetime) -> str:
    """When a message left, and what the channel can promise."""
    text = {
        Promise.HANDED_OVER: _("The mail server took it %(when)s."),
        Promise.WRITTEN: _("Rehearsal: it was written to a file %(when)s; the customer got nothing."),
        Promise.MARKED: _("Marked as sent %(when)s."),
    }
    promise = CHANNELS[message.carrier].promise if message.carrier in CHANNELS else Promise.MARKED
    kind = Promise.MARKED if message.state == MessageState.MARKED_SENT else promise
    return text[kind] % {"when": at(message, message.sent_at, now)}


def reason(message: Message) -> str:
    """The last error: our own reasons in the reader's language, a mail server's words as they came."""
    return _(message.last_error) if message.last_error else ""


def at(message: Message, moment: datetime | None, now: datetime) -> str:
    """A moment in words, in the reader's language and the shop's zone."""
    language = "id" if (get_language() or "id").startswith("id") else "en"
    return when(moment, message.shop.zone, language, now) if moment else ""


def objection(message: Message, now: datetime) -> str:
    """Why a message that waits for a hand should not be sent right now, "" where nothing speaks against it."""
    verdict = look_again(message, now)
    if isinstance(verdict, Stop):
        return _(verdict.reason)
    if isinstance(verdict, Hold):
        shown = Message(shop=message.shop, state=MessageState.WAITING, waiting_for=verdict.waiting_for)
        shown.next_try_at = verdict.until
        return waiting_words(shown, now)
    return ""


def punctual_words(found: Punctuality | None) -> str:
    """How punctual the outbox was, in one line; "" where nothing left by itself."""
    if found is None:
        return ""
    text = ngettext(
        "%(n)d message left by itself in the last 24 hours, within %(median)s of its time.",
        "%(n)d messages left by themselves in the last 24 hours, half of them within %(median)s of their time, "
        "95 of 100 within %(p95)s.",
        found.count,
    )
    return text % {"n": found.count, "median": seconds_words(found.median), "p95": seconds_words(found.p95)}


def seconds_words(seconds: float) -> str:
    """A short length of time: "40 s", "3 min", "2 h"."""
    if seconds < 120:
        return _("%(n)d s") % {"n": round(seconds)}
    if seconds < 7200:
        return _("%(n)d min") % {"n": round(seconds / 60)}
    return _("%(n)d h") % {"n": round(seconds / 3600)}


@dataclass(frozen=True)
class NoticeLine:
    """One notice for staff."""

    what: str
    who: str
    detail: str
    url: str
    at: datetime
    member_id: int | None
    member: str


def notice_lines(rows: Sequence[StaffNotice]) -> list[NoticeLine]:
    """Notices as the page shows them, a mention with the note's words; case, customer and member must be loaded."""
    notes = Note.objects.filter(pk__in=[row.data["note"] for row in rows if "note" in row.data])
    words = dict(notes.values_list("pk", "text"))
    return [notice_line(row, words.get(row.data.get("note"), "")) for row in rows]


def notice_line(notice: StaffNotice, words: str = "") -> NoticeLine:
    """One of them."""
    case, data = notice.case, notice.data
    url = reverse("messaging:show", args=[data["message"]]) if "message" in data else case_url(case) if case else ""
    return NoticeLine(
        what=str(LABELS.get(notice.code, notice.code)),
        who=str(case.customer or case.code) if case else "",
        detail=_(data["error"]) if data.get("error") else words or (case.headline if case else ""),
        url=url,
        at=notice.at,
        member_id=notice.member_id,
        member=str(notice.member.user) if notice.member else "",
    )
