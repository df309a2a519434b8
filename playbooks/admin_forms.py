"""Forms of the admin: a playbook, its steps, a route. What is wrong is said beside the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.enums import Kind, Severity
from playbooks import checks
from playbooks.enums import Blame, Failure, Voice
from playbooks.models import Playbook, Promise, Route, Step
from shops.enums import Channel, Standing
from shops.models import Shop


class PlaybookForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A playbook without its steps."""

    class Meta:
        model = Playbook
        exclude = ("version", "default_hash")  # noqa: DJ006  (kept by playbooks.versions and playbooks.loading)
        widgets = {
            f"{name}_{language}": forms.Textarea(attrs={"rows": 3, "cols": 40})
            for name in ("when", "objective", "forbidden", "ladder", "exit")
            for language in checks.LANGUAGES
        }

    note = forms.CharField(
        label=gettext_lazy("What did you change?"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Kept in the history. Cases that are under way keep their version."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for one in checks.book_problems(data, [{}], ()):
            if one.field in self.fields and one.field not in self.errors:
                self.add_error(one.field, one.text)
        return data


class StepForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """One step."""

    class Meta:
        model = Step
        exclude = ("playbook",)  # noqa: DJ006  (every column but the playbook itself)
        widgets = {
            name: forms.Textarea(attrs={"rows": rows, "cols": 40})
            for rows, names in ((5, ("body_id", "body_en")), (2, ("help_id", "help_en")))
            for name in names
        }


class StepFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # generic for the type checker only
    """All steps together: gates, loops and words are checked here, and the reason is put beside the field."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if self.is_kept(form)]
        if any(form.errors for form in kept):
            return
        kept.sort(key=lambda form: form.cleaned_data.get("position") or 0)
        playbook = self.instance
        languages = playbook.shop.active_languages() if playbook.shop_id else checks.LANGUAGES
        columns = {f.name: getattr(playbook, f.name) for f in Playbook._meta.concrete_fields if f.name != "shop"}
        for one in checks.problems(columns, [form.cleaned_data for form in kept], languages):
            if one.step is not None:
                kept[one.step].add_error(one.field, one.text)
            elif not one.field:
                raise forms.ValidationError(one.text)

    def is_kept(self, form: forms.BaseForm) -> bool:
        """Neither left empty nor marked to be removed."""
        return (bool(getattr(form, "cleaned_data", None)) and not form.cleaned_data.get("DELETE")) or bool(form.errors)


class Ticks(forms.MultipleChoiceField):
    """Several values as checkboxes; none ticked means "any"."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: Any, choices: Any) -> None:
        super().__init__(label=label, choices=choices, required=False, help_text=gettext_lazy("None ticked: any."))


class RouteForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A route: conditions as checkboxes."""

    kinds = Ticks(gettext_lazy("Kind"), Kind.choices)
    blames = Ticks(gettext_lazy("Who they blame"), Blame.choices)
    voices = Ticks(gettext_lazy("How they raised it"), Voice.choices)
    failures = Ticks(gettext_lazy("What went wrong"), Failure.choices)
    severities = Ticks(gettext_lazy("Severity"), Severity.choices)
    standings = Ticks(gettext_lazy("Customer"), Standing.choices)
    channels = Ticks(gettext_lazy("Channel"), Channel.choices)
    except_roots = Ticks(gettext_lazy("Not with root playbook"), [])

    class Meta:
        model = Route
        fields = "__all__"  # noqa: DJ007  (a route has no inner columns)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "except_roots" in self.fields:
            shop = self.instance.shop_id or self.initial.get("shop")
            roots = (
                Playbook.objects.filter(shop=shop, slot="root").order_by("code") if shop else Playbook.objects.none()
            )
            kept = {code: code for code in self.instance.except_roots or []}
            choices = {**kept, **{book.code: str(book) for book in roots}}
            self.fields["except_roots"].choices = list(choices.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        shop, playbook = data.get("shop") or getattr(self.instance, "shop", None), data.get("playbook")
        if shop and playbook and playbook.shop_id != shop.pk:
            self.add_error("playbook", _("This playbook belongs to another shop."))
        if playbook and data.get("slot") and playbook.slot != data["slot"]:
            slot = playbook.get_slot_display()
            self.add_error("slot", _("This playbook is made for the slot “%(slot)s”.") % {"slot": slot})
        low, high = data.get("order_from"), data.get("order_to")
        if low is not None and high is not None and low > high:
            self.add_error("order_to", _("No order is above the one and below the other value."))
        return data


class PromiseForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A published promise."""

    failures = Ticks(gettext_lazy("What went wrong"), Failure.choices)

    class Meta:
        model = Promise
        fields = "__all__"  # noqa: DJ007  (a promise has no inner columns)


class ImportForm(forms.Form):
    """A playbook file for a shop."""

    shop = forms.ModelChoiceField(label=gettext_lazy("Shop"), queryset=Shop.objects.none())
    file = forms.FileField(label=gettext_lazy("YAML file"))

    def __init__(self, shops: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shop"].queryset = shops  # type: ignore[attr-defined]
        if len(first := list(shops[:2])) == 1:
            self.fields["shop"].initial = first[0].pk
