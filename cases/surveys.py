"""Surveys by link: what is asked, who may be asked and when, and how one tap is kept (domain.md 2.7, 6.9).

Our own words. Never stars, never tied to a remedy, at most one survey per person in 90 days.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.enums import SurveyKind, SurveySample
from cases.models import Case, Survey, SurveyAnswer
from shops.models import Customer

APART = timedelta(days=90)
OPEN_FOR = timedelta(days=30)
AFTER_RESOLVED = timedelta(days=2)
SCALE, RECOMMEND_SCALE = range(1, 6), range(11)


@dataclass(frozen=True)
class Item:
    """One question: `layer` is the layer of the pyramid, or "case" for the ones about a case."""

    key: str
    layer: str
    text: Promise


# From the top of the pyramid to its base (S2-07 to S2-11).
LAYERS: dict[str, Promise] = {
    "emotional": _("Close to the shop"),
    "experience": _("Easy to shop"),
    "responsive": _("Listens and answers"),
    "trust": _("Trust"),
    "fulfilment": _("Keeps its word"),
}
EXPERIENCE: tuple[Item, ...] = (
    Item("emotional_1", "emotional", _("%(shop)s truly looks out for me.")),
    Item("emotional_2", "emotional", _("%(shop)s gets what I need.")),
    Item("experience_1", "experience", _("Finding things at %(shop)s is easy.")),
    Item("experience_2", "experience", _("At %(shop)s I always know where I am and where to go next.")),
    Item("experience_3", "experience", _("At %(shop)s I find the information I want right away.")),
    Item("responsive_1", "responsive", _("%(shop)s is quick and willing to help.")),
    Item("responsive_2", "responsive", _("I have an easy way to talk to %(shop)s.")),
    Item("trust_1", "trust", _("My personal data is safe at %(shop)s.")),
    Item("trust_2", "trust", _("I feel at ease paying at %(shop)s.")),
    Item("fulfilment_1", "fulfilment", _("What came from %(shop)s is what I ordered.")),
    Item("fulfilment_2", "fulfilment", _("It came from %(shop)s by the promised time.")),
)
AFTER_CASE: tuple[Item, ...] = (
    Item("satisfaction", "case", _("I am satisfied with how %(shop)s handled this.")),
    Item("effort", "case", _("%(shop)s made it easy for me to get this sorted out.")),
    Item("outcome", "case", _("What I got in the end was fair.")),
    Item("process", "case", _("It went quickly and simply.")),
    Item("treatment", "case", _("I was treated politely.")),
)
FAIRNESS = ("outcome", "process", "treatment")
# Asked last, on a scale of its own, and no part of the pyramid (domain.md 2.7).
RECOMMEND = Item("recommend", "recommend", _("How likely is it that you recommend %(shop)s to a friend?"))
ITEMS: dict[str, tuple[Item, ...]] = {
    SurveyKind.EXPERIENCE: (*EXPERIENCE, RECOMMEND),
    SurveyKind.AFTER_CASE: AFTER_CASE,
}
BY_KEY = {item.key: item for items in ITEMS.values() for item in items}


def asked_lately(customers: Iterable[int], now: datetime) -> set[int]:
    """Of these customers, those who were asked within 90 days."""
    rows = Survey.objects.filter(customer__in=list(customers), asked_at__gt=now - APART)
    return set(rows.values_list("customer", flat=True))


def may_ask_about(case: Case, now: datetime, *, owes_remedy: bool) -> bool:
    """True from two days after the shop resolved it, and only where every promised remedy has been carried out."""
    if owes_remedy or case.resolved_at is None or case.customer_id is None:
        return False
    return case.resolved_at + AFTER_RESOLVED <= now


def shuffled(kind: str, dice: random.Random | None = None) -> list[str]:
    """The items' keys in a random order, one order for each person; the question on another scale stays last."""
    keys = [item.key for item in ITEMS[kind] if item is not RECOMMEND]
    (dice or random.SystemRandom()).shuffle(keys)
    return [*keys, *(item.key for item in ITEMS[kind] if item is RECOMMEND)]


def scale_of(item: str) -> range:
    """The answers an item takes: 1 to 5, or 0 to 10 for the recommendation."""
    return RECOMMEND_SCALE if item == RECOMMEND.key else SCALE


def invite(customer: Customer, kind: str, *, case: Case | None = None, now: datetime | None = None) -> Survey | None:
    """Make the survey of one person; None where they were asked within 90 days. Two at once make one."""
    now = now or timezone.now()
    with transaction.atomic():
        Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
        if asked_lately([customer.pk], now):
            return None
        return Survey.objects.create(
            shop_id=customer.shop_id,
            customer=customer,
            case=case,
            kind=kind,
            sample=SurveySample.CASE if case else SurveySample.BUYER,
            items=shuffled(kind),
            asked_at=now,
        )


def is_open(survey: Survey, now: datetime) -> bool:
    """Answers are taken for thirty days, and not from somebody whose data was erased."""
    return now < survey.asked_at + OPEN_FOR and survey.customer.erased_at is None


def record(survey: Survey, item: str, value: int, *, now: datetime | None = None) -> bool:
    """Keep one tap; False for an item that was not asked, a value outside its scale, or a survey that has closed."""
    now = now or timezone.now()
    if item not in survey.items or value not in scale_of(item) or not is_open(survey, now):
        return False
    with transaction.atomic():
        SurveyAnswer.objects.update_or_create(
            survey=survey, item=item, defaults={"shop_id": survey.shop_id, "value": value, "at": now}
        )
        Survey.objects.filter(pk=survey.pk).update(answered_at=now)
    return True


def next_place(items: Sequence[str], answered: Iterable[str], start: int = 0) -> int:
    """The place of the next item without an answer, from `start` on and then from the front; len(items): none left."""
    done = set(answered)
    places = [*range(start, len(items)), *range(min(start, len(items)))]
    return next((place for place in places if items[place] not in done), len(items))
