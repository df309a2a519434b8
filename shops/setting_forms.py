"""The shop's settings, its people and its closed days, each with its bounds."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.forms import ModelForm
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from shops.enums import Role
from shops.models import ClosedDay, Member, Shop, User
from shops.templatetags.money import rupiah
from shops.zones import JAKARTA, JAYAPURA, LETTERS, MAKASSAR, valid_zone

ZONES = [(JAKARTA, "WIB (Asia/Jakarta)"), (MAKASSAR, "WITA (Asia/Makassar)"), (JAYAPURA, "WIT (Asia/Jayapura)")]
TIME = {"type": "time"}
# Customers are never written to first outside 08:00 to 20:00 unless the shop decides so, and never far outside (3.3).
QUIET_FROM, QUIET_UNTIL = (time(17), time(22)), (time(5), time(11))
MAX_STAFF_LIMIT = 10_000_000


class HoursMixin(forms.Form):
    """Seven pairs of fields, open and close, one pair a weekday; both empty where closed."""

    def add_hours(self, hours: dict[str, list[str] | None]) -> None:
        for day in range(7):
            span = hours.get(str(day)) or ["", ""]
            for part, initial in zip(("open", "close"), span, strict=True):
                self.fields[f"{part}_{day}"] = forms.TimeField(
                    label=WEEKDAYS[day],
                    required=False,
                    initial=initial,
                    widget=forms.TimeInput(attrs={**TIME, "class": "form-control"}, format="%H:%M"),
                )

    def hour_rows(self) -> list[tuple[Any, Any, Any]]:
        """(weekday, opening field, closing field) for the template."""
        return [(WEEKDAYS[day], self[f"open_{day}"], self[f"close_{day}"]) for day in range(7)]

    def clean_hours(self, data: dict[str, Any]) -> dict[str, list[str] | None]:
        """The shop's hours as they are kept; adds errors for half or backward spans and for a shop that never opens."""
        hours: dict[str, list[str] | None] = {}
        for day in range(7):
            opens, closes = data.get(f"open_{day}"), data.get(f"close_{day}")
            hours[str(day)] = [f"{opens:%H:%M}", f"{closes:%H:%M}"] if opens and closes else None
            if bool(opens) != bool(closes):
                self.add_error(f"open_{day}", _("Fill in both times, or neither."))
            elif opens and closes and opens >= closes:
                self.add_error(f"close_{day}", _("It must close after it opens."))
        if not any(hours.values()) and not self.errors:
            self.add_error(None, _("Open on at least one day: the reply clocks count opening hours."))
        return hours


class SettingsForm(HoursMixin, ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """Everything an owner may set, with bounds."""

    languages = forms.MultipleChoiceField(
        label=capfirst(_("languages in use")), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    zone = forms.ChoiceField(label=capfirst(_("time zone")), choices=ZONES)
    language = forms.ChoiceField(label=capfirst(_("language of messages")), choices=settings.LANGUAGES)

    class Meta:
        model = Shop
        fields = [
            "name", "email", "phone", "address", "pay_how", "zone", "works_saturday", "quiet_from", "quiet_until",
            "contact_on_sundays", "language", "languages", "staff_limit", "no_return_value", "exchange_window_wd",
            "booking_hold_h", "decided_threshold",
        ]  # fmt: skip
        widgets = {
            "quiet_from": forms.TimeInput(attrs=TIME, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs=TIME, format="%H:%M"),
            "address": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = self.instance.active_languages()
        if self.instance.zone not in LETTERS and valid_zone(self.instance.zone):
            self.fields["zone"].choices = [*ZONES, (self.instance.zone, self.instance.zone)]  # type: ignore[attr-defined]
        self.add_hours(self.instance.hours)

    def clean_quiet_from(self) -> time:
        return within(self.cleaned_data["quiet_from"], QUIET_FROM)

    def clean_quiet_until(self) -> time:
        return within(self.cleaned_data["quiet_until"], QUIET_UNTIL)

    def clean_staff_limit(self) -> int:
        value = int(self.cleaned_data["staff_limit"])
        if value > MAX_STAFF_LIMIT:
            raise forms.ValidationError(_("At most %(limit)s."), params={"limit": rupiah(MAX_STAFF_LIMIT)})
        return value

    def clean_decided_threshold(self) -> float:
        value = float(self.cleaned_data["decided_threshold"])
        if value and not 0.5 <= value <= 1:
            raise forms.ValidationError(_("0, or between 0.5 and 1."))
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.instance.hours = self.clean_hours(data)
        return data


def within(value: time, bounds: tuple[time, time]) -> time:
    """The time, if it lies within the bounds."""
    if not bounds[0] <= value <= bounds[1]:
        raise forms.ValidationError(
            _("Between %(low)s and %(high)s."), params={"low": f"{bounds[0]:%H:%M}", "high": f"{bounds[1]:%H:%M}"}
        )
    return value


class ClosedDayForm(ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A day on which the shop is closed, or open although it is a holiday."""

    class Meta:
        model = ClosedDay
        fields = ["day", "name", "is_open"]
        widgets = {"day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class InviteForm(forms.Form):
    """The role of somebody who will get a link."""

    role = forms.ChoiceField(label=capfirst(_("role")), choices=Role.choices, initial=Role.STAFF)


class RoleForm(ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """Another role for a member."""

    class Meta:
        model = Member
        fields = ["role"]


class JoinForm(forms.Form):
    """A new person who follows an invitation."""

    username = forms.RegexField(
        label=capfirst(_("name to sign in with")),
        regex=r"^[\w.@+-]+$",
        max_length=60,
        error_messages={"invalid": _("Letters, digits and . @ + - _ only.")},
    )
    full_name = forms.CharField(label=capfirst(_("your name")), max_length=60)
    email = forms.EmailField(label=capfirst(_("email")))
    password = forms.CharField(
        label=capfirst(_("password")),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=120,
    )

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"]).lower()
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("This name is taken. Choose another, or log in first."))
        return username

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("password"):
            person = User(username=data.get("username", ""), email=data.get("email", ""))
            try:
                validate_password(data["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class ProfileForm(ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A person's own page: name, email, language, hour of the daily digest."""

    language = forms.ChoiceField(label=capfirst(_("language")), choices=settings.LANGUAGES)
    first_name = forms.CharField(label=capfirst(_("your name")), max_length=60)

    class Meta:
        model = User
        fields = ["first_name", "email", "language", "digest_hour"]
