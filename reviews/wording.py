"""The words of a review's replies: the playbook's text, the issue named, the explanation from the shipment record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from messaging.enums import MessageState, Purpose
from messaging.states import move
from messaging.words import blanks
from playbooks.drafts import language_of, message_for
from playbooks.models import Treatment
from reviews.models import Review
from shops.models import Improvement, Shipment
from shops.wishes import other_courier

SENTENCE = re.compile(r"(?<=[.!?])\s+")
LATE = "late"

# failure or theme -> the issue as a clause (after "Mohon maaf ya," and "We are sorry:"). No money in public, no stars.
PROBLEMS: Mapping[str, tuple[str, str]] = {
    "late": ("paketnya terlambat sampai", "your parcel arrived late"),
    "damaged": ("barang yang sampai ternyata rusak", "the item arrived damaged"),
    "wrong_item": ("barang yang kami kirim keliru", "we sent the wrong item"),
    "not_received": ("pesanan belum sampai dengan baik", "your order has not arrived as it should"),
    "refund_or_cancel": ("pesanan ini telat kami selesaikan", "we are late in settling your order"),
    "not_as_described": ("barang yang sampai tidak sesuai harapan", "the item was different from what you expected"),
    "fit_or_changed_mind": ("ukuran barang kurang pas", "the size was not right"),
    "rude_service": ("balasan chat kami lambat", "our reply was late"),
    "site_problem": ("toko kami sulit dibuka", "our shop was hard to open"),
    "packaging": ("kemasan barang kurang aman", "the packing of your parcel was not right"),
    "delivery": ("pengiriman pesanan kurang baik", "the delivery of your order was not right"),
    "service": ("pelayanan kami untuk pesanan ini kurang baik", "our service on your order was not right"),
    "price": ("harga barang terasa kurang pas", "the price of the item was not right"),
    "product": ("barang yang sampai kurang memuaskan", "the item was not right"),
}
OTHERWISE = ("pesanan ini kurang memuaskan", "your order was not right")


def draft_replies(review: Review, treatment: Treatment, now: datetime) -> None:
    """Make the drafts of the public reply and the private note, filled from the record; nothing is sent."""
    speaking = [Purpose.PUBLIC_REPLY, Purpose.PUBLIC_SPREAD, Purpose.PRIVATE_NOTE]
    steps = treatment.steps.filter(purpose__in=speaking, playbook_code__in=["P07", "P08"])
    for step in steps.select_related("treatment", "case__shop", "case__customer", "case__order"):
        language = language_of(step.case)
        message = message_for(step, values_of(review, language), now)
        body = finished(message.body, explanation(review, language) if step.purpose == Purpose.PUBLIC_REPLY else "")
        if body != message.body:
            move(message, {MessageState.DRAFT}, {"body": body})


def values_of(review: Review, language: str) -> dict[str, str]:
    """What a review can fill in a template: the issue, and what changes for the next order."""
    return {"problem": problem(review, language), "change": change(review, language)}


def problem(review: Review, language: str) -> str:
    """The issue in one clause, with the days where it is lateness: "paketnya terlambat sampai 3 hari"."""
    name = str(review.assessment.get("failure", ""))
    themes = [str(theme) for theme in review.themes]
    if themes[:1] == ["packaging"] and name in ("other", "damaged", "not_as_described", "unknown"):
        name = "packaging"
    names = [name, *themes]
    words = next((PROBLEMS[name] for name in names if name in PROBLEMS), OTHERWISE)
    days = days_late(review) if words == PROBLEMS[LATE] else 0
    if days:
        plural = "" if days == 1 else "s"
        return f"paketnya terlambat {days} hari" if language == "id" else f"your parcel arrived {days} day{plural} late"
    return words[0] if language == "id" else words[1]


def parcel(review: Review) -> Shipment | None:
    """The latest parcel of the review's order."""
    return review.order.shipments.order_by("-pk").first() if review.order else None


def days_late(review: Review) -> int:
    """Days late by the record, else as the customer says, else 0."""
    shipment = parcel(review)
    recorded = shipment.days_late(timezone.localdate()) if shipment else 0
    return recorded or int(review.assessment.get("days_late") or 0)


def explanation(review: Review, language: str) -> str:
    """A sentence from the shipment record, owning our share; "" where it is not about delivery or not recorded."""
    shipment = parcel(review)
    if shipment is None or not ("delivery" in review.themes or review.assessment.get("failure") == LATE):
        return ""
    late, packing = shipment.days_late(timezone.localdate()), shipment.days_late_packing(timezone.localdate())
    if late:
        return late_words(packing, late - packing, language)
    return duration_words(shipment, language)


def late_words(packing: int, transit: int, language: str) -> str:
    """How lateness splits into packing and transit (domain.md 6.7)."""
    if language == "id":
        parts = [f"{packing} hari karena kami telat mengemas"] if packing else []
        parts += [f"{transit} hari di perjalanan"] if transit else []
        return f"Dari catatan kirim, {' dan '.join(parts)}."
    parts = [f"{packing} day{'s' * (packing > 1)} because we packed late"] if packing else []
    parts += [f"{transit} day{'s' * (transit > 1)} on the road"] if transit else []
    return f"The record shows {' and '.join(parts)}."


def duration_words(shipment: Shipment, language: str) -> str:
    """Days for packing and on the road, from the recorded times; "" where one is missing."""
    placed = shipment.order.paid_at or shipment.order.placed_at
    if not (placed and shipment.handed_over_at and shipment.delivered_at):
        return ""
    packing, transit = (
        whole_days(placed, shipment.handed_over_at),
        whole_days(shipment.handed_over_at, shipment.delivered_at),
    )
    if language == "id":
        return f"Dari catatan kirim, {packing} hari kemas dan {transit} hari di perjalanan."
    return f"The record shows {packing} day{'s' * (packing != 1)} packing and {transit} on the road."


def whole_days(start: datetime, end: datetime) -> int:
    """Calendar days between two moments, in the shop's zone."""
    return max(0, (timezone.localdate(end) - timezone.localdate(start)).days)


def change(review: Review, language: str) -> str:
    """What is different next time: another courier where this one was late, else a finished improvement, else ""."""
    if "delivery" in review.themes and (review.courier or parcel(review) or other_courier(review.customer)):
        return "kami siapkan pilihan kurir lain" if language == "id" else "we can offer another courier"
    done = Improvement.objects.filter(
        shop=review.shop, done_at__isnull=False, reviews__themes__icontains=review.themes[0] if review.themes else "-"
    )
    latest = done.order_by("-done_at").first()
    return latest.title[:1].lower() + latest.title[1:] if latest else ""


def finished(body: str, explained: str) -> str:
    """The text with the record's sentence after the apology, and without sentences that nobody can fill."""
    kept: list[str] = []
    for sentence in SENTENCE.split(body):
        if blanks(sentence):
            continue
        kept.append(sentence)
        if explained and len(kept) == 2:
            kept.append(explained)
    if explained and explained not in kept:
        kept.append(explained)
    return " ".join(kept)
