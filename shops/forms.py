"""Customers, their addresses, and orders. Forms parse and validate; actions write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import ModelForm
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from shops.enums import Channel
from shops.models import Customer, Order, Shipment, Shop

WHEN = {"type": "datetime-local"}
DAY = {"type": "date"}


class MomentField(forms.DateTimeField):
    """A moment in the browser's own picker, in the shop's time."""

    widget = forms.DateTimeInput(attrs=WHEN, format="%Y-%m-%dT%H:%M")


class CustomerForm(ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """Facts about a customer; wishes as plain lines."""

    wishes = forms.CharField(
        label=capfirst(_("wishes")),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, for example “courier: Kurir Biru”."),
    )

    class Meta:
        model = Customer
        fields = ["name", "term", "language", "province", "reseller", "no_reminders", "no_purchase_linking"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=capfirst(_("language")),
            required=False,
            choices=[("", _("As the shop")), ("id", _("Indonesian")), ("en", _("English"))],
        )
        if self.instance.pk:
            self.initial["wishes"] = "\n".join(f"{key}: {value}" for key, value in self.instance.wishes.items())

    def clean_wishes(self) -> dict[str, str]:
        """Lines "courier: JNE" as a mapping; a line without a colon is a wish of its own."""
        lines = [line.partition(":") for line in self.cleaned_data["wishes"].splitlines() if line.strip()]
        return {key.strip()[:40]: value.strip()[:120] for key, _colon, value in lines}

    def save(self, commit: bool = True) -> Customer:
        self.instance.wishes = self.cleaned_data["wishes"]
        saved: Customer = super().save(commit)
        return saved


class ContactForm(forms.Form):
    """One more address of a customer."""

    channel = forms.ChoiceField(label=capfirst(_("channel")), choices=Channel.choices)
    address = forms.CharField(label=capfirst(_("number, email or name there")), max_length=120)
    offers = forms.BooleanField(label=capfirst(_("agreed to receive offers")), required=False)
    source = forms.CharField(label=capfirst(_("how consent was given")), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("offers") and not data.get("source"):
            self.add_error("source", _("Say how and where they agreed (UU 27/2022)."))
        return data


class OrderForm(ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """An order with its four records: wanted, typed, packed, received."""

    customer_name = forms.CharField(label=capfirst(_("customer")), max_length=80, required=False)
    placed_at = MomentField(label=capfirst(_("ordered")))
    paid_at = MomentField(label=capfirst(_("paid")), required=False)
    cancelled_at = MomentField(label=capfirst(_("cancelled")), required=False)

    class Meta:
        model = Order
        fields = [
            "number", "channel", "item", "quantity", "total", "placed_at", "paid_at", "cancelled_at",
            "cancelled_by_shop", "wanted", "typed", "packed", "received",
        ]  # fmt: skip

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop
        self.order_fields(["number", "customer_name"])
        if self.instance.pk:
            self.initial["customer_name"] = self.instance.customer.name if self.instance.customer else ""

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip().lstrip("#")
        taken = Order.objects.filter(shop=self.shop, number__iexact=number).exclude(pk=self.instance.pk)
        if taken.exists():
            raise forms.ValidationError(_("There is an order with this number already."))
        return number

    def clean_quantity(self) -> int:
        if self.cleaned_data["quantity"] < 1:
            raise forms.ValidationError(_("At least 1."))
        return int(self.cleaned_data["quantity"])


class ShipmentForm(ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A parcel: promised and real times."""

    packed_at = MomentField(label=capfirst(_("packed")), required=False)
    handed_over_at = MomentField(label=capfirst(_("handed to the courier")), required=False)
    delivered_at = MomentField(label=capfirst(_("delivered")), required=False)

    class Meta:
        model = Shipment
        fields = [
            "courier", "service", "tracking", "province", "promised_handover", "promised_latest", "packed_at",
            "handed_over_at", "delivered_at",
        ]  # fmt: skip
        widgets = {
            "promised_handover": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "promised_latest": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = "parcel"
        self.fields["province"] = forms.ChoiceField(
            label=capfirst(_("to province")),
            required=False,
            choices=[("", "–"), *Customer._meta.get_field("province").flatchoices],
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        sent, arrived = data.get("handed_over_at"), data.get("delivered_at")
        if sent and arrived and arrived < sent:
            self.add_error("delivered_at", _("It cannot arrive before it was handed over."))
        return data

    @property
    def says_something(self) -> bool:
        """True where at least one field is filled."""
        return any(self.cleaned_data.values())
