"""Reviews: ratings with their words; a case is opened only for those that need care."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from reviews.enums import NoFollowUp, Platform, RunState, Urgency
from shops.codes import new_token
from shops.models import Customer, Improvement, Order, Shop, User

WAITS = Q(needs_followup=True, replied_at=None, no_follow_up="")


class Review(models.Model):
    """One rating. The rater matters more than the rating (S4-19)."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="reviews")
    case = models.OneToOneField(Case, models.SET_NULL, null=True, blank=True, related_name="review")
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="reviews")
    order = models.ForeignKey(Order, models.SET_NULL, null=True, blank=True, related_name="reviews")
    platform = models.CharField(_("platform"), max_length=10, choices=Platform.choices, default=Platform.OTHER)
    platform_id = models.CharField(_("number on the platform"), max_length=80, blank=True)
    content_hash = models.CharField(max_length=40, editable=False)
    author = models.CharField(_("author"), max_length=80, blank=True)
    product = models.CharField(_("product"), max_length=160, blank=True)
    courier = models.CharField(_("courier"), max_length=40, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(_("the customer's words"), max_length=8000, blank=True)
    posted_at = models.DateTimeField(_("posted"), default=timezone.now)
    edit_until = models.DateTimeField(_("the customer may edit until"), null=True, blank=True)

    needs_followup = models.BooleanField(default=False)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency.choices, default=Urgency.NONE)
    themes: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    assessment: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    no_follow_up = models.CharField(_("no follow-up because"), max_length=12, choices=NoFollowUp.choices, blank=True)

    replied_at = models.DateTimeField(_("apology posted"), null=True, blank=True)
    observed_at = models.DateTimeField(null=True, blank=True)
    stars_after = models.PositiveSmallIntegerField(_("stars 14 days later"), null=True, blank=True)
    text_after = models.TextField(max_length=8000, blank=True)
    improvements = models.ManyToManyField(Improvement, blank=True, related_name="reviews")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "platform", "platform_id"], name="review_platform_id_once", condition=~Q(platform_id="")
            ),
            models.UniqueConstraint(fields=["shop", "content_hash"], name="review_content_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_stars_1_to_5"),
        ]
        indexes = [
            models.Index(fields=["shop", "-posted_at", "-id"], name="reviews_newest"),
            # The list's first page, Today's lane and the opening of cases: "urgent" sorts above "normal".
            models.Index(fields=["shop", "-urgency", "-id"], name="reviews_waiting", condition=WAITS),
            models.Index(fields=["shop", "-urgency", "-id"], name="reviews_by_urgency"),
            # The list, fewest stars first.
            models.Index(fields=["shop", "stars", "-id"], name="reviews_fewest_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.stars}/5 {self.text[:50]}"

    @property
    def waits(self) -> bool:
        """Flagged, and neither apologised for nor set aside."""
        return self.needs_followup and self.replied_at is None and not self.no_follow_up


class EditWindow(models.Model):
    """How long customers may change a review on a platform, as this shop knows it."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="edit_windows")
    platform = models.CharField(_("platform"), max_length=10, choices=Platform.choices)
    days = models.PositiveSmallIntegerField(_("days to edit"), validators=[MinValueValidator(1)])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "platform"], name="edit_window_once")]

    def __str__(self) -> str:
        return f"{self.get_platform_display()}: {self.days}"


class ImportMapping(models.Model):
    """Which column of a source's file is which field; remembered per source."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    source = models.CharField(_("source"), max_length=40)
    columns: models.JSONField[Any, Any] = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "source"], name="mapping_once_per_source")]

    def __str__(self) -> str:
        return self.source


def import_path(run: ImportRun, filename: str) -> str:
    """Uploads are stored under a random name; the file's own name is kept as text only."""
    return f"imports/{new_token()}"


class ImportRun(models.Model):
    """One import under way or done: progress, counts and the rejected rows. Moves by reviews.running only."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    source = models.CharField(max_length=40)
    file = models.FileField(upload_to=import_path, blank=True)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.MAPPING)
    columns: models.JSONField[Any, Any] = models.JSONField(default=dict)
    touched_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    rejected: models.JSONField[Any, Any] = models.JSONField(default=list)
    problem: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            # The tick's search of imports that wait, or whose worker died.
            models.Index(
                fields=["touched_at"], name="imports_unfinished", condition=Q(state__in=["running", "waiting"])
            )
        ]

    def __str__(self) -> str:
        return self.name
