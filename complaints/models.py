"""Complaints: cases from a service failure, who the customer blames, and incidents that hit many."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from complaints.enums import Finding, Source, TaggedBy
from playbooks.enums import Blame, Failure, Voice
from shops.models import Customer, Shop, User


class Incident(models.Model):
    """One failure that hit many customers (site down, a late truck): one entry, one message each (S0-01, P15)."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="incidents")
    title = models.CharField(_("what happened"), max_length=120)
    failure = models.CharField(_("failure"), max_length=20, choices=Failure.choices, default=Failure.SITE_PROBLEM)
    started_at = models.DateTimeField(_("from"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)
    affected = models.ManyToManyField(Customer, blank=True, related_name="incidents")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("started_at")), name="incident_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Complaint(models.Model):
    """A case from a service failure. `blame` is what the customer feels; `finding` is the shop's view of the cause."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="complaints")
    case = models.OneToOneField(Case, models.CASCADE, related_name="complaint")
    text = models.TextField(_("the customer's words"), max_length=20_000)
    source = models.CharField(_("how we heard"), max_length=14, choices=Source.choices, default=Source.FORM)
    source_link = models.URLField(_("link"), max_length=400, blank=True)

    blame = models.CharField(_("who do they blame?"), max_length=8, choices=Blame.choices, default=Blame.UNCLEAR)
    tagged_by = models.CharField(max_length=8, choices=TaggedBy.choices, default=TaggedBy.NOBODY)
    tagged_at = models.DateTimeField(null=True, blank=True)
    suggested = models.CharField(max_length=8, choices=Blame.choices, blank=True)
    confidence = models.FloatField(default=0.0)
    cues: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    voice = models.CharField(_("how they raised it"), max_length=18, choices=Voice.choices, default=Voice.TO_SHOP)
    failure = models.CharField(_("what went wrong"), max_length=20, choices=Failure.choices, default=Failure.UNKNOWN)

    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices, default=Finding.UNKNOWN)
    finding_why = models.CharField(_("why"), max_length=200, blank=True)
    incident = models.ForeignKey(Incident, models.SET_NULL, null=True, blank=True, related_name="complaints")

    class Meta:
        indexes = [
            # The "who do they blame?" lane.
            models.Index(fields=["shop", "-id"], name="complaints_untagged", condition=Q(tagged_by=TaggedBy.NOBODY)),
            models.Index(fields=["shop", "blame", "-id"], name="complaints_by_blame"),
            models.Index(fields=["shop", "failure", "-id"], name="complaints_by_failure"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_tagged(self) -> bool:
        return self.tagged_by != TaggedBy.NOBODY


class AttributionFeedback(models.Model):
    """What staff made of a suggestion: kept for learning; the text stays in the shop."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="attribution_feedback")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="feedback")
    suggested = models.CharField(max_length=8, choices=Blame.choices)
    confidence = models.FloatField()
    chosen = models.CharField(max_length=8, choices=Blame.choices)
    was_automatic = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["shop", "-at"], name="feedback_newest")]

    def __str__(self) -> str:
        return f"{self.suggested} -> {self.chosen}"


class SpreadNode(models.Model):
    """One account in a public thread: originator, ally or warned prospect (S1-10..12)."""

    class Part(models.TextChoices):
        ORIGINATOR = "originator", _("Started it")
        ALLY = "ally", _("Joined in")
        WARNED_PROSPECT = "warned_prospect", _("Was warned")

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="spread")
    part = models.CharField(_("part"), max_length=16, choices=Part.choices)
    account = models.CharField(_("account"), max_length=80)
    seen_at = models.DateTimeField(default=timezone.now)
    own_case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "account"], name="spread_account_once")]

    def __str__(self) -> str:
        return self.account
