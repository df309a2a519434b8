"""`{% part "badge" kind="state" value=case.state label=... %}`: a small component, drawn once for the same values."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

register = template.Library()

Key = tuple[str, Any, type]


@register.simple_tag
def part(component: str, **values: Any) -> SafeString:
    """templates/components/NAME.html with nothing but these values; a list page shows the same badge fifty times."""
    plain = {key: str(value) if isinstance(value, Promise) else value for key, value in values.items()}
    try:
        # The type too: a text and the same text marked as safe are equal, but only one of them is escaped.
        keys = tuple((key, value, type(value)) for key, value in plain.items())
        return _drawn(component, get_language(), get_current_timezone_name(), keys)
    except TypeError:  # a value that cannot be a key
        return render_to_string(f"components/{component}.html", plain)


@lru_cache(maxsize=5000)
def _drawn(component: str, language: str | None, zone: str, keys: tuple[Key, ...]) -> SafeString:
    return render_to_string(f"components/{component}.html", {key: value for key, value, _type in keys})
