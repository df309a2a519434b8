"""Logging a message and working on a complaint. Forms parse and validate; actions write."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import Severity
from cases.files import check_upload
from complaints.actions import Intake
from complaints.enums import Finding, Source
from playbooks.enums import Blame, Failure, Voice
from shops.actions import clean_address, find_or_add_customer
from shops.enums import Channel
from shops.models import Customer, Order, Shop
from shops.queries import channel_choices

NOT_SAID = [("", _("Not said"))]


class LogForm(forms.Form):
    """A customer's message as staff paste it: five fields, the rest folded away."""

    text = forms.CharField(
        label=_("What did the customer write?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
    )
    channel = forms.ChoiceField(label=_("Where?"), choices=Channel.choices, initial=Channel.WHATSAPP)
    customer = forms.CharField(
        label=_("Customer's name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-customers", "autocomplete": "off"}),
    )
    address = forms.CharField(label=_("Their number or email"), max_length=120, required=False)
    order = forms.CharField(
        label=_("Order number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-orders", "autocomplete": "off"}),
    )
    photo = forms.FileField(
        label=_("Photo"), required=False, widget=forms.ClearableFileInput(attrs={"accept": "image/*"})
    )
    blame = forms.ChoiceField(label=_("Who do they blame?"), choices=[*NOT_SAID, *Blame.choices], required=False)
    voice = forms.ChoiceField(label=_("How did they raise it?"), choices=Voice.choices, required=False)
    failure = forms.ChoiceField(label=_("What went wrong?"), choices=[*NOT_SAID, *Failure.choices], required=False)
    severity = forms.ChoiceField(label=_("How bad is it?"), choices=[*NOT_SAID, *Severity.choices], required=False)
    source_link = forms.URLField(
        label=_("Link, if you saw it elsewhere"), max_length=400, required=False, assume_scheme="https"
    )
    spreading = forms.BooleanField(label=_("It is spreading in public"), required=False)
    intake_key = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": True}), max_length=64, required=False
    )

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop
        channel = cast(forms.ChoiceField, self.fields["channel"])
        channel.choices, channel.initial = channel_choices(shop), next(iter(shop.channels), Channel.WHATSAPP)
        self.fields["intake_key"].initial = uuid.uuid4().hex

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

    def clean_photo(self) -> Any:
        return check_upload(self.cleaned_data["photo"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        address = data.get("address", "").strip()
        if address and "channel" in data:
            try:
                data["address"] = clean_address(data["channel"], address)
            except ValueError as error:
                self.add_error("address", str(error))
        return data

    def intake(self) -> Intake:
        """The parsed message; finds or adds the customer. Call only after is_valid()."""
        data = self.cleaned_data
        return Intake(
            text=data["text"],
            channel=data["channel"],
            customer=self.find_customer(),
            order=data["order"],
            voice=data["voice"] or Voice.TO_SHOP,
            blame=data["blame"],
            failure=data["failure"],
            severity=data["severity"],
            source=Source.SEEN if data["voice"] in (Voice.ELSEWHERE_PUBLIC, Voice.ELSEWHERE_PRIVATE) else Source.FORM,
            source_link=data["source_link"],
            spreading=data["spreading"],
            intake_key=data["intake_key"],
        )

    def find_customer(self) -> Customer | None:
        """The order's customer, else the one named, else nobody."""
        data = self.cleaned_data
        if data["order"] and data["order"].customer:
            return data["order"].customer  # type: ignore[no-any-return]
        if not (data["customer"].strip() or data["address"]):
            return None
        return find_or_add_customer(self.shop, data["customer"], data["channel"], data["address"])


class TagForm(forms.Form):
    """Who the customer blames."""

    blame = forms.ChoiceField(choices=Blame.choices)


class AssessForm(forms.Form):
    """What went wrong, how bad, how raised."""

    failure = forms.ChoiceField(label=_("What went wrong?"), choices=Failure.choices)
    severity = forms.ChoiceField(label=_("How bad is it?"), choices=Severity.choices)
    voice = forms.ChoiceField(label=_("How did they raise it?"), choices=Voice.choices)
    spreading = forms.BooleanField(label=_("It is spreading in public"), required=False)


class FindingForm(forms.Form):
    """The shop's own view of the cause; internal."""

    finding = forms.ChoiceField(label=_("Our finding"), choices=Finding.choices)
    why = forms.CharField(label=_("Why"), max_length=200, required=False)


class ReplyForm(forms.Form):
    """An answer of the customer, logged by hand."""

    text = forms.CharField(
        label=_("What did the customer answer?"), max_length=8000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ListFilter(forms.Form):
    """The complaints list's filters; anything invalid is simply not filtered by."""

    q = forms.CharField(required=False, max_length=100)
    blame = forms.ChoiceField(choices=[("", ""), *Blame.choices], required=False)
    failure = forms.ChoiceField(choices=[("", ""), *Failure.choices], required=False)
    state = forms.ChoiceField(choices=[("", ""), ("open", _("Open")), ("ended", _("Ended"))], required=False)
    mine = forms.BooleanField(required=False)
    untagged = forms.BooleanField(required=False)
