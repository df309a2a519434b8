"""R3 against the record: does the message name the item, variant, order number or days of this case?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from language.tokens import tokenise
from messaging.tone.report import Advice
from messaging.tone.rules import Words

_NUMBERS = {
    word: str(value)
    for value, row in enumerate(
        ("satu one sehari", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven seminggu"), 1
    )
    for word in row.split()
}
_DAYS = re.compile(r"(?<![\w.,])(\d{1,3}|[a-z]{3,8}) (?:hari|days?)\b")
_LATE = re.compile(r"telat|terlambat|lambat|late|delay|molor")


def slots(context: Mapping[str, Any]) -> dict[str, set[str]]:
    """Slot name -> words any of which name it. Empty where the context carries no facts of the case."""
    found: dict[str, set[str]] = {}
    for name in ("item", "variant", "wanted", "received"):
        words = {token.norm for token in tokenise(str(context.get(name) or "")) if len(token.norm) > 2}
        if words:
            found[name] = words
    if context.get("order_number"):
        found["order_number"] = {token.raw for token in tokenise(str(context["order_number"])) if token.raw.isalnum()}
    if context.get("days_late"):
        found["days_late"] = {str(context["days_late"])}
    return found


def named(text: str, context: Mapping[str, Any]) -> set[str]:
    """The slots of the case that the text names."""
    said = {part for token in tokenise(text) for part in _forms(token.norm, token.raw)}
    return {name for name, words in slots(context).items() if words & said}


def _forms(norm: str, raw: str) -> set[str]:
    forms = {norm, raw, _NUMBERS.get(norm, norm)}
    return forms | {form[:-3] for form in forms if form.endswith("nya")}


def wrong_days(text: str, context: Mapping[str, Any]) -> list[Advice]:
    """Advice where the text speaks of another number of late days than the record."""
    days = str(context.get("days_late") or "")
    if not days:
        return []
    for line in re.split(r"[.!?\n]", text.lower()):
        said = {_NUMBERS.get(number, number) for number in _DAYS.findall(line)} if _LATE.search(line) else set()
        numbers = {number for number in said if number.isdigit()}
        if numbers and days not in numbers:
            return [
                Advice(
                    "days_differ",
                    Words(
                        f"Catatan kami: terlambat {days} hari, pesan ini menyebut angka lain.",
                        f"The record says {days} days late; this message names another number.",
                    ),
                )
            ]
    return []
