"""Choices of reviews."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Platform(models.TextChoices):
    SHOPEE = "shopee", "Shopee"
    TOKOPEDIA = "tokopedia", "Tokopedia"
    TIKTOK = "tiktok", "TikTok Shop"
    LAZADA = "lazada", "Lazada"
    GOOGLE = "google", "Google"
    OWN = "own", _("Our own shop")
    OTHER = "other", _("Other")


class Urgency(models.TextChoices):
    NONE = "none", _("No follow-up needed")
    NORMAL = "normal", _("Follow up")
    URGENT = "urgent", _("Urgent")


class NoFollowUp(models.TextChoices):
    """Why a flagged review needs no follow-up after all; the list is fixed (S1-18)."""

    PRAISE = "praise", _("It is praise")
    DUPLICATE = "duplicate", _("Duplicate")
    ABUSE = "abuse", _("Only abuse, no complaint")
    NO_CONTACT = "no_contact", _("Asked not to be contacted")
    HANDLED = "handled", _("Already handled in another case")
    MISTAP = "mistap", _("Stars tapped by mistake")


class RunState(models.TextChoices):
    """The road of an import."""

    MAPPING = "mapping", _("Choosing columns")
    WAITING = "waiting", _("Waiting to start")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be read")


UNFINISHED = {RunState.WAITING, RunState.RUNNING}

# Four of five is no bad mark: "good, with a note", never "negative" (S4-06, S4-18).
STAR_WORDS = {
    5: _("Happy"),
    4: _("Good, with a note"),
    3: _("In two minds"),
    2: _("Unhappy"),
    1: _("Very unhappy"),
}
