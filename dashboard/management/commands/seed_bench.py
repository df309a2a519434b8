"""Fill a shop with many plainly invented cases, to measure speed and to look at the figures. Never for a real shop."""

from __future__ import annotations

import random
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import models
from django.utils import timezone

from cases.enums import Actor, Kind, Severity, State, SurveyKind, SurveySample, Theme
from cases.models import Case, CaseEvent, Survey, SurveyAnswer
from cases.surveys import AFTER_CASE, RECOMMEND
from cases.surveys import ITEMS as QUESTIONS
from complaints.enums import Finding, TaggedBy
from complaints.models import Complaint, SpreadNode
from dashboard.management.commands.demo import make_shop
from messaging.enums import Carrier, Direction, MessageState, Purpose
from messaging.models import Message
from playbooks.enums import (
    Anchor,
    Blame,
    Failure,
    RemedyState,
    StepKind,
    StepState,
    TreatmentState,
    Unit,
    Voice,
)
from playbooks.models import Playbook, Remedy, Treatment, TreatmentStep
from reviews.models import Review
from shops.enums import Channel, Standing
from shops.models import Customer, Order, Shipment, Shop

YEARS = timedelta(days=730)
BATCH = 5000
ITEMS = [f"barang contoh {number}" for number in range(1, 41)]
COURIERS = [("Kurir A", "REG"), ("Kurir A", "YES"), ("Kurir B", "REG"), ("Kurir C", "EKO"), ("Kurir D", "REG")]
PROVINCES = ["DKI Jakarta", "Jawa Barat", "Jawa Timur", "Bali", "Sumatera Utara", "Sulawesi Selatan", "Papua"]
KEY = "bench:"


class Command(BaseCommand):
    help = "Fill a shop with invented cases, orders, parcels, messages, reviews and answers, for benches."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=1000)
        parser.add_argument("--shop", default="bench", metavar="SLUG")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, cases: int, shop: str, seed: int, **options: Any) -> None:
        found = Shop.objects.filter(slug=shop).first() or make_shop(shop)[0]
        if Case.objects.filter(shop=found, intake_key__startswith=KEY).exists():
            raise CommandError(f"{shop} has invented cases already")
        if Case.objects.filter(shop=found).exists():
            raise CommandError(f"{shop} has real cases: choose another short name")
        seed_shop(found, cases, seed=seed)
        self.stdout.write(f"{cases} cases in {shop}")


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Rows in lists of BATCH."""
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def store(model: type[models.Model], rows: Iterable[Any]) -> list[Any]:
    """Write rows in batches; returns them with their numbers."""
    found: list[Any] = []
    for batch in batches(rows):
        found += model._default_manager.bulk_create(batch)
    return found


def seed_shop(shop: Shop, number: int, *, seed: int = 1, now: datetime | None = None) -> None:
    """`number` complaints over two years, 1.5 orders for each, and what belongs to them."""
    now, dice = now or timezone.now(), random.Random(seed)  # noqa: S311  (invented rows, not secrets)
    people = store(Customer, (customer(shop, n, dice) for n in range(max(4, number * 9 // 10))))
    orders = store(Order, (order(shop, people, n, dice, now) for n in range(number * 3 // 2)))
    store(Shipment, (shipment(each, dice, now) for each in orders))
    chosen = dice.sample(orders, number)
    found = store(Case, (case(each, n, dice, now) for n, each in enumerate(sorted(chosen, key=lambda o: o.placed_at))))
    store(Complaint, (complaint(each, dice) for each in found))
    public = models.Q(is_spreading=True) | models.Q(complaint__voice=Voice.ELSEWHERE_PUBLIC)
    Case.objects.filter(pk__in=Case.objects.filter(public, shop=shop).values("pk")).update(is_public=True)
    store(CaseEvent, (CaseEvent(shop=shop, case=each, code="opened", at=each.opened_at) for each in found))
    books = list(Playbook.objects.filter(shop=shop).order_by("code")[:6])
    if books:
        store(Treatment, (treatment(each, books, dice) for each in found))
        store(TreatmentStep, (each for row in Treatment.objects.filter(shop=shop) for each in steps(row, dice, now)))
    store(Message, (message(each, dice) for each in found if each.first_replied_at))
    store(Remedy, (remedy(each, dice) for each in found if each.resolved_at and dice.random() < 0.4))
    store(Review, (review(shop, each, n, dice) for n, each in enumerate(orders) if n % 3 == 0))
    store(SpreadNode, (node for each in found if each.is_spreading for node in accounts(each, dice)))
    seed_surveys(shop, found, people, dice, now)


def customer(shop: Shop, number: int, dice: random.Random) -> Customer:
    return Customer(shop=shop, name=f"Contoh {number}", code=f"B{number:08d}", province=dice.choice(PROVINCES))


def order(shop: Shop, people: list[Customer], number: int, dice: random.Random, now: datetime) -> Order:
    placed = now - YEARS * dice.random()
    typed = dice.choice(["biru", "hitam", "merah"])
    packed = typed if dice.random() < 0.96 else "putih"
    return Order(
        shop=shop,
        customer=people[int(len(people) * dice.random() ** 1.3)],
        number=f"B{number:08d}",
        channel=dice.choice(Channel.values),
        item=ITEMS[int(len(ITEMS) * dice.random() ** 2)],
        total=dice.randrange(20_000, 400_000, 1000),
        placed_at=placed,
        paid_at=placed + timedelta(hours=1),
        typed=typed,
        packed=packed,
        received=packed,
        cancelled_by_shop=dice.random() < 0.01,
    )


def shipment(of: Order, dice: random.Random, now: datetime) -> Shipment:
    courier, service = dice.choice(COURIERS)
    handed = of.placed_at + timedelta(days=1 + (dice.random() < 0.1) * dice.randrange(1, 4))
    delivered = handed + timedelta(days=2 + (dice.random() < 0.15) * dice.randrange(1, 6))
    return Shipment(
        shop_id=of.shop_id,
        order=of,
        courier=courier,
        service=service,
        province=dice.choice(PROVINCES),
        promised_handover=(of.placed_at + timedelta(days=1)).date(),
        promised_latest=(of.placed_at + timedelta(days=4)).date(),
        handed_over_at=handed,
        delivered_at=delivered if delivered < now else None,
    )


def case(about: Order, number: int, dice: random.Random, now: datetime) -> Case:
    opened = min(now - timedelta(minutes=5), about.placed_at + timedelta(days=3 + 4 * dice.random()))
    replied = opened + timedelta(hours=dice.expovariate(1 / 4))
    resolved = replied + timedelta(days=dice.expovariate(1 / 3))
    state = dice.choices(
        [State.CONFIRMED, State.CLOSED_NO_REPLY, State.DECLINED, State.RESOLVED], weights=[60, 20, 5, 15]
    )[0]
    is_replied, is_resolved = replied < now and dice.random() < 0.98, resolved < now and dice.random() < 0.95
    ended = resolved + timedelta(days=2)
    return Case(
        shop_id=about.shop_id,
        kind=Kind.COMPLAINT,
        intake_key=f"{KEY}{number}",
        code=f"B{about.shop_id}Z{number}"[:12],
        customer_id=about.customer_id,
        order=about,
        channel=about.channel,
        headline=f"Keluhan contoh {number}",
        severity=dice.choices(Severity.values, weights=[30, 45, 20, 5])[0],
        standing=dice.choice([Standing.FIRST_ORDER, Standing.RETURNING, Standing.LOYAL]),
        theme=dice.choice(Theme.values),
        root_cause=f"sebab contoh {dice.randrange(12)}",
        is_spreading=number % 100 == 0,
        opened_at=opened,
        first_reply_due_at=opened + timedelta(hours=6),
        first_replied_at=replied if is_replied else None,
        decision_due_at=opened + timedelta(days=2),
        decided_at=replied + timedelta(hours=5) if is_replied and is_resolved else None,
        legal_due_on=(about.placed_at + timedelta(days=7)).date(),
        resolved_at=resolved if is_replied and is_resolved else None,
        state=(state if ended < now else State.RESOLVED) if is_replied and is_resolved else State.OPEN,
        ended_at=ended if is_replied and is_resolved and ended < now and state != State.RESOLVED else None,
        reopened_count=int(dice.random() < 0.04),
    )


def complaint(of: Case, dice: random.Random) -> Complaint:
    failures = [failure for failure in Failure.values if failure != Failure.UNPAID_BOOKING]
    return Complaint(
        shop_id=of.shop_id,
        case=of,
        text=of.headline,
        blame=dice.choices(Blame.values, weights=[25, 60, 15])[0],
        tagged_by=TaggedBy.STAFF,
        voice=dice.choices(Voice.values, weights=[60, 20, 5, 5, 1, 9])[0],
        failure=failures[int(len(failures) * dice.random() ** 2)],
        finding=dice.choice(Finding.values),
    )


def treatment(of: Case, books: list[Playbook], dice: random.Random) -> Treatment:
    book = dice.choice(books)
    return Treatment(
        shop_id=of.shop_id,
        case=of,
        playbook=book,
        title=book.names,
        version=dice.choice([1, 2]) if book.code == "P03" else 1,
        state=TreatmentState.FINISHED,
        started_at=of.opened_at,
        facts={"root": book.code},
    )


def steps(of: Treatment, dice: random.Random, now: datetime) -> Iterator[TreatmentStep]:
    """Four steps, a day apart; nine of ten are done in time."""
    for position in range(4):
        due = of.started_at + timedelta(days=position, hours=6)
        done = due + timedelta(hours=-3 if dice.random() < 0.9 else 5)
        yield TreatmentStep(
            shop_id=of.shop_id,
            case_id=of.case_id,
            treatment=of,
            position=position,
            playbook_code=str(of.facts.get("root", "")),
            key=f"step-{position}",
            kind=StepKind.TASK,
            actor=Actor.STAFF,
            unit=Unit.DAYS,
            anchor=Anchor.PREVIOUS,
            state=StepState.DONE if done < now else StepState.OPEN,
            due_at=due,
            done_at=done if done < now else None,
        )


def accounts(of: Case, dice: random.Random) -> Iterator[SpreadNode]:
    """Up to five accounts in the thread of a public complaint."""
    for number in range(dice.randrange(1, 6)):
        part = SpreadNode.Part.ORIGINATOR if number == 0 else dice.choice(SpreadNode.Part.values[1:])
        yield SpreadNode(
            shop_id=of.shop_id, complaint=of.complaint, part=part, account=f"contoh{number}", seen_at=of.opened_at
        )


def message(of: Case, dice: random.Random) -> Message:
    findings = [["G9", "warn"]] if dice.random() < 0.05 else []
    return Message(
        shop_id=of.shop_id,
        case=of,
        customer_id=of.customer_id,
        direction=Direction.OUT,
        channel=of.channel,
        carrier=Carrier.EMAIL,
        purpose=Purpose.FIRST_REPLY,
        body="Terima kasih sudah mengabari kami.",
        state=MessageState.SENT,
        sent_at=of.first_replied_at,
        key=f"{of.intake_key}:reply",
        guard={"digest": "", "ok": True, "findings": findings, "missing": []},
        is_shop_initiated=dice.random() < 0.2,
    )


def remedy(of: Case, dice: random.Random) -> Remedy:
    return Remedy(
        shop_id=of.shop_id,
        case=of,
        level=dice.choice(["L1", "L2", "L3", "L4"]),
        what="contoh",
        cost=dice.randrange(5000, 150_000, 1000),
        state=RemedyState.DONE,
        done_at=of.resolved_at,
    )


def review(shop: Shop, of: Order, number: int, dice: random.Random) -> Review:
    stars = dice.choices([1, 2, 3, 4, 5], weights=[5, 5, 10, 20, 60])[0]
    posted = of.placed_at + timedelta(days=6)
    replied = stars <= 4 and dice.random() < 0.5
    moved = min(5, stars + (dice.random() < (0.2 if replied else 0.1)))
    return Review(
        shop=shop,
        order=of,
        customer_id=of.customer_id,
        stars=stars,
        text="contoh" if dice.random() < 0.6 else "",
        content_hash=f"{KEY}{number}",
        posted_at=posted,
        replied_at=posted + timedelta(days=1) if replied else None,
        observed_at=posted + timedelta(days=14),
        stars_after=moved,
    )


def seed_surveys(shop: Shop, cases: list[Case], people: list[Customer], dice: random.Random, now: datetime) -> None:
    """Answers of every sixth confirmed case and of every fortieth customer."""
    confirmed = [each for each in cases if each.state == State.CONFIRMED and each.customer_id][::6]
    after = store(
        Survey,
        (survey(shop, each.customer_id or 0, each, each.ended_at or now, SurveyKind.AFTER_CASE) for each in confirmed),
    )
    moments = (now - YEARS * dice.random() for _person in people)
    buyers = store(
        Survey,
        (
            survey(shop, each.pk, None, at, SurveyKind.EXPERIENCE)
            for each, at in zip(people[::40], moments, strict=False)
        ),
    )
    pairs = [*((each, AFTER_CASE) for each in after), *((each, QUESTIONS[SurveyKind.EXPERIENCE]) for each in buyers)]
    answers = (
        SurveyAnswer(
            shop=shop,
            survey=each,
            item=item.key,
            value=dice.choices([1, 2, 3, 4, 5], weights=[3, 7, 20, 40, 30])[0] + 5 * (item is RECOMMEND),
        )
        for each, items in pairs
        for item in items
        if dice.random() < 0.95
    )
    store(SurveyAnswer, answers)


def survey(shop: Shop, customer: int, about: Case | None, at: datetime, kind: SurveyKind) -> Survey:
    items = [item.key for item in QUESTIONS[kind]]
    sample = SurveySample.CASE if about else SurveySample.BUYER
    return Survey(
        shop=shop, customer_id=customer, case=about, kind=kind, sample=sample, items=items, asked_at=at, answered_at=at
    )
