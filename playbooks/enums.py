"""Choices of playbooks and treatments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Blame(models.TextChoices):
    """Whom the customer holds responsible: a feeling, never a verdict (S0-19)."""

    SELF = "self", _("Themselves")
    SHOP = "shop", _("The shop")
    UNCLEAR = "unclear", _("Not clear")


class Voice(models.TextChoices):
    """How the customer raised it (domain.md 0.4)."""

    TO_SHOP = "to_shop", _("To us")
    REVIEW = "review", _("In a review")
    ELSEWHERE_PUBLIC = "elsewhere_public", _("Elsewhere, in public")
    ELSEWHERE_PRIVATE = "elsewhere_private", _("Elsewhere, in private")
    THIRD_PARTY = "third_party", _("To an outside body")
    SILENT = "silent", _("Not at all")


class Failure(models.TextChoices):
    """What went wrong (domain.md 0.4)."""

    WRONG_ITEM = "wrong_item", _("Wrong item")
    DAMAGED = "damaged", _("Damaged")
    LATE = "late", _("Late")
    NOT_RECEIVED = "not_received", _("Not received")
    REFUND_OR_CANCEL = "refund_or_cancel", _("Refund or cancellation")
    NOT_AS_DESCRIBED = "not_as_described", _("Not as described")
    RUDE_SERVICE = "rude_service", _("Rude or no service")
    SITE_PROBLEM = "site_problem", _("Shop hard to reach")
    PRIVACY = "privacy", _("Privacy")
    FIT_OR_CHANGED_MIND = "fit_or_changed_mind", _("Fit or changed mind")
    UNPAID_BOOKING = "unpaid_booking", _("Unpaid booking")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known yet")


class Slot(models.TextChoices):
    """The part a playbook plays in a treatment: at most one entry, exactly one root, any overlays."""

    ENTRY = "entry", _("Entry")
    ROOT = "root", _("Root")
    OVERLAY = "overlay", _("Overlay")


class StepKind(models.TextChoices):
    TASK = "task", _("Task")
    MESSAGE = "message", _("Message")
    QUESTION = "question", _("Question to the customer")
    REMEDY = "remedy", _("Remedy offer")
    CHECK = "check", _("Wait or check")
    ROOT_CAUSE = "root_cause", _("Root cause")
    SYSTEM = "system", _("System action")


SPEAKING = {StepKind.MESSAGE, StepKind.QUESTION}


class Unit(models.TextChoices):
    """What an offset counts in; the last three come from the limits of domain.md 2.4."""

    MINUTES = "minutes", _("minutes")
    BUSINESS_MINUTES = "business_minutes", _("minutes of opening time")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    FIRST_REPLY = "first_reply", _("first-reply limit")
    DECISION = "decision", _("decision limit")
    EXECUTION = "execution", _("execution limit")


class Anchor(models.TextChoices):
    """What an offset counts from."""

    START = "start", _("the start of the case")
    PREVIOUS = "previous", _("the step before")
    CUSTOMER_REPLIED = "customer_replied", _("the customer's reply")
    DELIVERED = "delivered", _("delivery")
    CHOICE = "choice", _("the customer's choice")
    FIXED = "fixed", _("the repair")


EVENTS = {Anchor.CUSTOMER_REPLIED, Anchor.DELIVERED, Anchor.CHOICE, Anchor.FIXED}
EVENT_CHOICES = [(event.value, event.label) for event in Anchor if event in EVENTS]


class StepState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")
    CANCELLED = "cancelled", _("Cancelled")


LIVE_STEP = {StepState.WAITING, StepState.OPEN}


class TreatmentState(models.TextChoices):
    LIVE = "live", _("Under way")
    SUPERSEDED = "superseded", _("Replaced")
    FINISHED = "finished", _("Finished")
    STOPPED = "stopped", _("Stopped")


class Level(models.TextChoices):
    """The compensation ladder (domain.md 4.0)."""

    L0 = "L0", _("L0 words only")
    L1 = "L1", _("L1 courtesy: shipping fee or a voucher up to 10 %")
    L2 = "L2", _("L2 keep it, partial refund")
    L3 = "L3", _("L3 exchange or send again")
    L4 = "L4", _("L4 full refund")
    L5 = "L5", _("L5 replacement or refund plus extra (up to 150 %)")
    L6 = "L6", _("L6 published promise")


class RemedyState(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Not approved")
    OFFERED = "offered", _("Offered")
    CHOSEN = "chosen", _("Chosen by the customer")
    DONE = "done", _("Carried out")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OWED = {RemedyState.PROPOSED, RemedyState.APPROVED, RemedyState.CHOSEN}


class SystemAction(models.TextChoices):
    NONE = "", ""
    ACKNOWLEDGE = "acknowledge", _("send the acknowledgement")
    SAVE_PREFERENCE = "save_preference", _("save the customer's wish")
    OPEN_ROOT_CASE = "open_root_case", _("open a root case")
    OBSERVE_REVIEW = "observe_review", _("see whether the review changed")
    RELEASE_BOOKING = "release_booking", _("release the booking")
    WATCH_SPREAD = "watch_spread", _("watch the spread")
