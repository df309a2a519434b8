"""Incidents: one failure that hit many. One entry, one message each, and what it cost (S0-01, P15)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone, translation

from complaints.letters import Letter, may_write_to
from complaints.models import Complaint, Incident
from figures.shares import Interval, Share, newcombe
from messaging.models import Message
from messaging.words import when
from playbooks.enums import RemedyState
from playbooks.models import Remedy, Step
from shops.actions import audit, clean_address
from shops.enums import Channel
from shops.models import Customer, Member, Order, Shop

WATCHED = timedelta(days=30)
BEFORE = timedelta(days=90)
MOST = 2000


@dataclass(frozen=True)
class Affected:
    """What a filter asks for; "" and None leave nothing out."""

    since: datetime | None = None
    until: datetime | None = None
    courier: str = ""
    item: str = ""
    province: str = ""


def open_incident(
    shop: Shop, *, title: str, failure: str, started_at: datetime, ended_at: datetime | None, by: Member
) -> Incident:
    """Note an incident, once: the same title and start again give the one there is."""
    with transaction.atomic():
        incident, made = Incident.objects.get_or_create(
            shop=shop, title=title, started_at=started_at, defaults={"failure": failure, "ended_at": ended_at}
        )
        if made:
            audit(shop, by.user, "incident_noted", incident=incident.pk)
    return incident


def end(incident: Incident, at: datetime) -> None:
    """It is repaired; a second word changes nothing."""
    Incident.objects.filter(pk=incident.pk, ended_at=None).update(ended_at=max(at, incident.started_at))
    incident.refresh_from_db()


def found_by(shop: Shop, wanted: Affected) -> QuerySet[Customer]:
    """Customers with an order that fits, at most MOST."""
    orders = Order.objects.filter(shop=shop, customer=OuterRef("pk"))
    if wanted.since:
        orders = orders.filter(placed_at__gte=wanted.since)
    if wanted.until:
        orders = orders.filter(placed_at__lte=wanted.until)
    if wanted.item:
        orders = orders.filter(item__icontains=wanted.item)
    if wanted.courier:
        orders = orders.filter(shipments__courier__iexact=wanted.courier)
    if wanted.province:
        orders = orders.filter(shipments__province=wanted.province)
    return Customer.objects.filter(Exists(orders), shop=shop, erased_at=None).order_by("pk")[:MOST]


WORD = re.compile(r"[^\s,;]+")


def pasted(shop: Shop, text: str) -> tuple[list[Customer], list[str]]:
    """Customers named in a pasted list of order numbers, phone numbers and email addresses; and what fits nobody."""
    words = list(dict.fromkeys(word.lstrip("#") for word in WORD.findall(text)))[:MOST]
    addresses = {word: address for word in words if (address := as_address(word))}
    by_order = Order.objects.filter(shop=shop, number__in=words, customer__erased_at=None).select_related("customer")
    orders = {order.number: order.customer for order in by_order if order.customer}
    rows = Customer.objects.filter(shop=shop, erased_at=None, contact_points__address__in=addresses.values())
    points = {
        address: customer
        for customer in rows.prefetch_related("contact_points").distinct()
        for address in (point.address for point in customer.contact_points.all())
    }
    found: dict[int, Customer] = {}
    unknown = []
    for word in words:
        customer = orders.get(word) or points.get(addresses.get(word, ""))
        if customer:
            found[customer.pk] = customer
        else:
            unknown.append(word)
    return list(found.values()), unknown


def as_address(word: str) -> str:
    """A word as an address in the books; "" where it is none."""
    try:
        return clean_address(Channel.EMAIL if "@" in word else Channel.WHATSAPP, word)
    except ValueError:
        return ""


def add(incident: Incident, customers: Iterable[Customer]) -> int:
    """Add affected customers; returns how many are new."""
    before = incident.affected.count()
    incident.affected.add(*customers)
    return incident.affected.count() - before


def adopt_complaints(incident: Incident) -> int:
    """Complaints of the same failure from its start to a day after its end belong to it; returns how many are new."""
    end_at = (incident.ended_at or timezone.now()) + timedelta(days=1)
    rows = Complaint.objects.filter(
        shop=incident.shop_id,
        incident=None,
        failure=incident.failure,
        case__opened_at__gte=incident.started_at,
        case__opened_at__lte=end_at,
    )
    return rows.update(incident=incident)


# --- one message each -------------------------------------------------------------------------------------------------


def words(incident: Incident) -> tuple[str, str]:
    """Subject and text from the shop's own playbook P15: the notice while it lasts, else the word that all is well."""
    key = "tell_affected" if incident.ended_at else "notice"
    step = Step.objects.filter(playbook__shop=incident.shop_id, playbook__code="P15", key=key).first()
    if step is None:
        return "", ""
    is_english = incident.shop.language == "en"
    return (step.subject_en, step.body_en) if is_english else (step.subject_id, step.body_id)


def values(incident: Incident) -> dict[str, str]:
    """The incident's times as people say them; until when we keep the price: three days after its end."""
    zone, language = incident.shop.tz, incident.shop.language
    found = {"from_time": f"{incident.started_at.astimezone(zone):%H.%M}"}
    if incident.ended_at:
        found["to_time"] = f"{incident.ended_at.astimezone(zone):%H.%M}"
        with translation.override(language):
            found["limit"] = when(incident.ended_at + timedelta(days=3), incident.shop.zone, language)
    return found


def letters(incident: Incident) -> list[Letter]:
    """One letter for everybody who can be reached and has not had one yet."""
    told = set(
        Message.objects.filter(shop=incident.shop_id, key__startswith=f"incident:{incident.pk}:").values_list(
            "customer", flat=True
        )
    )
    known = values(incident)
    people = incident.affected.filter(erased_at=None).prefetch_related("contact_points").order_by("pk")
    return [
        Letter(customer, f"incident:{incident.pk}:{customer.pk}", known)
        for customer in people
        if customer.pk not in told and may_write_to(customer)
    ]


# --- what it cost -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """Who came back within 30 days of the end, beside customers who were not affected; complaints and remedies."""

    returned: Share
    others: Share
    is_over: bool
    complaints: int
    remedies: int

    @property
    def difference(self) -> Interval | None:
        """Affected minus others; None where there is not enough of either, or the 30 days are not over."""
        if not (self.is_over and self.returned.enough and self.others.enough):
            return None
        return newcombe(self.returned, self.others)

    @property
    def missing(self) -> int | None:
        """How many fewer came back than one would expect; None where nothing can be said."""
        difference = self.difference
        return None if difference is None else max(0, round(-difference.point * self.returned.n))


def cost(incident: Incident, now: datetime) -> Cost:
    """What the incident cost in returns (four queries)."""
    end_at = incident.ended_at or now
    later = Order.objects.filter(customer=OuterRef("pk"), paid_at__gt=end_at, paid_at__lte=end_at + WATCHED)
    earlier = Order.objects.filter(
        customer=OuterRef("pk"), paid_at__gte=incident.started_at - BEFORE, paid_at__lt=incident.started_at
    )
    linked = Q(erased_at=None, no_purchase_linking=False)
    regular = Customer.objects.filter(linked, Exists(earlier), shop=incident.shop_id).annotate(back=Exists(later))
    hit = Q(pk__in=incident.affected.values("pk"))
    taken = [RemedyState.CHOSEN, RemedyState.DONE]
    given = Remedy.objects.filter(case__complaint__incident=incident, state__in=taken).aggregate(total=Sum("cost"))
    return Cost(
        returned=share(regular.filter(hit)),
        others=share(regular.exclude(hit)),
        is_over=incident.ended_at is not None and end_at + WATCHED <= now,
        complaints=incident.complaints.count(),
        remedies=int(given["total"] or 0),
    )


def share(rows: QuerySet[Customer]) -> Share:
    """Customers who came back, of these (one query)."""
    counts = rows.aggregate(n=Count("pk"), k=Count("pk", filter=Q(back=True)))
    return Share(counts["k"], counts["n"])
