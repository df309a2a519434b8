"""Writing a step's message: what the tone guard needs to know, and sending it through the one door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from messaging import tone
from messaging.enums import PUBLIC, WENT_OUT, MessageState, Purpose
from messaging.guarding import approve, guard_words, is_approved
from messaging.models import Message
from messaging.outbox import move
from playbooks.drafts import language_of, values_of
from playbooks.models import TreatmentStep
from playbooks.queries import valid_promises
from playbooks.treatments import refuse_locked
from shops.models import Member

APOLOGIES = PUBLIC | {Purpose.FIRST_REPLY, Purpose.SECOND_TIME, Purpose.OUTREACH}


def needs_of(step: TreatmentStep) -> tuple[str, ...]:
    """The required elements of this step's message (domain.md 5.5), by purpose and by who the customer blames."""
    return tone.required(step.purpose, blame=str(step.treatment.facts.get("blame", "unclear")))


def context_of(step: TreatmentStep) -> dict[str, Any]:
    """What the guard may check the text against: the case's own data."""
    case, facts = step.case, step.treatment.facts
    language = language_of(case)
    values = values_of(case, language)
    reply_by = values.get("next_update") or values.get("reply_by", "")
    return {
        **goods(values),
        **{name: values.get(name, "") for name in ("courier", "days_late")},
        "order_number": values.get("order", ""),
        "reply_by": reply_by,
        "reply_by_en": reply_by,
        "purpose": step.purpose,
        "channel": case.channel,
        "blame": facts.get("blame", ""),
        "failure": facts.get("failure", ""),
        "language": language,
        "customer_text": case.headline,
        "earlier_apology": earlier_apology(step),
        "published_promises": [text for promise in valid_promises(case.shop_id) for text in promise.texts],
    }


def goods(values: Mapping[str, str]) -> dict[str, str]:
    """The item and its variant, no word said twice; what was wanted and what came only where the two differ."""
    item, wanted, received = (values.get(name, "") for name in ("item", "wanted", "received"))
    differ = {"wanted": wanted, "received": received} if wanted.casefold() != received.casefold() else {}
    return {"item": item, "variant": "" if wanted.casefold() in item.casefold() else wanted, **differ}


def earlier_apology(step: TreatmentStep) -> str:
    """What we said to this customer the last time we said sorry: a second apology must not repeat it (P13)."""
    case = step.case
    if not step.treatment.facts.get("repeat") or case.customer_id is None:
        return ""
    said = Message.objects.filter(
        customer_id=case.customer_id, purpose__in=sorted(APOLOGIES), state__in=sorted(WENT_OUT), sent_at__isnull=False
    )
    return said.order_by("-sent_at").values_list("body", flat=True).first() or ""


def check(step: TreatmentStep, body: str) -> tone.Report:
    """The guard's report on a text for this step, without sending it."""
    return tone.check(body, needs=needs_of(step), context=context_of(step), extra_words=guard_words(step.case.shop))


def save_draft(message: Message, body: str, subject: str = "") -> None:
    """Keep the text as it stands; nothing is sent."""
    move(message, {MessageState.DRAFT}, {"body": body, "subject": subject or message.subject})


def send(
    step: TreatmentStep,
    message: Message,
    body: str,
    *,
    by: Member,
    subject: str = "",
    choices: Mapping[str, Any] | None = None,
) -> Message:
    """Check the text and queue it. `choices`: send_anyway, override_reason. Raises what approve raises.

    Refused: another step comes first. An apology precedes the explanation, that the talk of remedies.
    The same text pressed twice is queued once.
    """
    if is_approved(message, body):
        return message
    refuse_locked(step)
    save_draft(message, body, subject)
    with transaction.atomic():
        return approve(message, by=by, needs=needs_of(step), context=context_of(step), **(choices or {}))
