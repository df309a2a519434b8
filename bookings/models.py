"""Bookings: "keep ya kak", with a hold that is planned and told at agreement (P12)."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings.enums import Outcome, PaidWhen
from cases.models import Case
from messaging.models import Message
from shops.models import Customer, Order, Shop

COUNTER_DAYS = 180


class Booking(models.Model):
    """One item kept for one customer. Its times are fixed at agreement; only "ada halangan" moves them, once.

    terms_sent_at, reminded_at and checked_in_at are when those messages really left, noted from the outbox
    (bookings.contacts.note); replied_at is the customer's first answer to a contact.
    """

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="bookings")
    case = models.OneToOneField(Case, models.CASCADE, related_name="booking")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="bookings")
    item = models.CharField(_("item"), max_length=160)
    price = models.PositiveBigIntegerField(_("price, Rp"))
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    agreed_at = models.DateTimeField(_("agreed"), default=timezone.now)
    hold = models.DurationField(_("hold"), default=timedelta(hours=24))
    zone = models.CharField(max_length=40)
    terms_sent_at = models.DateTimeField(_("terms sent"), null=True, blank=True)
    reminder_at = models.DateTimeField(_("reminder"))
    check_in_at = models.DateTimeField(_("check-in"))
    release_at = models.DateTimeField(_("kept until"))
    reminded_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    paid_when = models.CharField(max_length=16, choices=PaidWhen.choices, blank=True, default=PaidWhen.NOT)
    ended_at = models.DateTimeField(null=True, blank=True)
    resold_at = models.DateTimeField(_("sold again"), null=True, blank=True)
    order = models.ForeignKey(Order, models.SET_NULL, null=True, blank=True, related_name="bookings")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    agreed_at__lt=F("reminder_at"), reminder_at__lt=F("check_in_at"), check_in_at__lt=F("release_at")
                ),
                name="booking_times_in_order",
            ),
            # Never before the limit that was told, nor without the check-in, nor where somebody answered (I5, S3-05).
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.RELEASED)
                | Q(
                    ended_at__gte=F("release_at"),
                    terms_sent_at__isnull=False,
                    checked_in_at__isnull=False,  # a comparison with nothing is not false, so it is said apart
                    checked_in_at__lt=F("ended_at"),
                    replied_at=None,
                ),
                name="booking_released_kindly",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, ended_at=None)
                | (~Q(outcome=Outcome.OPEN) & Q(ended_at__isnull=False)),
                name="booking_ended_has_time",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="booking_of_something"),
        ]
        indexes = [
            # The board by time left, and the tick's search of holds that end.
            models.Index(fields=["shop", "release_at", "id"], name="bookings_open", condition=Q(outcome=Outcome.OPEN)),
            # The private counter of releases (180 days).
            models.Index(
                fields=["customer", "ended_at"], name="bookings_released", condition=Q(outcome=Outcome.RELEASED)
            ),
            # The lists by agreement, and the funnel.
            models.Index(fields=["shop", "-agreed_at", "-id"], name="bookings_newest"),
            # The list of ended ones, the last to end on top.
            models.Index(
                fields=["shop", "-ended_at", "-id"], name="bookings_ended_last", condition=~Q(outcome=Outcome.OPEN)
            ),
        ]

    def __str__(self) -> str:
        return self.item

    @property
    def is_open(self) -> bool:
        return self.outcome == Outcome.OPEN

    @property
    def total(self) -> int:
        """What is to be paid, in rupiah."""
        return self.price * self.quantity

    @property
    def is_hit_and_run(self) -> bool:
        """Agreed, unpaid, no answer to two contacts, limit passed: all four (S3-05). Counted, never said."""
        return self.outcome == Outcome.RELEASED and self.reminded_at is not None


class WaitingEntry(models.Model):
    """Somebody waits for an item: told first, in order, when it is free again (S3-18).

    Its message is approved when the entry is made and held until the item is free; offer_until counts from its sending.
    """

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="waiting")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="waiting")
    item = models.CharField(_("item"), max_length=160)
    since = models.DateTimeField(default=timezone.now)
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_until = models.DateTimeField(null=True, blank=True)
    message = models.OneToOneField(Message, models.SET_NULL, null=True, blank=True, related_name="waiting_entry")
    freed_by = models.ForeignKey(Booking, models.SET_NULL, null=True, blank=True, related_name="offers")
    taken_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "item"], name="waiting_once", condition=Q(taken_at=None, gone_at=None)
            )
        ]
        indexes = [
            models.Index(
                fields=["shop", "item", "since"], name="waiting_in_order", condition=Q(taken_at=None, gone_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer}: {self.item}"

    @property
    def is_waiting(self) -> bool:
        return self.taken_at is None and self.gone_at is None
