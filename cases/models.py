"""Cases: anything that needs care, with their timeline, notes, photos and who is looking at them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import UNENDED, WORKING, Actor, Kind, Severity, State, SurveyKind, SurveySample, Theme
from shops.codes import new_code, new_token
from shops.enums import Channel, Standing
from shops.models import Customer, Improvement, Member, Order, Shop, User

UNENDED_Q = Q(state__in=sorted(UNENDED))
WORKING_Q = Q(state__in=sorted(WORKING))
NOT_DUE = datetime(3000, 1, 1, tzinfo=UTC)  # sorts behind everything that falls due


class Case(models.Model):
    """A complaint, a review or a booking that needs care. State changes go through cases.actions.set_state only."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="cases", verbose_name=_("shop"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    token = models.CharField(_("secret of the link"), max_length=40, unique=True, default=new_token, editable=False)
    intake_key = models.CharField(_("key of the form"), max_length=64, blank=True, editable=False)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name=_("customer")
    )
    order = models.ForeignKey(
        Order, models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name=_("order")
    )
    assignee = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name=_("assigned to")
    )
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices, default=Channel.WHATSAPP)
    headline = models.CharField(_("the customer's words"), max_length=280, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.OPEN)
    severity = models.CharField(_("severity"), max_length=2, choices=Severity.choices, default=Severity.S2)
    standing = models.CharField(_("standing"), max_length=12, choices=Standing.choices, default=Standing.PROSPECT)
    is_repeat = models.BooleanField(_("second case within 90 days, or reopened"), default=False)
    is_spreading = models.BooleanField(_("spreading in public"), default=False)
    # Raised in public, or spreading there: kept here too, so that Today's first lane reads one table by one index.
    is_public = models.BooleanField(_("seen in public"), default=False, editable=False)
    has_abuse = models.BooleanField(_("contains abuse"), default=False)
    theme = models.CharField(_("theme"), max_length=12, choices=Theme.choices, blank=True)
    root_cause = models.CharField(_("root cause"), max_length=160, blank=True)
    improvements = models.ManyToManyField(Improvement, blank=True, related_name="cases", verbose_name=_("improvements"))
    remedy_sought = models.CharField(_("what the customer asks for"), max_length=160, blank=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )

    opened_at = models.DateTimeField(_("received"), default=timezone.now)
    first_reply_due_at = models.DateTimeField(_("first reply due"), null=True, blank=True)
    first_replied_at = models.DateTimeField(_("first replied"), null=True, blank=True)
    decision_due_at = models.DateTimeField(_("decision due"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    legal_due_on = models.DateField(_("legal clock (UU 8/1999 art. 19)"), null=True, blank=True)
    next_due_at = models.DateTimeField(_("next due"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logged by")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        constraints = [
            # A form sent twice on a weak line stores one case.
            models.UniqueConstraint(
                fields=["shop", "intake_key"], name="case_intake_once", condition=~Q(intake_key="")
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="case_not_merged_into_itself"),
        ]
        indexes = [
            models.Index(fields=["shop", "-opened_at", "-id"], name="cases_newest"),
            models.Index(fields=["shop", "kind", "-opened_at", "-id"], name="cases_newest_of_kind"),
            # The complaints list, due first.
            models.Index("shop", "kind", Coalesce("next_due_at", Value(NOT_DUE)), "id", name="cases_of_kind_due_first"),
            # Today's lanes: what needs care, by what falls due first.
            models.Index(fields=["shop", "next_due_at", "id"], name="cases_open_by_due", condition=UNENDED_Q),
            models.Index(
                fields=["shop", "first_reply_due_at"],
                name="cases_reply_due",
                condition=UNENDED_Q & Q(first_replied_at=None),
            ),
            models.Index(fields=["shop", "-opened_at"], name="cases_public", condition=UNENDED_Q & Q(is_public=True)),
            models.Index(fields=["customer", "-opened_at"], name="cases_of_customer"),
            # Insights: who came back after a case was resolved.
            models.Index(fields=["shop", "resolved_at"], name="cases_resolved", condition=Q(resolved_at__isnull=False)),
        ]
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def __str__(self) -> str:
        return self.code

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_ended(self) -> bool:
        return self.state not in UNENDED


class CaseEvent(models.Model):
    """One append-only line of a case's timeline: machine code and JSON, translated when shown."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", verbose_name=_("shop"))
    case = models.ForeignKey(Case, models.CASCADE, related_name="events", verbose_name=_("case"))
    code = models.CharField(_("code"), max_length=40)
    actor = models.CharField(_("who"), max_length=10, choices=Actor.choices, default=Actor.SYSTEM)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    data: models.JSONField[Any, Any] = models.JSONField(_("details"), default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["case", "at", "id"], name="case_timeline"),
            # The newest event tells whether kept figures are still true.
            models.Index(fields=["shop", "-id"], name="events_newest"),
        ]
        verbose_name = _("case event")
        verbose_name_plural = _("case events")

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"


class Note(models.Model):
    """A remark for colleagues; never shown to the customer."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("note"), max_length=4000)
    mentions = models.ManyToManyField(Member, blank=True, related_name="mentioned_in")

    def __str__(self) -> str:
        return self.text[:60]


def upload_path(attachment: Attachment, filename: str) -> str:
    """Uploads are stored under a random name; the customer's file name is kept as text only."""
    return f"{attachment.shop_id}/{attachment.code}"


class Attachment(models.Model):
    """A photo or document of a case, served inert (as a download of a fixed type)."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments")
    code = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    file = models.FileField(_("file"), upload_to=upload_path)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    is_proof = models.BooleanField(_("proof of a remedy"), default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class SearchText(models.Model):
    """The words a case is found by: what was said, who said it, which order. Written by cases.search only.

    PostgreSQL keeps a stored tsvector beside it and SQLite an FTS5 table; both are made by a migration.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="search_text")
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]


class Presence(models.Model):
    """Who has a case open or is typing in it; rows older than a minute mean nothing."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="presences")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_typing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.member} @ {self.case}"


class SavedView(models.Model):
    """A list's filters under a name, for one person or the whole shop."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="saved_views")
    page = models.CharField(max_length=20)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "page", "name"], name="saved_view_once", condition=~Q(member=None)
            ),
            models.UniqueConstraint(fields=["shop", "page", "name"], name="shared_view_once", condition=Q(member=None)),
        ]

    def __str__(self) -> str:
        return self.name


class Survey(models.Model):
    """One invitation to say how it was: the experience of the shop, or how one case was handled.

    Written by cases.surveys only. The token is the only key; stars, orders and remedies never hang on it.
    """

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="surveys")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="surveys")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="surveys")
    kind = models.CharField(max_length=10, choices=SurveyKind.choices)
    sample = models.CharField(max_length=8, choices=SurveySample.choices)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    items: models.JSONField[Any, Any] = models.JSONField(default=list)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_survey_per_case", condition=~Q(case=None)),
            models.CheckConstraint(condition=Q(kind=SurveyKind.EXPERIENCE) | ~Q(case=None), name="after_a_case"),
        ]
        indexes = [
            models.Index(fields=["shop", "kind", "-asked_at"], name="surveys_newest"),
            models.Index(fields=["customer", "-asked_at"], name="surveys_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d}"


class SurveyAnswer(models.Model):
    """One tap: 1 (not at all) to 5 (fully), for "recommend" 0 to 10. A second tap on an item replaces the first."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=20)
    value = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "item"], name="survey_item_once"),
            models.CheckConstraint(
                condition=Q(value__gte=1, value__lte=5) | Q(item="recommend", value__gte=0, value__lte=10),
                name="survey_value_in_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"
