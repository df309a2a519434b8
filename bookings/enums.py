"""Choices of bookings. Outcomes describe what happened, never the person (S3-04)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    OPEN = "open", _("Open")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")
    RELEASED = "released", _("Released")


class PaidWhen(models.TextChoices):
    """At which point of the funnel a booking was paid (domain.md 6.10)."""

    NOT = "", ""
    BEFORE_REMINDER = "before_reminder", _("before the reminder")
    AFTER_REMINDER = "after_reminder", _("after the reminder")
    AFTER_CHECK_IN = "after_check_in", _("after the check-in")
