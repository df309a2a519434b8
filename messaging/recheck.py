"""The last look before a message leaves: is it still wanted, allowed and decent at this moment?"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from operator import itemgetter

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_noop as _  # kept in English, translated when shown

from cases.enums import Kind, State
from messaging.enums import BOOKING_CONTACTS, PENDING, WENT_OUT, Direction, MessageState, Purpose, WaitingFor
from messaging.guard_record import guard_is_valid
from messaging.models import Message
from messaging.quiet import PER_CASE, PER_CUSTOMER, PER_CUSTOMER_DAYS, quiet_of

NO_REPLY = re.compile(r"^(no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer-daemon|postmaster|bounces?\b)", re.IGNORECASE)
ON_ITS_WAY = {MessageState.SENDING, MessageState.UNCONFIRMED}


@dataclass(frozen=True)
class Stop:
    """The message will not go: its new state and the reason."""

    state: str
    reason: str


@dataclass(frozen=True)
class Hold:
    """The message goes later: what it waits for and until when (None: until somebody acts)."""

    waiting_for: str
    until: datetime | None


Verdict = Stop | Hold | None
Contact = tuple[datetime, int | None, int]  # when it left, its case, itself
Contacts = Mapping[int, Sequence[Contact]]  # what the shop wrote first, by customer


def look_again(message: Message, now: datetime, contacts: Contacts | None = None) -> Verdict:
    """The first objection of all checks, None where the message may go; `contacts` where they were read for many."""
    objection = next((verdict for check in CHECKS if (verdict := check(message, now))), None)
    if objection or not is_capped(message, now):
        return objection
    return within_caps(message, now, contacts_of([message], now) if contacts is None else contacts)


def still_sensible(message: Message, now: datetime) -> Verdict:
    if message.expires_at and message.expires_at <= now:
        return Stop(MessageState.EXPIRED, _("It would have come too late to make sense."))
    if message.case and message.needs_open_case and message.case.is_ended:
        return Stop(MessageState.CANCELLED, _("The case has ended."))
    return None


def its_time(message: Message, now: datetime) -> Verdict:
    return Hold(WaitingFor.TIME, message.due_at) if message.due_at and message.due_at > now else None


def guard_holds(message: Message, now: datetime) -> Verdict:
    if message.direction == Direction.INTERNAL:
        return None
    return None if guard_is_valid(message) else Stop(MessageState.DRAFT, _("The text changed after it was checked."))


def person_allows(message: Message, now: datetime) -> Verdict:
    customer, point = message.customer, message.contact_point
    if customer and customer.erased_at:
        return Stop(MessageState.CANCELLED, _("The customer's data was erased."))
    if point and point.bounced_at:
        return Stop(MessageState.FAILED, _("This address refused an earlier message."))
    if not message.is_shop_initiated:
        return None
    if point.opted_out_at if point else wants_nothing(message):
        return Stop(MessageState.CANCELLED, _("The customer does not want to be contacted."))
    if customer and customer.no_reminders:
        return Stop(MessageState.CANCELLED, _("Reminders to this customer were stopped."))
    return None


def wants_nothing(message: Message) -> bool:
    """A public or copied text has no address of its own: an opt-out on any address of the customer counts."""
    customer = message.customer
    return customer is not None and customer.contact_points.filter(opted_out_at__isnull=False).exists()


def left_since(edge: datetime) -> Q:
    """Messages that left after `edge`, and those that are leaving or may have left."""
    return Q(state__in=sorted(WENT_OUT), sent_at__gt=edge) | Q(state__in=sorted(ON_ITS_WAY), passed_at__gt=edge)


def no_loop(message: Message, now: datetime) -> Verdict:
    """No automatic mail to machines or to ourselves; one automatic message per case per day. Staff may be ourselves.

    The confirmation of an opt-out comes on top: there is only one of it anyway.
    """
    if not message.is_automatic or message.direction == Direction.INTERNAL:
        return None
    address = message.address.strip().lower()
    ours = {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower(), message.shop.email.lower()} - {""}
    if address in ours or NO_REPLY.match(address):
        return Stop(MessageState.CANCELLED, _("No automatic messages to this address."))
    if message.case_id is None or message.key.startswith(GOODBYE_KEY):
        return None
    earlier = Message.objects.filter(left_since(now - PER_CASE), case_id=message.case_id, is_automatic=True)
    if earlier.exclude(pk=message.pk).exists():
        return Stop(MessageState.CANCELLED, _("One automatic message per day is enough."))
    return None


def decent_hour(message: Message, now: datetime) -> Verdict:
    if not message.is_shop_initiated or in_conversation(message, now):
        return None
    quiet = quiet_of(message.shop, message.customer, message.purpose)
    return Hold(WaitingFor.QUIET_HOURS, quiet.next_allowed(now)) if quiet.is_quiet(now) else None


def is_capped(message: Message, now: datetime) -> bool:
    """True where the contact limits hold: the shop writes first.

    A booking's contacts have a stricter rule of their own (no_third_contact) and times the customer was told.
    """
    if message.purpose in BOOKING_CONTACTS or not message.is_shop_initiated or not message.customer_id:
        return False
    return not in_conversation(message, now)


def contacts_of(messages: Iterable[Message], now: datetime) -> Contacts:
    """What the shop wrote first within the caps' days to the customers of these messages, where the caps hold."""
    contacts: dict[int, list[Contact]] = {m.customer_id: [] for m in messages if m.customer_id and is_capped(m, now)}
    if contacts:
        left = left_since(now - PER_CUSTOMER_DAYS)
        rows = Message.objects.filter(left, customer_id__in=contacts.keys(), is_shop_initiated=True)
        for customer, sent_at, passed_at, case, message in rows.values_list(*CONTACT):
            contacts[customer].append((sent_at or passed_at, case, message))
    return contacts


def within_caps(message: Message, now: datetime, contacts: Contacts) -> Verdict:
    """Per case one shop-initiated message in 24 hours; per customer three in 7 days (domain.md 3.3)."""
    others = [contact for contact in contacts[message.customer_id or 0] if contact[2] != message.pk]
    recent = sorted(((at, case) for at, case, _message in others), key=itemgetter(0), reverse=True)
    same_case = [at for at, case in recent if case == message.case_id and at > now - PER_CASE]
    if same_case and message.case_id:
        return Hold(WaitingFor.CAP, same_case[0] + PER_CASE)
    if len(recent) >= PER_CUSTOMER:
        return Hold(WaitingFor.CAP, recent[PER_CUSTOMER - 1][0] + PER_CUSTOMER_DAYS)
    return None


def once_in_all(message: Message, now: datetime) -> Verdict:
    """A private word after a review and an outreach to a silent customer: one per case, ever (domain.md 3.3)."""
    if message.purpose not in ONCE or message.case_id is None:
        return None
    others = Message.objects.filter(case_id=message.case_id, purpose__in=sorted(ONCE)).exclude(pk=message.pk)
    if others.filter(left_since(LONG_AGO)).exists():
        return Stop(MessageState.CANCELLED, _("One such message per case is enough."))
    return None


def no_third_contact(message: Message, now: datetime) -> Verdict:
    """A booking gets one reminder, then one check-in, and one release note; anything else only as an answer (I5)."""
    case, purpose = message.case, message.purpose
    if case is None or case.kind != Kind.BOOKING or message.direction != Direction.OUT or purpose in NO_CONTACT:
        return None
    rows = Message.objects.filter(case_id=case.pk).exclude(pk=message.pk)
    ours = list(rows.filter(direction=Direction.OUT).values_list("purpose", "state", "sent_at"))
    said = {earlier: sent_at for earlier, _state, sent_at in ours if sent_at}
    if purpose in BOOKING_CONTACTS:
        return in_turn(message, said, {earlier for earlier, state, _at in ours if state in PENDING}, now)
    last_word = max((said[earlier] for earlier in said if earlier in BOOKING_ORDER), default=None)
    if last_word is None or rows.filter(direction=Direction.IN, received_at__gt=last_word).exists():
        return None
    return Stop(MessageState.DRAFT, _("Wait for their answer: a booking gets one reminder and one check-in, no more."))


def in_turn(message: Message, said: Mapping[str, datetime], pending: Collection[str], now: datetime) -> Verdict:
    """A booking's contacts one after the other: never again, never backwards, never two within an hour."""
    place = BOOKING_ORDER.index(Purpose(message.purpose))
    if said.keys() & set(BOOKING_ORDER[place:]):
        return Stop(MessageState.CANCELLED, _("One reminder and one check-in are enough."))
    if set(pending) & set(BOOKING_ORDER[:place]):
        return Hold(WaitingFor.TIME, None)  # the room of bookings gives it its turn
    if message.purpose == Purpose.RELEASE:
        released = message.case is not None and message.case.state == State.RESOLVED
        return None if released else Hold(WaitingFor.TIME, None)
    before = max((said[earlier] for earlier in said if earlier in BOOKING_CONTACTS), default=None)
    return Hold(WaitingFor.TIME, before + APART) if before and now < before + APART else None


GOODBYE_KEY = "stopped:"  # see messaging.inbound
CONTACT = ("customer_id", "sent_at", "passed_at", "case_id", "pk")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
ONCE = {Purpose.OUTREACH, Purpose.PRIVATE_NOTE}
BOOKING_ORDER = [Purpose.BOOKING_TERMS, Purpose.BOOKING_REMINDER, Purpose.CHECK_IN, Purpose.RELEASE]
NO_CONTACT = {Purpose.BOOKING_TERMS, Purpose.ACKNOWLEDGEMENT}
APART = timedelta(hours=1)


def in_conversation(message: Message, now: datetime) -> bool:
    """The customer wrote within 24 hours: answers in an open window are exempt (I6).

    A booking's contacts are no answers.
    """
    if message.purpose in BOOKING_CONTACTS:
        return False
    return bool(message.contact_point and message.contact_point.window_open(now))


CHECKS: tuple[Callable[[Message, datetime], Verdict], ...] = (
    still_sensible,
    guard_holds,
    person_allows,
    no_loop,
    no_third_contact,
    once_in_all,
    its_time,
    decent_hour,
)
