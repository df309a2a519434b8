"""`{{ form|drawn }}`: like `|crispy`, but a form without words is drawn once per process, not on every page view."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django import template
from django.forms import BaseForm, CharField, ModelChoiceField
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.filter
def drawn(form: BaseForm) -> SafeString:
    """The fields of a form without its tag."""
    if form.is_bound or holds_words(form):
        return as_crispy_form(form)  # type: ignore[no-any-return]
    initial = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return _drawn(type(form), get_language(), tuple(initial.items()))  # type: ignore[arg-type]  # types are hashable


def holds_words(form: BaseForm) -> bool:
    """True where a field shows somebody's words or rows of the database: those are never kept."""
    return any(
        isinstance(field, ModelChoiceField)
        or (isinstance(field, CharField) and form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
    )


@lru_cache(maxsize=1000)
def _drawn(form: type[BaseForm], language: str | None, initial: tuple[tuple[str, Any], ...]) -> SafeString:
    return as_crispy_form(form(initial=dict(initial)))  # type: ignore[no-any-return]
