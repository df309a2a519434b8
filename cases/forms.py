"""Small forms every case has."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import Theme


class SmallForm(forms.Form):
    """A form whose page shows only one message."""

    def first_error(self) -> str:
        """The first thing that is wrong, in words."""
        return next((str(errors[0]) for errors in self.errors.values()), "")


class NoteForm(SmallForm):
    text = forms.CharField(
        label=_("Note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("@ and a user name asks that colleague; they are told at once."),
    )


class ThemeForm(SmallForm):
    theme = forms.ChoiceField(label=_("What was it about?"), choices=Theme.choices)
    root_cause = forms.CharField(label=_("What caused it?"), max_length=160)
