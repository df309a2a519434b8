"""Everything said in or out. Outgoing rows are the outbox: the database is the truth, Celery only rings."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from messaging.enums import (
    BOOKING_CONTACTS,
    NEEDS_STAFF,
    NEVER_SENT,
    PENDING,
    QUEUED,
    Carrier,
    Direction,
    MessageState,
    Purpose,
    WaitingFor,
)
from shops.enums import Channel
from shops.models import ContactPoint, Customer, Member, Shop, User


class Message(models.Model):
    """One message. Outgoing ones change state through messaging.outbox only."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="messages", verbose_name=_("shop"))
    case = models.ForeignKey(
        Case, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name=_("case")
    )
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="messages", verbose_name=_("customer")
    )
    contact_point = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, blank=True, related_name="messages", verbose_name=_("address")
    )
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="notices", verbose_name=_("member")
    )
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices, blank=True)
    carrier = models.CharField(_("how it leaves"), max_length=16, choices=Carrier.choices, blank=True)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices, default=Purpose.FREE)
    address = models.CharField(_("to"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=5, default="id")
    subject = models.CharField(_("subject"), max_length=160, blank=True)
    body = models.TextField(_("text"), max_length=8000, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=MessageState.choices, default=MessageState.DRAFT)
    waiting_for = models.CharField(
        _("waiting for"), max_length=12, choices=WaitingFor.choices, default=WaitingFor.NOTHING, blank=True
    )
    # One row per (treatment step, recipient, kind); also the form's own key against double clicks.
    key = models.CharField(_("key"), max_length=120, editable=False)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    expires_at = models.DateTimeField(_("makes no sense after"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    # When quiet hours, caps or a later time last let it go on: the wait that is meant, and no lag.
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    # Set in the last look before the channel: a row that died without it has certainly not gone out.
    passed_at = models.DateTimeField(_("passed the last look"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    external_id = models.CharField(_("id at the mail server"), max_length=200, blank=True)
    is_automatic = models.BooleanField(_("automatic"), default=False)
    is_shop_initiated = models.BooleanField(_("the shop writes first"), default=False)
    needs_open_case = models.BooleanField(_("only while the case is open"), default=False)

    guard: models.JSONField[Any, Any] = models.JSONField(_("tone guard"), default=dict, blank=True)
    override_reason = models.CharField(_("reason for sending it all the same"), max_length=300, blank=True)
    approved_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "key"], name="message_once"),
            # One reminder, one check-in, one release note per case (I5): a third contact cannot even be written down.
            models.UniqueConstraint(
                fields=["case", "purpose"],
                name="one_contact_of_a_kind",
                condition=Q(purpose__in=sorted(BOOKING_CONTACTS)) & ~Q(state__in=sorted(NEVER_SENT)),
            ),
        ]
        indexes = [
            # deliver_due: rows whose time has come.
            models.Index(fields=["next_try_at", "id"], name="outbox_due", condition=Q(state__in=sorted(QUEUED))),
            # The sweeper: rows a dead worker left behind.
            models.Index(fields=["claimed_at"], name="outbox_stuck", condition=Q(state=MessageState.SENDING)),
            models.Index(fields=["shop", "state", "-id"], name="outbox_by_state"),
            models.Index(fields=["shop", "-id"], name="outbox_newest", condition=Q(direction=Direction.OUT)),
            # How punctual the outbox was in the last 24 hours.
            models.Index(fields=["shop", "-sent_at"], name="outbox_punctual", condition=Q(state=MessageState.SENT)),
            models.Index(fields=["shop", "-id"], name="outbox_needs_staff", condition=Q(state__in=sorted(NEEDS_STAFF))),
            models.Index(
                fields=["shop", "due_at", "id"], name="outbox_to_send", condition=Q(waiting_for=WaitingFor.HAND)
            ),
            models.Index(fields=["case", "created_at"], name="messages_of_case"),
            # Contact caps: what the shop wrote first to this customer.
            models.Index(
                fields=["customer", "sent_at"], name="contacts_of_customer", condition=Q(is_shop_initiated=True)
            ),
        ]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return f"{self.get_direction_display()}: {self.body[:40]}"

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING

    def lag_seconds(self) -> float | None:
        """Seconds between the moment it was due and allowed to go, and sent; None where either is unknown."""
        if self.sent_at is None or self.due_at is None:
            return None
        return (self.sent_at - max(self.due_at, self.held_until or self.due_at)).total_seconds()


class MessageTemplate(models.Model):
    """A free-standing text of the shop: the acknowledgement, the opt-out confirmation, saved replies."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="templates", verbose_name=_("shop"))
    key = models.SlugField(_("key"), max_length=40)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices, default=Purpose.FREE)
    language = models.CharField(_("language"), max_length=5)
    subject = models.CharField(_("subject"), max_length=160, blank=True)
    body = models.TextField(_("text"), max_length=4000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key", "language"], name="template_once_per_language")]
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class GuardFeedback(models.Model):
    """Somebody says the tone guard was wrong: a list for the owner to read."""

    class Verdict(models.TextChoices):
        FALSE_ALARM = "false_alarm", _("Not a problem")
        MISSED = "missed", _("You missed this")

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", verbose_name=_("shop"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices)
    rule = models.CharField(_("rule"), max_length=4, blank=True)
    text = models.TextField(_("text"), max_length=8000)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)

    class Meta:
        verbose_name = _("guard feedback")
        verbose_name_plural = _("guard feedback")

    def __str__(self) -> str:
        return f"{self.verdict} {self.rule}"


class GuardWord(models.Model):
    """A shop's own phrase for a tone rule; shops may extend G1 to G8, never shrink them."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="guard_words", verbose_name=_("shop"))
    rule = models.CharField(_("rule"), max_length=4)
    phrase = models.CharField(_("phrase"), max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "rule", "phrase"], name="guard_word_once")]
        verbose_name = _("guard word")
        verbose_name_plural = _("guard words")

    def __str__(self) -> str:
        return f"{self.rule}: {self.phrase}"


class Heartbeat(models.Model):
    """When the reminders' tick last ran, and what it did."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField(default=timezone.now)
    report: models.JSONField[Any, Any] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"


class StaffNotice(models.Model):
    """A reminder for staff: step due or overdue, reply nearly late, outbox failure. Leaving the state cancels it."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="notices")
    code = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    data: models.JSONField[Any, Any] = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="staff_notice_once")]
        indexes = [
            models.Index(fields=["shop", "-at"], name="notices_open", condition=Q(read_at=None, cancelled_at=None)),
            models.Index(fields=["shop", "at"], name="notices_to_mail", condition=Q(mailed_at=None, cancelled_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.key}"
