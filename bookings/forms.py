"""Agreeing on a hold, answers, and the waiting list. Forms parse and validate; actions write."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from bookings import clock, paste
from bookings.actions import Deal
from bookings.enums import Outcome
from bookings.models import WaitingEntry
from cases.files import check_upload
from shops.actions import clean_address, find_or_add_customer
from shops.enums import Channel
from shops.models import Customer, Shop

MAX_PRICE = 10_000_000_000
HOURS = (clock.MIN_HOLD // clock.HOUR, clock.MAX_HOLD // clock.HOUR)


class PersonForm(forms.Form):
    """Who it is for: a name and, where there is one, an address."""

    customer = forms.CharField(label=_("Customer's name"), max_length=80)
    channel = forms.ChoiceField(label=_("Where?"), choices=Channel.choices, initial=Channel.WHATSAPP)
    address = forms.CharField(label=_("Their number or email"), max_length=120, required=False)

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        address = data.get("address", "").strip()
        if address and "channel" in data:
            data["channel"] = (
                Channel.EMAIL if "@" in address and data["channel"] == Channel.WHATSAPP else data["channel"]
            )
            try:
                data["address"] = clean_address(data["channel"], address)
            except ValueError as error:
                self.add_error("address", str(error))
        return data

    def person(self) -> Customer:
        """The customer, found or added. Call only after is_valid()."""
        data = self.cleaned_data
        return find_or_add_customer(self.shop, data["customer"], data["channel"], data["address"])


class AgreeForm(PersonForm):
    """A booking in five fields; the rest has sensible values and is folded away."""

    item = forms.CharField(label=_("Item"), max_length=160)
    price = forms.CharField(
        label=_("Price"), max_length=24, help_text=_("For example 185rb or 185.000"), widget=forms.TextInput()
    )
    quantity = forms.IntegerField(label=_("How many?"), min_value=1, max_value=999, initial=1)
    hold = forms.IntegerField(
        label=_("Hold, in hours"), validators=[MinValueValidator(HOURS[0]), MaxValueValidator(HOURS[1])]
    )
    chat = forms.CharField(
        label=_("Paste the chat"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    intake_key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(shop, *args, **kwargs)
        self.fields["hold"].initial = shop.booking_hold_h
        self.fields["intake_key"].initial = uuid.uuid4().hex

    def clean_price(self) -> int:
        price = paste.rupiah_of(self.cleaned_data["price"])
        if price is None or price > MAX_PRICE:
            raise forms.ValidationError(_("Write the price in rupiah, for example 185.000 or 185rb."))
        return price

    def deal(self, entry: WaitingEntry | None = None) -> Deal:
        """What was agreed; finds or adds the customer. Call only after is_valid()."""
        data = self.cleaned_data
        return Deal(
            customer=entry.customer if entry else self.person(),
            item=data["item"],
            price=data["price"],
            quantity=data["quantity"],
            hold=timedelta(hours=data["hold"]),
            channel=data["channel"],
            words=data["chat"],
            intake_key=data["intake_key"],
            entry=entry,
        )


def proposed(chat: str) -> dict[str, Any]:
    """The form's first values from a pasted chat: only what was found."""
    found = paste.propose(chat)
    values = {
        "item": found.item,
        "price": f"{found.price:,}".replace(",", ".") if found.price else "",
        "quantity": found.quantity,
        "customer": found.name,
        "address": found.address,
        "channel": Channel.EMAIL if "@" in found.address else Channel.WHATSAPP,
        "chat": chat,
    }
    return {name: value for name, value in values.items() if value}


class WaitForm(PersonForm):
    """Somebody else wants it too."""

    item = forms.CharField(label=_("Item"), max_length=160)


class ReplyForm(forms.Form):
    """An answer of the customer, logged by hand."""

    text = forms.CharField(
        label=_("What did the customer answer?"), max_length=8000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(ReplyForm):
    """The same, also with what the form for any message sends along."""

    text = forms.CharField(max_length=20_000)
    channel = forms.ChoiceField(choices=Channel.choices, required=False)
    photo = forms.FileField(required=False)
    intake_key = forms.CharField(max_length=64, required=False)

    def clean_photo(self) -> Any:
        return check_upload(self.cleaned_data["photo"])


class ListFilter(forms.Form):
    """The filters of the list; anything invalid is simply not filtered by."""

    q = forms.CharField(required=False, max_length=100)
    ended = forms.BooleanField(required=False)
    outcome = forms.ChoiceField(choices=Outcome.choices, required=False)
    answered = forms.BooleanField(required=False)
    drafts = forms.BooleanField(required=False)
