"""The waiting list of an item: first come, first told, each with a short hold of their own (S3-18)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import clock, contacts, words
from bookings.models import Booking, WaitingEntry
from cases.actions import Refused
from cases.models import Case
from messaging import outbox
from messaging.channels import carrier_of
from messaging.enums import Direction, Purpose
from messaging.guarding import approve
from messaging.models import Message
from messaging.quiet import quiet_of
from messaging.words import render, values_for
from playbooks.drafts import contact_for, language_of
from shops.models import Customer, Member, Shop, User

OFFER = timedelta(hours=6)
TELL_WITHIN = timedelta(hours=24)  # later than that somebody else is told


def line(shop: Shop, item: str) -> QuerySet[WaitingEntry]:
    """Who waits for an item, in order."""
    rows = WaitingEntry.objects.filter(shop=shop, item__iexact=item.strip(), taken_at=None, gone_at=None)
    return rows.select_related("customer", "message").order_by("since", "pk")


def join(
    shop: Shop, customer: Customer, item: str, channel: str, *, by: Member, now: datetime | None = None
) -> WaitingEntry:
    """Put a customer on the list; the words that will tell them are approved now. Refused: they are on it already."""
    now = now or timezone.now()
    try:
        with transaction.atomic():
            entry = WaitingEntry.objects.create(shop=shop, customer=customer, item=item.strip(), since=now)
            entry.message = offer_message(entry, channel)
            entry.save(update_fields=["message"])
            approve(entry.message, by=by, context={"purpose": Purpose.STATUS}, send_anyway=True, now=now)
            contacts.hold_back(entry.message)
    except IntegrityError:
        raise Refused(_("%(name)s waits for this item already.") % {"name": customer.name}) from None
    return entry


def offer_message(entry: WaitingEntry, channel: str) -> Message:
    """ "It is here again": drafted, to be approved at once and held until the item is free."""
    shop, customer = entry.shop, entry.customer
    somebody = Case(shop=shop, customer=customer, channel=channel)  # not stored: only to choose address and words
    point, language = contact_for(somebody), language_of(somebody)
    filled = values_for(somebody, language, {"item": entry.item})
    return Message.objects.create(
        shop=shop,
        key=f"waiting:{entry.pk}",
        customer=customer,
        contact_point=point,
        direction=Direction.OUT,
        channel=point.channel if point else channel,
        carrier=carrier_of(point.channel if point else ""),
        purpose=Purpose.STATUS,
        address=point.address if point else "",
        language=language,
        subject=entry.item[:160],
        body=render(words.OFFER["id" if language == "id" else "en"], filled).text,
        is_shop_initiated=True,
    )


def offer(freed_by: Booking, *, now: datetime) -> list[WaitingEntry]:
    """Tell the first in line, one for each piece that became free; returns who is told."""
    told: list[WaitingEntry] = []
    for entry in line(freed_by.shop, freed_by.item).filter(offered_at=None):
        if len(told) == freed_by.quantity:
            break
        if tell(entry, freed_by, now):
            told.append(entry)
    return told


def tell(entry: WaitingEntry, freed_by: Booking, now: datetime) -> bool:
    """Offer it to this person; False where somebody else just did."""
    mine = WaitingEntry.objects.filter(pk=entry.pk, offered_at=None, taken_at=None, gone_at=None)
    if mine.update(offered_at=now, freed_by=freed_by) != 1:
        return False
    if entry.message:
        due = clock.shifted(now, quiet_of(entry.shop, entry.customer))
        contacts.let_go(entry.message, due, due + TELL_WITHIN)
    contacts.say(freed_by, "offered", now=now, entry=entry.pk)
    return True


def start_hold(entry: WaitingEntry, told_at: datetime) -> None:
    """The short hold runs from the moment the message left, and never ends at night."""
    until = clock.shifted(told_at + OFFER, quiet_of(entry.shop, entry.customer))
    WaitingEntry.objects.filter(pk=entry.pk, offer_until=None).update(offer_until=until)


def take(entry: WaitingEntry, *, now: datetime) -> None:
    """They want it: a booking of their own is made. Refused: the entry is over."""
    if WaitingEntry.objects.filter(pk=entry.pk, taken_at=None, gone_at=None).update(taken_at=now) != 1:
        raise Refused(_("This place on the waiting list is over."))
    drop_message(entry, _("They took it."), now=now)
    if entry.freed_by_id:
        Booking.objects.filter(pk=entry.freed_by_id, resold_at=None).update(resold_at=now)


def leave(entry: WaitingEntry, *, by: User | None = None, now: datetime | None = None, why: str = "") -> None:
    """They do not wait any more (or their hold ran out): the next in line is told."""
    now = now or timezone.now()
    with transaction.atomic():
        if WaitingEntry.objects.filter(pk=entry.pk, taken_at=None, gone_at=None).update(gone_at=now) != 1:
            return
        drop_message(entry, why or _("Taken off the waiting list."), by=by, now=now)
        if entry.freed_by:
            offer_on(entry.freed_by, now=now)


def offer_on(freed_by: Booking, *, now: datetime) -> None:
    """Pass one freed piece on to the next in line."""
    for entry in line(freed_by.shop, freed_by.item).filter(offered_at=None):
        if tell(entry, freed_by, now):
            return


def drop_message(entry: WaitingEntry, why: str, *, now: datetime, by: User | None = None) -> None:
    """Nothing is said any more if it has not been said yet."""
    if entry.message and not outbox.has_gone_out(entry.message):
        outbox.cancel(entry.message, why, by=by, now=now)
