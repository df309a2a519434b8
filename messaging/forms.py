"""Forms of messages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from language.tokens import tokenise
from messaging import tone
from messaging.guarding import guard_words, in_page_language
from messaging.models import GuardWord, Message, MessageTemplate
from messaging.tone.extra import EXTENDABLE
from messaging.tone.rules import BLOCK, RULES
from messaging.words import VARIABLES, render, unknown_variables
from shops.models import Shop

MAX_WORDS = 200  # of a shop: each is looked for in every text


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


def rule_title(rule: str) -> str:
    """ "G3 · Anger, sarcasm, belittling" in the reader's language; "" without a rule."""
    return f"{rule} · {in_page_language(RULES[rule].title)}" if rule in RULES else rule


def rule_choices() -> list[tuple[str, str]]:
    """The rules a shop may extend."""
    return [(rule, rule_title(rule)) for rule in EXTENDABLE]


class GuardWordForm(forms.Form):
    """A phrase the shop does not want to say: it may add to the rules, never take away."""

    rule = forms.ChoiceField(label=_("Rule"), choices=rule_choices)
    phrase = forms.CharField(label=_("Word or phrase"), max_length=80)

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop

    def clean_phrase(self) -> str:
        """At least one word: signs alone are not looked for."""
        phrase: str = self.cleaned_data["phrase"]
        if not any(token.kind == "word" for token in tokenise(phrase)):
            raise forms.ValidationError(_("Write a word or a few."))
        return phrase

    def clean(self) -> dict[str, Any] | None:
        known = GuardWord.objects.filter(shop=self.shop)
        phrase = self.cleaned_data.get("phrase", "")
        if known.filter(rule=self.cleaned_data.get("rule", ""), phrase__iexact=phrase).exists():
            self.add_error("phrase", _("This phrase is on the list already."))
        elif known.count() >= MAX_WORDS:
            raise forms.ValidationError(_("The list is full. Take a phrase off it first."))
        return self.cleaned_data


class GuardWordAdminForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """The same choice of rules in the admin."""

    rule = forms.ChoiceField(label=_("Rule"), choices=rule_choices)

    class Meta:
        model = GuardWord
        fields = ("shop", "rule", "phrase")


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A shop's own text: known variables only, and nothing that the tone guard would hold back."""

    class Meta:
        model = MessageTemplate
        fields = ("shop", "key", "purpose", "language", "subject", "body")

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        for name in ("subject", "body"):
            for problem in text_problems(data.get(name, ""), data):
                self.add_error(name, problem)
        return data


def text_problems(text: str, data: dict[str, Any]) -> list[str]:
    """Why this text may not be kept as a template, with what to write instead."""
    if unknown := unknown_variables(text):
        names = ", ".join(f"{{{name}}}" for name in unknown)
        return [gettext("Unknown: %(names)s. See the list of variables.") % {"names": names}]
    context = {"purpose": data.get("purpose"), "language": data.get("language")}
    words = guard_words(data["shop"]) if data.get("shop") else {}
    report = tone.check(render(text, VARIABLES).text, context=context, extra_words=words)
    return [
        f"{finding.rule}: {in_page_language(finding.reason)} → {finding.rewrite}"
        for finding in report.findings
        if finding.level == BLOCK
    ]
