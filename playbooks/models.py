"""Playbooks as editable data, routes that choose them, treatments that carry them out, and remedies."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.enums import Actor
from cases.models import Attachment, Case
from messaging.enums import Purpose
from messaging.models import Message
from playbooks.enums import (
    EVENT_CHOICES,
    EVENTS,
    LIVE_STEP,
    Anchor,
    Level,
    RemedyState,
    Slot,
    StepKind,
    StepState,
    SystemAction,
    TreatmentState,
    Unit,
)
from shops.models import Member, Shop, User


def in_language(texts: dict[str, str], language: str | None = None) -> str:
    """The text in the wanted (else the page's) language, else in any language there is."""
    wanted = language or (get_language() or "id")[:2]
    return texts.get(wanted) or texts.get("id") or next(iter(texts.values()), "")


class Playbook(models.Model):
    """The treatment as data. Editing it never changes running cases: a treatment freezes its version."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="playbooks", verbose_name=_("shop"))
    code = models.CharField(_("code"), max_length=12)
    slot = models.CharField(_("slot"), max_length=8, choices=Slot.choices, default=Slot.ROOT)
    name_id = models.CharField(_("name (Indonesian)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    when_id = models.TextField(_("when (Indonesian)"), max_length=600, blank=True)
    when_en = models.TextField(_("when (English)"), max_length=600, blank=True)
    objective_id = models.TextField(_("objective (Indonesian)"), max_length=600, blank=True)
    objective_en = models.TextField(_("objective (English)"), max_length=600, blank=True)
    forbidden_id = models.TextField(_("forbidden (Indonesian)"), max_length=800, blank=True)
    forbidden_en = models.TextField(_("forbidden (English)"), max_length=800, blank=True)
    ladder_from = models.CharField(_("ladder from"), max_length=2, choices=Level.choices, default=Level.L0)
    ladder_to = models.CharField(_("ladder to"), max_length=2, choices=Level.choices, default=Level.L4)
    ladder_id = models.TextField(_("ladder (Indonesian)"), max_length=600, blank=True)
    ladder_en = models.TextField(_("ladder (English)"), max_length=600, blank=True)
    exit_id = models.TextField(_("exit (Indonesian)"), max_length=600)
    exit_en = models.TextField(_("exit (English)"), max_length=600)
    silence_days = models.PositiveSmallIntegerField(
        _("close after days of silence"), default=7, validators=[MaxValueValidator(90)]
    )
    is_active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    default_hash = models.CharField(_("our default"), max_length=64, blank=True, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "code"], name="playbook_code_per_shop")]
        ordering = ["code"]
        verbose_name = _("playbook")
        verbose_name_plural = _("playbooks")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def names(self) -> dict[str, str]:
        return {"id": self.name_id, "en": self.name_en}

    @property
    def name(self) -> str:
        return in_language(self.names)


class Step(models.Model):
    """One step of a playbook: what, who, when, and the words ready to send."""

    playbook = models.ForeignKey(Playbook, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=StepKind.choices, default=StepKind.TASK)
    actor = models.CharField(_("who"), max_length=10, choices=Actor.choices, default=Actor.STAFF)
    title_id = models.CharField(_("title (Indonesian)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    help_id = models.TextField(_("help (Indonesian)"), max_length=600, blank=True)
    help_en = models.TextField(_("help (English)"), max_length=600, blank=True)
    offset = models.PositiveIntegerField(_("after"), default=0)
    unit = models.CharField(_("unit"), max_length=18, choices=Unit.choices, default=Unit.MINUTES)
    anchor = models.CharField(_("counted from"), max_length=18, choices=Anchor.choices, default=Anchor.PREVIOUS)
    gate = models.SlugField(_("unlocked by step"), max_length=40, blank=True)
    purpose = models.CharField(_("message purpose"), max_length=20, choices=Purpose.choices, blank=True)
    subject_id = models.CharField(_("subject (Indonesian)"), max_length=160, blank=True)
    subject_en = models.CharField(_("subject (English)"), max_length=160, blank=True)
    body_id = models.TextField(_("text (Indonesian)"), max_length=2000, blank=True)
    body_en = models.TextField(_("text (English)"), max_length=2000, blank=True)
    is_automatic = models.BooleanField(_("sent by itself (acknowledgement only)"), default=False)
    is_optional = models.BooleanField(_("optional"), default=False)
    action = models.CharField(
        _("system action"), max_length=20, choices=SystemAction.choices, default=SystemAction.NONE, blank=True
    )
    expires_h = models.PositiveSmallIntegerField(_("message expires after hours"), null=True, blank=True)
    leads = models.BooleanField(
        _("leads"), default=False, help_text=_("Playbooks that stand behind this one wait until this step is done.")
    )
    repeat_h = models.PositiveSmallIntegerField(_("again every so many hours"), null=True, blank=True)
    until = models.CharField(_("until"), max_length=18, choices=EVENT_CHOICES, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["playbook", "key"], name="step_key_per_playbook")]
        ordering = ["position", "pk"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return in_language({"id": self.title_id, "en": self.title_en})


class PlaybookVersion(models.Model):
    """A frozen copy of a playbook with its steps: history, diff and restore."""

    playbook = models.ForeignKey(Playbook, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot: models.JSONField[Any, Any] = models.JSONField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(_("what changed"), max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["playbook", "number"], name="playbook_version_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.playbook.code} v{self.number}"


class Route(models.Model):
    """One ordered rule "these facts -> this playbook". Empty conditions match everything."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="routes", verbose_name=_("shop"))
    position = models.PositiveSmallIntegerField(_("position"))
    slot = models.CharField(_("slot"), max_length=8, choices=Slot.choices, default=Slot.ROOT)
    playbook = models.ForeignKey(Playbook, models.CASCADE, related_name="routes", verbose_name=_("playbook"))
    kinds: models.JSONField[Any, Any] = models.JSONField(_("kind"), default=list, blank=True)
    blames: models.JSONField[Any, Any] = models.JSONField(_("blame"), default=list, blank=True)
    voices: models.JSONField[Any, Any] = models.JSONField(_("voice"), default=list, blank=True)
    failures: models.JSONField[Any, Any] = models.JSONField(_("failure"), default=list, blank=True)
    severities: models.JSONField[Any, Any] = models.JSONField(_("severity"), default=list, blank=True)
    standings: models.JSONField[Any, Any] = models.JSONField(_("standing"), default=list, blank=True)
    channels: models.JSONField[Any, Any] = models.JSONField(_("channel"), default=list, blank=True)
    except_roots: models.JSONField[Any, Any] = models.JSONField(_("not with root playbook"), default=list, blank=True)
    repeat = models.BooleanField(_("repeat"), null=True, blank=True)
    spreading = models.BooleanField(_("spreading"), null=True, blank=True)
    order_from = models.PositiveBigIntegerField(_("order value from, Rp"), null=True, blank=True)
    order_to = models.PositiveBigIntegerField(_("order value to, Rp"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["slot", "position", "pk"]
        indexes = [models.Index(fields=["shop", "slot", "position"], name="routes_in_order")]
        verbose_name = _("route")
        verbose_name_plural = _("routes")

    def __str__(self) -> str:
        return f"{self.position}. {self.playbook.code}"


class Treatment(models.Model):
    """A playbook being carried out on a case: facts and steps frozen at the start."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="treatments", verbose_name=_("shop"))
    case = models.ForeignKey(Case, models.CASCADE, related_name="treatments", verbose_name=_("case"))
    playbook = models.ForeignKey(Playbook, models.PROTECT, related_name="treatments", verbose_name=_("playbook"))
    # The playbook's names as they were, in both languages.
    title: models.JSONField[Any, Any] = models.JSONField(_("title"), default=dict)
    version = models.PositiveIntegerField(_("version"))
    entry_code = models.CharField(_("entry"), max_length=12, blank=True)
    overlay_codes: models.JSONField[Any, Any] = models.JSONField(_("overlays"), default=list)
    state = models.CharField(_("state"), max_length=12, choices=TreatmentState.choices, default=TreatmentState.LIVE)
    facts: models.JSONField[Any, Any] = models.JSONField(_("facts"), default=dict)
    why: models.JSONField[Any, Any] = models.JSONField(_("why"), default=list)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    arm = models.CharField(_("arm of a trial"), max_length=10, blank=True)
    silence_days = models.PositiveSmallIntegerField(_("close after days of silence"), default=7)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_live_treatment", condition=Q(state=TreatmentState.LIVE))
        ]
        indexes = [
            models.Index(fields=["shop", "-started_at"], name="treatments_newest"),
            # "used by N open cases" in the admin.
            models.Index(fields=["playbook"], name="treatments_live", condition=Q(state=TreatmentState.LIVE)),
        ]
        verbose_name = _("treatment")
        verbose_name_plural = _("treatments")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.playbook_id}"

    @property
    def name(self) -> str:
        return f"{self.facts.get('root', '')} {in_language(self.title)}".strip()

    @property
    def codes(self) -> list[str]:
        """Entry, root and overlays in the order they act."""
        root = str(self.facts.get("root", ""))
        return [code for code in [self.entry_code, root, *self.overlay_codes] if code]


class TreatmentStep(models.Model):
    """A frozen step on a case. State changes go through playbooks.treatments only."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    treatment = models.ForeignKey(Treatment, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    playbook_code = models.CharField(max_length=12)
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    actor = models.CharField(max_length=10, choices=Actor.choices)
    title: models.JSONField[Any, Any] = models.JSONField(default=dict)
    help: models.JSONField[Any, Any] = models.JSONField(default=dict)
    subject: models.JSONField[Any, Any] = models.JSONField(default=dict)
    body: models.JSONField[Any, Any] = models.JSONField(default=dict)
    purpose = models.CharField(max_length=20, choices=Purpose.choices, blank=True)
    offset = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=18, choices=Unit.choices)
    anchor = models.CharField(max_length=18, choices=Anchor.choices)
    gate = models.SlugField(max_length=40, blank=True)
    action = models.CharField(max_length=20, choices=SystemAction.choices, blank=True)
    is_automatic = models.BooleanField(default=False)
    is_optional = models.BooleanField(default=False)
    expires_h = models.PositiveSmallIntegerField(null=True, blank=True)
    leads = models.BooleanField(default=False)
    repeat_h = models.PositiveSmallIntegerField(null=True, blank=True)
    until = models.CharField(max_length=18, choices=EVENT_CHOICES, blank=True)
    # 1, 2, 3 ... of a step that comes again.
    turn = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.WAITING)
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    skip_reason = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="steps")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["treatment", "playbook_code", "key", "turn"], name="treatment_step_once")
        ]
        ordering = ["position", "pk"]
        indexes = [
            # The tick's search of steps that fall due, and Today's lanes.
            models.Index(fields=["due_at", "id"], name="steps_due", condition=Q(state__in=sorted(LIVE_STEP))),
            models.Index(
                fields=["shop", "due_at", "id"], name="steps_due_of_shop", condition=Q(state__in=sorted(LIVE_STEP))
            ),
            # Insights: which steps are done in time. Holds all it needs; the rows are not read.
            models.Index(
                fields=["shop", "due_at", "playbook_code", "key", "state", "done_at"],
                name="steps_in_time",
                condition=Q(due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.playbook_code}.{self.key}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STEP

    @property
    def is_event_anchored(self) -> bool:
        return self.anchor in EVENTS

    @property
    def title_text(self) -> str:
        return in_language(self.title)

    @property
    def help_text(self) -> str:
        return in_language(self.help)


class Promise(models.Model):
    """A published promise of the shop: "1 broken, we replace N" (S1-24), with caps."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="promises", verbose_name=_("shop"))
    text_id = models.CharField(_("text (Indonesian)"), max_length=200)
    text_en = models.CharField(_("text (English)"), max_length=200, blank=True)
    failures: models.JSONField[Any, Any] = models.JSONField(_("for failures"), default=list, blank=True)
    multiple = models.PositiveSmallIntegerField(_("replace one by"), default=1)
    cap_per_claim = models.PositiveIntegerField(_("at most per claim"), default=20)
    cap_per_month = models.PositiveIntegerField(_("at most per month"), default=100)
    within_days = models.PositiveSmallIntegerField(_("kept within days"), default=3)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")

    def __str__(self) -> str:
        return in_language({"id": self.text_id, "en": self.text_en})

    @property
    def texts(self) -> list[str]:
        return [text for text in (self.text_id, self.text_en) if text]


class Remedy(models.Model):
    """What was given: level, cost, approval, proof. It never hangs on a review (I2): no column can say so."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="remedies", verbose_name=_("shop"))
    case = models.ForeignKey(Case, models.CASCADE, related_name="remedies", verbose_name=_("case"))
    promise = models.ForeignKey(
        Promise, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("promise")
    )
    level = models.CharField(_("level"), max_length=2, choices=Level.choices)
    what = models.CharField(_("what"), max_length=160)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    cost = models.PositiveBigIntegerField(_("cost, Rp"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=RemedyState.choices, default=RemedyState.PROPOSED)
    condition = models.CharField(_("condition"), max_length=10, default="none", editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_reason = models.CharField(_("why (not) approved"), max_length=300, blank=True)
    chosen_at = models.DateTimeField(_("chosen"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    proof = models.ForeignKey(
        Attachment, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )
    proof_text = models.CharField(_("proof: tracking or transfer number"), max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(condition="none"), name="remedy_never_conditional"),
            models.CheckConstraint(
                condition=~Q(state=RemedyState.DONE) | Q(done_at__isnull=False), name="remedy_done_has_time"
            ),
        ]
        indexes = [models.Index(fields=["case", "state"], name="remedies_of_case")]
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")

    def __str__(self) -> str:
        return f"{self.level} {self.what}"


class Trial(models.Model):
    """A 50/50 trial of two versions of one playbook; the stop rule is fixed when it starts (domain.md 6.8)."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="trials")
    playbook = models.ForeignKey(Playbook, models.CASCADE, related_name="trials")
    version_a = models.PositiveIntegerField()
    version_b = models.PositiveIntegerField()
    stop_after = models.PositiveIntegerField(_("stop after cases"), default=60)
    started_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["playbook"], name="one_running_trial", condition=Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.playbook.code}: {self.version_a}/{self.version_b}"
