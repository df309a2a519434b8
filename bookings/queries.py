"""Reads of bookings: the board, what needs a person, the private counter, and the funnel's counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from bookings.access import visible_bookings
from bookings.contacts import PLANNED
from bookings.enums import Outcome, PaidWhen
from bookings.models import COUNTER_DAYS, Booking, WaitingEntry
from figures.shares import Share
from messaging.enums import MessageState
from messaging.models import Message
from shops.models import Customer, Member, Order, Shop
from shops.search import holding, words_of

PAY_FIRST = 3
RESOLD_WITHIN = timedelta(days=7)
MORNING = time(9)


def has_drafts() -> Exists:
    """True for a booking whose words still wait for approval."""
    return Exists(Message.objects.filter(case=OuterRef("case"), purpose__in=PLANNED, state=MessageState.DRAFT))


def with_drafts(rows: QuerySet[Booking]) -> QuerySet[Booking]:
    """Each row with `has_drafts`."""
    return rows.select_related("case", "customer").annotate(has_drafts=has_drafts())


def still_open(member: Member) -> QuerySet[Booking]:
    """Open bookings; order them by release_at: the least time left on top."""
    return visible_bookings(member).filter(outcome=Outcome.OPEN)


def board(member: Member) -> QuerySet[Booking]:
    """The same, with what the board shows of them."""
    return with_drafts(still_open(member))


def ended(member: Member) -> QuerySet[Booking]:
    """Bookings that are over."""
    return visible_bookings(member).exclude(outcome=Outcome.OPEN).select_related("case", "customer")


def narrowed(member: Member, wanted: Mapping[str, Any]) -> QuerySet[Booking]:
    """The rows that pass the list's filters; without any: the open ones."""
    rows = ended(member) if wanted.get("ended") else board(member)
    if wanted.get("outcome"):
        rows = rows.filter(outcome=wanted["outcome"])
    if wanted.get("answered"):
        rows = rows.filter(replied_at__isnull=False)
    if wanted.get("drafts"):
        rows = rows.filter(has_drafts())
    words = words_of(wanted.get("q", ""))
    return rows.filter(pk__in=found(member.shop, words)) if words else rows


def found(shop: Shop, words: list[str]) -> QuerySet[Booking, Any]:
    """Keys of the shop's bookings whose item, customer or code has these words."""
    items = Booking.objects.filter(holding(Booking, words, "item"), shop=shop)
    people = Customer.objects.filter(holding(Customer, words, "name"), shop=shop).values("pk")
    theirs = Booking.objects.filter(customer__in=people)
    coded = Booking.objects.filter(case__shop=shop, case__code__in=[word.upper() for word in words])
    return items.values("pk").union(theirs.values("pk"), coded.values("pk"))


def next_morning(now: datetime, shop: Shop) -> datetime:
    """09:00 of tomorrow on the shop's clock."""
    tomorrow = now.astimezone(shop.tz).date() + timedelta(days=1)
    return datetime.combine(tomorrow, MORNING, shop.tz)


def released_tonight(member: Member, now: datetime) -> QuerySet[Booking]:
    """Bookings that will be released by themselves before tomorrow 09:00, unless something happens."""
    rows = board(member).filter(release_at__gt=now, release_at__lt=next_morning(now, member.shop), replied_at=None)
    return rows.order_by("release_at", "pk")


def for_a_person(member: Member, now: datetime) -> QuerySet[Booking]:
    """Bookings that only a person can end: they answered, or the limit has passed and nothing may be released."""
    return board(member).filter(Q(release_at__lte=now) | Q(replied_at__isnull=False)).order_by("release_at", "pk")


def releases_of(customer: Customer, now: datetime) -> int:
    """How many bookings of this customer ended in a hit and run within 180 days. For the shop's own staff only (I9)."""
    since = now - timedelta(days=COUNTER_DAYS)
    rows = Booking.objects.filter(customer=customer, outcome=Outcome.RELEASED, ended_at__gt=since)
    return rows.filter(reminded_at__isnull=False).count()


def pay_link_first(customer: Customer, now: datetime) -> bool:
    """True where the next booking gets the hint to send the pay link first."""
    return releases_of(customer, now) >= PAY_FIRST


def waiting_list(shop: Shop) -> QuerySet[WaitingEntry]:
    """Everybody who waits, by item and in order."""
    rows = WaitingEntry.objects.filter(shop=shop, taken_at=None, gone_at=None)
    return rows.select_related("customer", "message", "freed_by__case").order_by("item", "since", "pk")


# --- the funnel (domain.md 6.10) --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Funnel:
    """What became of the bookings agreed in a period. Shares are of those that have ended; nothing is guessed."""

    agreed: int
    open: int
    before_reminder: Share
    after_reminder: Share
    after_check_in: Share
    cancelled: Share
    released: Share
    resold: Share  # of released, sold again within 7 days
    returned: Share  # of released customers, with a paid order within 180 days
    still_watched: int  # of them, whose 180 days are not over yet


def funnel(shop: Shop, since: datetime, now: datetime) -> Funnel:
    """The funnel of bookings agreed since then (three queries)."""
    rows = Booking.objects.filter(shop=shop, agreed_at__gte=since)
    soon_sold = Q(resold_at__isnull=False, resold_at__lte=F("ended_at") + RESOLD_WITHIN)
    counts = rows.aggregate(
        agreed=Count("pk"),
        open=Count("pk", filter=Q(outcome=Outcome.OPEN)),
        **{when: Count("pk", filter=Q(outcome=Outcome.PAID, paid_when=when)) for when in PaidWhen.values if when},
        cancelled=Count("pk", filter=Q(outcome=Outcome.CANCELLED)),
        released=Count("pk", filter=Q(outcome=Outcome.RELEASED)),
        resold=Count("pk", filter=Q(outcome=Outcome.RELEASED) & soon_sold),
    )
    ended = counts["agreed"] - counts["open"]
    names = (*[when for when in PaidWhen.values if when], "cancelled", "released")
    people, back, watched = returned(rows, now)
    return Funnel(
        agreed=counts["agreed"],
        open=counts["open"],
        **{name: Share(counts[name], ended) for name in names},
        resold=Share(counts["resold"], counts["released"]),
        returned=Share(back, people),
        still_watched=watched,
    )


def returned(rows: QuerySet[Booking], now: datetime) -> tuple[int, int, int]:
    """Customers with a released booking, how many paid an order within 180 days, whose 180 days still run."""
    later = Order.objects.filter(
        customer=OuterRef("customer"),
        paid_at__gt=OuterRef("ended_at"),
        paid_at__lte=OuterRef("ended_at") + timedelta(days=COUNTER_DAYS),
    )
    released = rows.filter(outcome=Outcome.RELEASED, customer__erased_at=None, customer__no_purchase_linking=False)
    back = set(released.filter(Exists(later)).values_list("customer", flat=True))
    people = dict(released.order_by("ended_at").values_list("customer", "ended_at"))
    watched = [who for who, at in people.items() if who not in back and at and at > now - timedelta(days=COUNTER_DAYS)]
    return len(people), len(back), len(watched)
