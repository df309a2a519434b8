"""Forms of messages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from messaging.models import Message


class DraftForm(forms.Form):
    """The words of a message to the customer."""

    subject = forms.CharField(label=_("Subject"), max_length=160, required=False)
    body = forms.CharField(label=_("Message"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}))
    send_anyway = forms.BooleanField(label=_("I read the remarks; send it anyway"), required=False)
    override_reason = forms.CharField(label=_("Owner: why it may go all the same"), max_length=300, required=False)


class ReplyForm(DraftForm):
    """A free answer on a case. `key` is made with the form: the form sent twice stores one message."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


def draft_form(message: Message) -> DraftForm:
    """The form filled with a draft."""
    initial: dict[str, Any] = {"subject": message.subject, "body": message.body}
    return DraftForm(initial=initial)
