"""Forms of a treatment's steps."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.files import check_upload
from cases.forms import SmallForm
from playbooks.enums import Level
from shops.models import Improvement, Shop


class SkipForm(forms.Form):
    """Why a step is left out."""

    reason = forms.CharField(label=_("Why is this step skipped?"), max_length=300)


class ComposeForm(forms.Form):
    """A message to the customer."""

    subject = forms.CharField(label=_("Subject"), max_length=160, required=False)
    body = forms.CharField(label=_("Message"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}))
    send_anyway = forms.BooleanField(label=_("I read the remarks; send it anyway"), required=False)
    override_reason = forms.CharField(label=_("Owner: why it may go all the same"), max_length=300, required=False)


class RemedyForm(SmallForm):
    """What is to be given."""

    level = forms.ChoiceField(label=_("Level"), choices=[choice for choice in Level.choices if choice[0] != Level.L6])
    what = forms.CharField(label=_("What"), max_length=160)
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=10_000, initial=1)
    cost = forms.IntegerField(label=_("Cost, Rp"), min_value=0, max_value=10**12, initial=0)
    reason = forms.CharField(label=_("Why, if it is above your limit"), max_length=300, required=False)


class ClaimForm(SmallForm):
    """A customer claims a published promise."""

    promise = forms.IntegerField(widget=forms.HiddenInput)
    broken = forms.IntegerField(label=_("How many were broken"), min_value=1, max_value=1000, initial=1)
    cost = forms.IntegerField(label=_("Cost, Rp"), min_value=0, max_value=10**12, initial=0)


class ProofForm(SmallForm):
    """That it was carried out: a number or a photo."""

    proof_text = forms.CharField(label=_("Tracking or transfer number"), max_length=160, required=False)
    photo = forms.FileField(label=_("or a photo"), required=False)

    def clean_photo(self) -> Any:
        return check_upload(self.cleaned_data.get("photo"))


class ImproveForm(forms.Form):
    """What the shop changes, and by when: something it is changing already, or something new."""

    existing = forms.ModelChoiceField(
        label=_("Something we are changing already"), queryset=Improvement.objects.none(), required=False
    )
    title = forms.CharField(label=_("A new change"), max_length=160, required=False)
    due_on = forms.DateField(
        label=_("By when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),  # what browsers take, in any language
    )

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Improvement]", self.fields["existing"])
        field.queryset = Improvement.objects.filter(shop=shop, done_at=None).order_by("due_on", "pk")
