"""The shop's books: shops, members, customers, how to reach them, orders, shipments, improvements."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shops.codes import new_code, new_token
from shops.enums import AddressTerm, Channel, Role, Standing
from shops.zones import PROVINCE_CHOICES, zone_letters, zone_of

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # sorts before everything that happened


class User(AbstractUser):
    """A person who signs in; what they may do in a shop is said by Member."""

    language = models.CharField(_("language"), max_length=5, default="id")
    digest_hour = models.PositiveSmallIntegerField(
        _("hour of the daily digest"), default=8, validators=[MaxValueValidator(23)]
    )


def default_hours() -> dict[str, list[str] | None]:
    """Monday to Saturday 08:00 to 17:00; keys 0 (Monday) to 6 (Sunday), None where closed."""
    return {str(day): ["08:00", "17:00"] if day < 6 else None for day in range(7)}


class Shop(models.Model):
    """One tenant. Its clocks, limits and public words."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("short name in links"), max_length=40, unique=True)
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Jakarta")
    language = models.CharField(_("language of messages"), max_length=5, default="id")
    languages = models.JSONField(_("languages in use"), default=list, blank=True)
    hours = models.JSONField(_("opening hours"), default=default_hours)
    works_saturday = models.BooleanField(_("Saturday is a working day"), default=False)
    quiet_from = models.TimeField(_("quiet from"), default=time(20))
    quiet_until = models.TimeField(_("quiet until"), default=time(8))
    contact_on_sundays = models.BooleanField(_("may write first on Sundays and holidays"), default=True)
    staff_limit = models.PositiveBigIntegerField(_("staff may give per case, Rp"), default=150_000)
    no_return_value = models.PositiveBigIntegerField(_("no return needed below, Rp"), default=75_000)
    exchange_window_wd = models.PositiveSmallIntegerField(
        _("exchange window, working days"),
        default=7,
        validators=[MinValueValidator(2)],
        help_text=_("At least 2 (PP 80/2019)."),
    )
    booking_hold_h = models.PositiveSmallIntegerField(
        _("hold of a booking, hours"), default=24, validators=[MinValueValidator(6), MaxValueValidator(72)]
    )
    decided_threshold = models.FloatField(
        _("tag by itself from this confidence"), default=0.0, help_text=_("0 = the model's own threshold.")
    )
    email = models.EmailField(_("email for replies"), blank=True)
    phone = models.CharField(_("WhatsApp or phone"), max_length=30, blank=True)
    address = models.TextField(_("address"), max_length=300, blank=True)
    pay_how = models.CharField(_("how to pay"), max_length=120, blank=True)
    channels: models.JSONField[Any, Any] = models.JSONField(_("channels in use"), default=list, blank=True)
    set_up_at = models.DateTimeField(_("set up"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def zone_letters(self) -> str:
        return zone_letters(self.zone)

    def active_languages(self) -> list[str]:
        """Languages every playbook must have: the shop's own first."""
        return list(dict.fromkeys([self.language, *(self.languages or ["id", "en"])]))


class ClosedDay(models.Model):
    """A day this shop keeps closed beside the public holidays, or a holiday on which it opens."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="closed_days")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_open = models.BooleanField(_("open although it is a holiday"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day"], name="closed_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Member(models.Model):
    """A user's role in a shop."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="members", verbose_name=_("shop"))
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.STAFF)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    # The daily digest: claimed by moving this date on, so that two workers send one mail. None: not worked out yet.
    next_digest_at = models.DateTimeField(_("next digest"), null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "user"], name="member_once_per_shop")]
        indexes = [models.Index(fields=["next_digest_at"], name="members_digest_due")]
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER

    @property
    def can_write(self) -> bool:
        return self.role in (Role.OWNER, Role.STAFF)


class Invitation(models.Model):
    """A link that makes one person a member; used once, valid seven days."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.STAFF)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.shop}: {self.role}"

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now < self.created_at + timedelta(days=7)


class Customer(models.Model):
    """A person the shop serves. Facts only: no field for anybody's opinion of their character (S3-04)."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="customers", verbose_name=_("shop"))
    code = models.CharField(_("code"), max_length=12, default=new_code, editable=False)
    name = models.CharField(_("name"), max_length=80)
    term = models.CharField(
        _("form of address"), max_length=8, choices=AddressTerm.choices, default=AddressTerm.KAK, blank=True
    )
    language = models.CharField(_("language"), max_length=5, blank=True)
    province = models.CharField(_("province"), max_length=40, blank=True, choices=PROVINCE_CHOICES)
    reseller = models.CharField(
        _("reseller"),
        max_length=12,
        blank=True,
        choices=[(s.value, s.label) for s in (Standing.RESELLER, Standing.EX_RESELLER)],
    )
    wishes = models.JSONField(_("wishes"), default=dict, blank=True)
    no_reminders = models.BooleanField(_("no reminders to this customer"), default=False)
    no_purchase_linking = models.BooleanField(_("do not link purchases in reports"), default=False)
    heard_at = models.DateTimeField(_("last message from the customer"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "code"], name="customer_code_per_shop")]
        indexes = [
            models.Index(fields=["shop", "name"], name="customer_by_name"),
            # The customers list: who wrote last, and who came last.
            models.Index("shop", Coalesce("heard_at", Value(NEVER)), "id", name="customers_wrote_last"),
            models.Index(fields=["shop", "-created_at", "-id"], name="customers_newest"),
            # The few whose purchases no report may look at.
            models.Index(
                fields=["shop"],
                name="customers_unlinked",
                condition=Q(erased_at__isnull=False) | Q(no_purchase_linking=True),
            ),
        ]
        verbose_name = _("customer")
        verbose_name_plural = _("customers")

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> str | None:
        """The customer's IANA zone, None where the province is unknown."""
        return zone_of(self.province)


class ContactPoint(models.Model):
    """One address of a customer on a channel, with consent and opt-out (UU 27/2022 art. 40)."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contact_points")
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices)
    address = models.CharField(_("address"), max_length=120)
    opted_in_at = models.DateTimeField(_("consent to offers"), null=True, blank=True)
    opt_in_source = models.CharField(_("how consent was given"), max_length=120, blank=True)
    opted_out_at = models.DateTimeField(_("opted out"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("address refused"), null=True, blank=True)
    last_inbound_at = models.DateTimeField(_("last message from the customer"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "channel", "address"], name="contact_point_once")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.address}"

    def window_open(self, now: datetime) -> bool:
        """True within 24 hours of the customer's last message (WhatsApp's rule)."""
        return self.last_inbound_at is not None and now < self.last_inbound_at + timedelta(hours=24)


class Order(models.Model):
    """What was bought, with the four records of domain.md 0.2: wanted, typed, packed, received."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="orders", verbose_name=_("shop"))
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="orders", verbose_name=_("customer")
    )
    number = models.CharField(_("order number"), max_length=40)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices, default=Channel.OTHER)
    item = models.CharField(_("item"), max_length=160, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    total = models.PositiveBigIntegerField(_("total, Rp"), default=0)
    placed_at = models.DateTimeField(_("ordered"), default=timezone.now)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by_shop = models.BooleanField(_("cancelled by the shop"), default=False)
    wanted = models.CharField(_("wanted"), max_length=120, blank=True)
    typed = models.CharField(_("typed at checkout"), max_length=120, blank=True)
    packed = models.CharField(_("packed"), max_length=120, blank=True)
    received = models.CharField(_("received"), max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "number"], name="order_number_per_shop")]
        indexes = [
            models.Index(fields=["shop", "-placed_at", "-id"], name="orders_newest"),
            # The orders list, the highest value on top.
            models.Index(fields=["shop", "-total", "-id"], name="orders_highest_value"),
            models.Index(fields=["customer", "paid_at"], name="orders_of_customer"),
            # Insights: who bought in a period, and did they come back. Holds all it needs; the rows are not read.
            models.Index(
                fields=["shop", "placed_at", "customer", "paid_at"],
                name="orders_paid",
                condition=Q(paid_at__isnull=False),
            ),
        ]
        verbose_name = _("order")
        verbose_name_plural = _("orders")

    def __str__(self) -> str:
        return self.number


class Shipment(models.Model):
    """One parcel of an order: promised and real times, so that lateness splits into packing and transit (S4-04)."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, models.CASCADE, related_name="shipments")
    courier = models.CharField(_("courier"), max_length=40, blank=True)
    service = models.CharField(_("service"), max_length=40, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    province = models.CharField(_("to province"), max_length=40, blank=True)
    promised_handover = models.DateField(_("promised to the courier by"), null=True, blank=True)
    promised_latest = models.DateField(_("promised at the latest"), null=True, blank=True)
    packed_at = models.DateTimeField(_("packed"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("handed to the courier"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    class Meta:
        indexes = [
            # For the tick's search of parcels that are late without anybody complaining (P06 step 0).
            models.Index(
                fields=["shop", "promised_latest"], name="shipments_on_the_road", condition=Q(delivered_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.courier} {self.tracking}".strip() or str(self.order)

    def days_late(self, today: date) -> int:
        """max(0, delivered - promised_latest) in days; undelivered parcels count until today (domain.md 6.7)."""
        if self.promised_latest is None:
            return 0
        arrived = timezone.localdate(self.delivered_at) if self.delivered_at else today
        return max(0, (arrived - self.promised_latest).days)

    def days_late_packing(self, today: date) -> int:
        """The seller's part of days_late: handed over after the promised hand-over."""
        if self.promised_handover is None or self.handed_over_at is None:
            return 0
        handed = timezone.localdate(self.handed_over_at)
        return min(self.days_late(today), max(0, (handed - self.promised_handover).days))


class Improvement(models.Model):
    """A root-cause action with an owner and a date; cases that caused it link to it."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="improvements", verbose_name=_("shop"))
    title = models.CharField(_("what we change"), max_length=160)
    cause = models.CharField(_("cause"), max_length=160, blank=True)
    owner = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    told_at = models.DateTimeField(_("customers told"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("improvement")
        verbose_name_plural = _("improvements")

    def __str__(self) -> str:
        return self.title


class FileImport(models.Model):
    """One file of orders or complaints: chosen columns, progress, report. The file itself goes when it is done."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    file = models.FileField(upload_to="imports")
    name = models.CharField(max_length=120)
    columns: models.JSONField[Any, Any] = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    share = models.FloatField(default=0.0)
    report: models.JSONField[Any, Any] = models.JSONField(default=dict)
    error: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["shop", "kind", "-id"], name="imports_newest_of_kind")]

    def __str__(self) -> str:
        return self.name


class AuditEvent(models.Model):
    """One append-only line of who did what to the books: machine code and JSON, translated when shown."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", verbose_name=_("shop"))
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    code = models.CharField(_("code"), max_length=40)
    data: models.JSONField[Any, Any] = models.JSONField(_("details"), default=dict)

    class Meta:
        indexes = [models.Index(fields=["shop", "-at"], name="audit_newest")]
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.code}"
