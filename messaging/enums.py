"""Choices of messages and of the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    IN = "in", _("from the customer")
    OUT = "out", _("to the customer")
    INTERNAL = "internal", _("to staff")


class MessageState(models.TextChoices):
    RECEIVED = "received", _("Received")
    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready to go")
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    MARKED_SENT = "marked_sent", _("Marked as sent")
    FAILED = "failed", _("Failed")
    UNCONFIRMED = "unconfirmed", _("Not known whether it went out")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")


QUEUED = {MessageState.READY, MessageState.WAITING}
PENDING = QUEUED | {MessageState.DRAFT}
WENT_OUT = {MessageState.SENT, MessageState.MARKED_SENT}
NEEDS_STAFF = {MessageState.FAILED, MessageState.UNCONFIRMED}
NEVER_SENT = {MessageState.CANCELLED, MessageState.EXPIRED}


class WaitingFor(models.TextChoices):
    """Why a queued message has not gone out yet."""

    NOTHING = "", ""
    TIME = "time", _("its time")
    QUIET_HOURS = "quiet_hours", _("the end of quiet hours")
    CAP = "cap", _("the contact limit")
    APPROVAL = "approval", _("the owner's approval")
    HAND = "hand", _("somebody to send it by hand")
    RETRY = "retry", _("the next try")


class Carrier(models.TextChoices):
    """How a message leaves the shop."""

    EMAIL = "email", _("Email")
    WHATSAPP_LINK = "whatsapp_link", _("WhatsApp link")
    COPY = "copy", _("Copy and paste")
    FILE = "file", _("File (dry run)")


BY_HAND = {Carrier.WHATSAPP_LINK, Carrier.COPY}


class Purpose(models.TextChoices):
    """What a message is for; decides its required elements (domain.md 5.5)."""

    ACKNOWLEDGEMENT = "acknowledgement", _("Automatic acknowledgement")
    FIRST_REPLY = "first_reply", _("First reply")
    REMEDY = "remedy", _("Remedy")
    STATUS = "status", _("Status update")
    FOLLOW_UP = "follow_up", _("Follow-up check")
    PUBLIC_REPLY = "public_reply", _("Public reply to a review")
    PUBLIC_SPREAD = "public_spread", _("Public reply in a spread")
    PRIVATE_NOTE = "private_note", _("Private note")
    BOOKING_TERMS = "booking_terms", _("Terms of a booking")
    BOOKING_REMINDER = "booking_reminder", _("Booking reminder")
    CHECK_IN = "check_in", _("Check-in")
    RELEASE = "release", _("Release note")
    OUTREACH = "outreach", _("Outreach")
    SECOND_TIME = "second_time", _("Second-time reply")
    SAFETY = "safety", _("Safety or dispute")
    INCIDENT = "incident", _("Incident notice")
    SURVEY = "survey", _("Survey")
    CHANGE = "change", _("What we changed")
    FREE = "free", _("Free reply")
    STAFF_NOTICE = "staff_notice", _("Staff notice")


PUBLIC = {Purpose.PUBLIC_REPLY, Purpose.PUBLIC_SPREAD}
# The only words a shop may start with in a booking, once each: the customer was told of them at agreement (I5).
BOOKING_CONTACTS = {Purpose.BOOKING_REMINDER, Purpose.CHECK_IN, Purpose.RELEASE}
