"""One review by hand, filters, an upload, its columns. Forms parse and validate; actions write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from cases.actions import Refused
from cases.forms import SmallForm
from reviews.actions import TEXT, Intake
from reviews.enums import STAR_WORDS, NoFollowUp, Platform, Urgency
from reviews.triage.engine import THEME_WORDS
from shops.actions import find_or_add_customer
from shops.models import Order, Shop
from tables.columns import Columns, Field

STARS = [(str(stars), f"{'★' * stars} {stars}") for stars in range(5, 0, -1)]
FIRST_DAY = date(2000, 1, 1)  # no marketplace is older
THEMES = [(theme, theme) for theme in THEME_WORDS.values()]


class ReviewForm(forms.Form):
    """One review, as staff copy it from a marketplace: the words first, the stars after."""

    text = forms.CharField(
        label=_("What did the customer write?"),
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )
    stars = forms.TypedChoiceField(label=_("Stars"), choices=STARS, coerce=int, widget=forms.RadioSelect)
    platform = forms.ChoiceField(label=_("Where?"), choices=Platform.choices, initial=Platform.SHOPEE)
    author = forms.CharField(label=_("Customer's name"), max_length=80, required=False)
    order = forms.CharField(label=_("Order number"), max_length=40, required=False)
    product = forms.CharField(label=_("Product"), max_length=160, required=False)
    courier = forms.CharField(label=_("Courier"), max_length=40, required=False)
    platform_id = forms.CharField(label=_("Number on the platform"), max_length=80, required=False)
    posted_at = forms.DateField(
        label=_("Posted on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop

    def clean_order(self) -> Order | None:
        number = self.cleaned_data["order"].strip().lstrip("#")
        if not number:
            return None
        order = Order.objects.filter(shop=self.shop, number__iexact=number).select_related("customer").first()
        if order is None:
            raise forms.ValidationError(
                _("There is no order %(number)s. Leave it empty if you do not know it."), params={"number": number}
            )
        return order

    def clean_posted_at(self) -> date | None:
        day: date | None = self.cleaned_data["posted_at"]
        if day and not FIRST_DAY <= day <= timezone.localdate(timezone=self.shop.tz):
            raise forms.ValidationError(_("Give the day the review was posted: today or before."))
        return day

    def intake(self) -> Intake:
        """The parsed review; finds or adds the named customer. Call only after is_valid()."""
        data = {**self.cleaned_data}
        day = data.pop("posted_at")
        customer = data["order"].customer if data["order"] else None
        if customer is None and data["author"].strip():
            customer = find_or_add_customer(self.shop, data["author"])
        return Intake(**data, customer=customer, posted_at=self.noon(day) if day else None)

    def noon(self, day: date) -> datetime:
        """Midday of a day in the shop's zone: a day without a time."""
        return datetime.combine(day, time(12), tzinfo=self.shop.tz)


class ListFilter(forms.Form):
    """The list's filters; anything invalid is simply not filtered by."""

    q = forms.CharField(required=False, max_length=100)
    show = forms.ChoiceField(choices=[("", ""), ("answered", ""), ("aside", ""), ("all", "")], required=False)
    urgency = forms.ChoiceField(choices=[("", ""), *Urgency.choices], required=False)
    stars = forms.TypedChoiceField(
        choices=[("", ""), *((str(stars), words) for stars, words in STAR_WORDS.items())],
        coerce=int,
        required=False,
        empty_value=None,
    )
    theme = forms.ChoiceField(choices=[("", ""), *THEMES], required=False)
    platform = forms.ChoiceField(choices=[("", ""), *Platform.choices], required=False)
    product = forms.CharField(required=False, max_length=160)
    courier = forms.CharField(required=False, max_length=40)


class NoFollowUpForm(SmallForm):
    """Why no follow-up is needed; the list is fixed (S1-18)."""

    reason = forms.ChoiceField(label=_("No follow-up because"), choices=NoFollowUp.choices)


def reason_of(data: QueryDict) -> str:
    """The chosen reason. Refused: none of the list."""
    form = NoFollowUpForm(data)
    if not form.is_valid():
        raise Refused(str(_("Choose a reason from the list.")))
    return str(form.cleaned_data["reason"])


class SeenForm(SmallForm):
    """What the review says now, seen on the platform; it is never asked for."""

    stars = forms.TypedChoiceField(label=_("Stars now"), choices=STARS, coerce=int)
    text = forms.CharField(
        label=_("Words now"), max_length=TEXT, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ImproveForm(SmallForm):
    """An improvement made from the reviews shown."""

    title = forms.CharField(label=_("What do we change?"), max_length=160)
    due_on = forms.DateField(
        label=_("Until when?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class UploadForm(forms.Form):
    """A file of reviews and where it comes from."""

    source = forms.ChoiceField(label=_("Where do these reviews come from?"), choices=Platform.choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, Excel (.xlsx) or JSON Lines, up to 100 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.jsonl,.txt,.tsv"}),
    )


class ColumnsForm(forms.Form):
    """Which column of the file is which field: one select per field, found by name beforehand."""

    def __init__(self, headers: Sequence[str], fields: Sequence[Field], found: Columns, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.wanted = fields
        heads = [("", _("not in this file")), *((head, head) for head in headers)]
        for wanted in fields:
            self.fields[wanted.name] = forms.ChoiceField(
                label=capfirst(translate(wanted.label)),
                choices=heads[0 if not wanted.required else 1 :],
                initial=found.heads.get(wanted.name, ""),
                required=wanted.required,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen = [head for head in data.values() if head]
        if twice := {head for head in chosen if chosen.count(head) > 1}:
            raise forms.ValidationError(_("The column “%(head)s” is chosen twice."), params={"head": sorted(twice)[0]})
        return data

    def columns(self) -> dict[str, str]:
        """Field name -> column head, "" where it is left out."""
        return {wanted.name: self.cleaned_data.get(wanted.name, "") for wanted in self.wanted}


class WindowsForm(forms.Form):
    """How many days a customer may change a review, per platform; empty where nobody knows."""

    def __init__(self, days: Mapping[str, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for platform, label in Platform.choices:
            self.fields[platform] = forms.IntegerField(
                label=label, required=False, min_value=1, max_value=999, initial=days.get(platform)
            )
