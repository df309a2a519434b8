"""Forms of a treatment's steps."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SkipForm(forms.Form):
    """Why a step is left out."""

    reason = forms.CharField(label=_("Why is this step skipped?"), max_length=300)


class ComposeForm(forms.Form):
    """A message to the customer."""

    subject = forms.CharField(label=_("Subject"), max_length=160, required=False)
    body = forms.CharField(label=_("Message"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}))
    send_anyway = forms.BooleanField(label=_("I read the remarks; send it anyway"), required=False)
    override_reason = forms.CharField(label=_("Owner: why it may go all the same"), max_length=300, required=False)
