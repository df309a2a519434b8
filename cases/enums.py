"""Choices of a case (domain.md 0.3, 0.4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    COMPLAINT = "complaint", _("Complaint")
    REVIEW = "review", _("Review")
    BOOKING = "booking", _("Booking")


class Severity(models.TextChoices):
    S1 = "S1", _("S1 cosmetic")
    S2 = "S2", _("S2 usable, but impaired")
    S3 = "S3", _("S3 fatal: cannot be used")
    S4 = "S4", _("S4 safety, health, legal or personal data")


class State(models.TextChoices):
    """The road of a case; only the customer or a time-out reaches confirmed and closed_no_reply (S0-03)."""

    OPEN = "open", _("Open")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    ASSESSED = "assessed", _("Assessed")
    INVESTIGATING = "investigating", _("Looking into it")
    OFFERED = "offered", _("Solution offered")
    WAITING_CUSTOMER = "waiting_customer", _("Waiting for the customer")
    EXECUTING = "executing", _("Carrying it out")
    RESOLVED = "resolved", _("Resolved by the shop")
    CONFIRMED = "confirmed", _("Confirmed by the customer")
    CLOSED_NO_REPLY = "closed_no_reply", _("Closed, no reply")
    DECLINED = "declined", _("Declined by the customer")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged into another case")
    REOPENED = "reopened", _("Reopened")


WORKING = {
    State.OPEN,
    State.ACKNOWLEDGED,
    State.ASSESSED,
    State.INVESTIGATING,
    State.OFFERED,
    State.WAITING_CUSTOMER,
    State.EXECUTING,
    State.REOPENED,
}
ENDED = {State.CONFIRMED, State.CLOSED_NO_REPLY, State.DECLINED, State.WITHDRAWN, State.MERGED}
UNENDED = WORKING | {State.RESOLVED}

# Any working state may go to any other one (small shops skip steps); cases.actions.set_state adds who may do it.
MOVES: dict[str, set[State]] = {
    **{state: (WORKING - {State.REOPENED}) | {State.RESOLVED} | ENDED for state in WORKING},
    State.RESOLVED: {State.CONFIRMED, State.CLOSED_NO_REPLY, State.DECLINED, State.REOPENED, State.MERGED},
    **{state: {State.REOPENED} for state in ENDED - {State.MERGED}},
    State.MERGED: set(),
}


class Theme(models.TextChoices):
    """What a case was about; needed before it closes (S4-27)."""

    PRODUCT = "product", _("Product")
    DELIVERY = "delivery", _("Delivery")
    PACKAGING = "packaging", _("Packaging")
    SERVICE = "service", _("Service")
    PRICE = "price", _("Price")
    SITE = "site", _("Site")
    INFORMATION = "information", _("Product information")
    OTHER = "other", _("Other")


class Actor(models.TextChoices):
    """Who did or does something."""

    STAFF = "staff", _("Staff")
    OWNER = "owner", _("Owner")
    SYSTEM = "system", _("System")
    CUSTOMER = "customer", _("Customer")


class SurveyKind(models.TextChoices):
    EXPERIENCE = "experience", _("Experience of the shop")
    AFTER_CASE = "after_case", _("After a case")


class SurveySample(models.TextChoices):
    """Why somebody was asked. The two are never pooled: people with a case are not like all buyers (domain.md 6.9)."""

    BUYER = "buyer", _("Random buyer")
    CASE = "case", _("Had a case")
