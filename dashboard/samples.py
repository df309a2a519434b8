"""Sample cases for a try-out: they go the real road through the real actions, and can be erased again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bookings import actions as bookings
from cases import events
from cases.actions import set_state, set_theme
from cases.enums import Actor, State
from cases.models import Case
from complaints import actions
from complaints.models import Complaint
from dashboard.sample_data import (
    BOOKINGS,
    CODE,
    COMPLAINTS,
    COURIERS,
    CUSTOMERS,
    ITEM_OF,
    ITEMS,
    ORDERS,
    REPLY,
    RESELLER,
    REVIEWS,
    Sample,
)
from messaging.enums import Carrier, Direction, MessageState, Purpose
from messaging.models import Message
from messaging.outbox import went_out
from playbooks import closing, treatments
from playbooks.models import TreatmentStep
from playbooks.queries import live_treatment
from reviews import actions as reviews
from reviews.models import Review
from shops.actions import clean_address
from shops.enums import Standing
from shops.models import ContactPoint, Customer, Order, Shipment, Shop, User

KEY = "sample:"


def add_samples(shop: Shop, *, by: User, now: datetime | None = None) -> int:
    """Add the sample customers, orders and complaints that are not there yet; returns how many complaints are new."""
    now = now or timezone.now()
    with transaction.atomic():
        customers = add_customers(shop)
        orders = add_orders(shop, customers, now)
    added = 0
    in_time_order = sorted(enumerate(COMPLAINTS), key=lambda numbered: -numbered[1].hours_ago)
    for number, sample in in_time_order:
        key = f"{KEY}{number}"
        if not Case.objects.filter(shop=shop, intake_key=key).exists():
            with transaction.atomic():
                add_complaint(shop, key, sample, customers, orders, by=by, now=now)
            added += 1
    add_reviews(shop, customers, orders, by=by, now=now)
    add_bookings(shop, customers, by=by, now=now)
    return added


def add_customers(shop: Shop) -> list[Customer]:
    """The sample customers with one address each."""
    known = {customer.code: customer for customer in Customer.objects.filter(shop=shop, code__startswith=CODE)}
    found = []
    for number, (name, term, province, channel, address) in enumerate(CUSTOMERS):
        code = f"{CODE}{number:02d}"
        customer = known.get(code) or Customer.objects.create(
            shop=shop,
            code=code,
            name=name,
            term=term,
            province=province,
            language="en" if not term else "",
            reseller=Standing.RESELLER if number == RESELLER else "",
        )
        address = clean_address(channel, address)
        ContactPoint.objects.get_or_create(shop=shop, channel=channel, address=address, defaults={"customer": customer})
        found.append(customer)
    return found


def add_orders(shop: Shop, customers: list[Customer], now: datetime) -> list[Order]:
    """Sixty orders over four months with their shipments, the newest last; every ninth parcel is late."""
    if not Order.objects.filter(shop=shop, number__startswith=CODE).exists():
        orders = Order.objects.bulk_create(sample_order(shop, n, customers, now) for n in range(ORDERS))
        Shipment.objects.bulk_create(sample_shipment(order, n, now) for n, order in enumerate(orders))
    return list(Order.objects.filter(shop=shop, number__startswith=CODE).select_related("customer").order_by("number"))


def customer_place(number: int) -> int:
    """Whose order it is: the complaint's own customer where a complaint is about it."""
    about = {sample.order: sample.customer for sample in COMPLAINTS if sample.order is not None}
    return about.get(number, number * 7 % len(CUSTOMERS))


def sample_order(shop: Shop, number: int, customers: list[Customer], now: datetime) -> Order:
    """One order; its four records differ where a complaint says so."""
    item, price = ITEMS[ITEM_OF.get(number, number * 3 % len(ITEMS))]
    placed = now - timedelta(days=(ORDERS - number) * 2 + 3, hours=number % 9)
    customer = customers[customer_place(number)]
    variant = item if item.endswith(" ml") else item.rpartition(" ")[2]
    return Order(
        shop=shop,
        customer=customer,
        number=f"{CODE}-{1001 + number}",
        channel=CUSTOMERS[customer_place(number)][3],
        item=item,
        quantity=1 + (number % 11 == 0),
        total=price * (1 + (number % 11 == 0)),
        placed_at=placed,
        paid_at=placed + timedelta(hours=1),
        wanted=variant,
        typed=variant,
        packed="hitam" if number == 58 else variant,
        received="hitam" if number == 58 else variant,
    )


def sample_shipment(order: Order, number: int, now: datetime) -> Shipment:
    """One parcel; the newest are still on the road."""
    placed = order.placed_at
    late = 4 if number % 9 == 7 else 0
    delivered = placed + timedelta(days=3 + number % 2 + late)
    return Shipment(
        shop_id=order.shop_id,
        order=order,
        courier=COURIERS[number % len(COURIERS)],
        tracking=f"{CODE}{number:06d}",
        province=order.customer.province if order.customer else "",
        promised_handover=timezone.localdate(placed + timedelta(days=1)),
        promised_latest=timezone.localdate(placed + timedelta(days=5)),
        packed_at=placed + timedelta(days=1),
        handed_over_at=placed + timedelta(days=1 + late // 2, hours=3),
        delivered_at=delivered if delivered < now else None,
    )


def add_complaint(
    shop: Shop, key: str, sample: Sample, customers: list[Customer], orders: list[Order], *, by: User, now: datetime
) -> Complaint:
    """Log one complaint and take it as far as the sample says."""
    received = now - timedelta(hours=sample.hours_ago)
    intake = actions.Intake(
        text=sample.text,
        channel=sample.channel or CUSTOMERS[sample.customer][3],
        customer=customers[sample.customer],
        order=orders[sample.order] if sample.order is not None else None,
        voice=sample.voice,
        blame=sample.blame,
        failure=sample.failure,
        severity=sample.severity,
        source_link=sample.link,
        received_at=received,
        intake_key=key,
    )
    complaint = actions.log_complaint(shop, intake, by=by)
    complaint.case.events.update(at=received)  # logged as it came, not today
    if sample.then:
        take_further(complaint.case, sample, by=by, at=received + timedelta(hours=1))
    return complaint


def add_reviews(shop: Shop, customers: list[Customer], orders: list[Order], *, by: User, now: datetime) -> None:
    """The sample reviews, triaged as real ones are."""
    for number, sample in enumerate(REVIEWS):
        intake = reviews.Intake(
            stars=sample.stars,
            text=sample.text,
            platform=sample.platform,
            platform_id=f"{CODE}-{number}",
            author=customers[sample.customer].name,
            order=orders[sample.order],
            customer=customers[sample.customer],
            posted_at=now - timedelta(hours=sample.hours_ago),
        )
        if not Review.objects.filter(shop=shop, content_hash=intake.key).exists():
            reviews.log_review(shop, intake, by=by)


def add_bookings(shop: Shop, customers: list[Customer], *, by: User, now: datetime) -> None:
    """The sample bookings, each with its plan."""
    for number, sample in enumerate(BOOKINGS):
        key = f"{KEY}booking:{number}"
        if Case.objects.filter(shop=shop, intake_key=key).exists():
            continue
        item, price = ITEMS[sample.item]
        deal = bookings.Deal(
            customer=customers[sample.customer],
            item=item,
            price=price,
            words=sample.words,
            agreed_at=now - timedelta(hours=sample.hours_ago),
            intake_key=key,
        )
        booking = bookings.agree(shop, deal, by=by)
        if sample.paid:
            bookings.paid(booking, by=by)


def take_further(case: Case, sample: Sample, *, by: User, at: datetime) -> None:
    """Reply, and then what the sample says became of it."""
    reply(case, sample, by=by, at=at)
    if sample.then == "replied":
        return
    set_theme(case, *sample.theme, by=by)
    case.events.filter(code=events.THEME).update(at=at + timedelta(hours=19))
    set_state(case, State.RESOLVED, actor=Actor.STAFF, by=by, at=at + timedelta(hours=20))
    match sample.then:
        case "confirmed":
            closing.confirm(case, at=at + timedelta(hours=30))
        case "declined":
            closing.close(case, State.DECLINED, actor=Actor.CUSTOMER, at=at + timedelta(hours=30))
        case "reopened":
            set_state(case, State.REOPENED, actor=Actor.CUSTOMER, at=at + timedelta(hours=30))


def reply(case: Case, sample: Sample, *, by: User, at: datetime) -> None:
    """The first reply as somebody sent it by hand, and the step it belongs to."""
    step = first_reply_step(case)
    language = "en" if case.customer and case.customer.language == "en" else "id"
    term = (case.customer.term if case.customer else "") or "kak"
    name = case.customer.name if case.customer else ""
    message = Message.objects.create(
        shop_id=case.shop_id,
        case=case,
        customer=case.customer,
        direction=Direction.OUT,
        channel=case.channel,
        carrier=Carrier.COPY,
        purpose=Purpose.FIRST_REPLY,
        language=language,
        body=REPLY[language].format(term=term, name=name),
        state=MessageState.MARKED_SENT,
        sent_at=at,
        key=f"{case.intake_key}:reply",
    )
    went_out(message, at)
    if step:
        TreatmentStep.objects.filter(pk=step.pk).update(message=message)
        treatments.complete(step, by=by, now=at)
    case.refresh_from_db()


def first_reply_step(case: Case) -> TreatmentStep | None:
    """The first open step with words to the customer: an entry's apology, else the first reply; None where all wait."""
    treatment = live_treatment(case)
    if treatment is None:
        return None
    steps = list(treatment.steps.order_by("position", "pk"))
    speaking = [step for step in steps if step.is_live and step.purpose and not step.action]
    return next((step for step in speaking if not treatments.locked_by(step, steps)), None)


def has_samples(shop: Shop) -> bool:
    """True while sample customers, orders or cases are in the shop."""
    return Customer.objects.filter(shop=shop, code__startswith=CODE).exists()


def remove_samples(shop: Shop) -> int:
    """Erase everything that add_samples made, and what was done with it; returns how many cases went."""
    with transaction.atomic():
        of_samples = Q(intake_key__startswith=KEY) | Q(customer__code__startswith=CODE, customer__shop=shop)
        cases = Case.objects.filter(of_samples, shop=shop)
        count = cases.count()
        Review.objects.filter(shop=shop, platform_id__startswith=f"{CODE}-").delete()
        cases.delete()
        Message.objects.filter(shop=shop, customer__code__startswith=CODE).delete()
        bought = Q(number__startswith=f"{CODE}-") | Q(customer__code__startswith=CODE, customer__shop=shop)
        Order.objects.filter(bought, shop=shop).delete()
        Customer.objects.filter(shop=shop, code__startswith=CODE).delete()
    return count
