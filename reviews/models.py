"""Reviews: ratings with their words; a case is opened only for those that need care."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from reviews.enums import NoFollowUp, Platform, Urgency
from shops.models import Customer, Order, Shop, User


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
            models.Index(
                fields=["shop", "urgency", "-posted_at", "-id"],
                name="reviews_to_answer",
                condition=Q(needs_followup=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stars}/5 {self.text[:50]}"


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


class ImportRun(models.Model):
    """One import under way or done: progress, counts and the rejected rows."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    source = models.CharField(max_length=40)
    file = models.FileField(upload_to="imports")
    name = models.CharField(max_length=120)
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    rejected: models.JSONField[Any, Any] = models.JSONField(default=list)
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name
