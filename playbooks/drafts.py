"""The message of a step: its draft, filled from the case, ready to read, mend and send."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Case
from messaging.channels import carrier_of
from messaging.enums import PUBLIC, Carrier, Direction, MessageState, Purpose
from messaging.models import Message
from messaging.words import Draft, render, values_for
from playbooks.models import TreatmentStep, in_language
from playbooks.moments import promised
from shops.enums import Channel
from shops.models import ContactPoint

# The shop writes first: quiet hours and contact caps hold. Everything else answers something the customer said.
SHOP_INITIATED = {
    Purpose.BOOKING_REMINDER,
    Purpose.CHECK_IN,
    Purpose.RELEASE,
    Purpose.FOLLOW_UP,
    Purpose.OUTREACH,
    Purpose.INCIDENT,
    Purpose.SURVEY,
    Purpose.CHANGE,
    Purpose.PRIVATE_NOTE,
}


def language_of(case: Case) -> str:
    """The customer's language, else the shop's."""
    return (case.customer.language if case.customer else "") or case.shop.language


def values_of(
    case: Case, language: str, extra: Mapping[str, str] | None = None, now: datetime | None = None
) -> dict[str, str]:
    """Everything a step's words may name, in this language; `extra` wins."""
    return values_for(case, language, {**promised(case, language, now), **(extra or {})}, now)


def draft_text(step: TreatmentStep, extra: Mapping[str, str] | None = None, now: datetime | None = None) -> Draft:
    """The step's words with the case's values filled in; blanks stay visible."""
    language = language_of(step.case)
    return render(in_language(step.body, language), values_of(step.case, language, extra, now))


def contact_for(case: Case) -> ContactPoint | None:
    """Where to write: the channel of the case, else email, else WhatsApp, else any address that has not refused."""
    if case.customer is None:
        return None
    points = [point for point in case.customer.contact_points.all() if point.bounced_at is None]
    order = [case.channel, Channel.EMAIL, Channel.WHATSAPP]
    return min(
        points, key=lambda point: order.index(point.channel) if point.channel in order else len(order), default=None
    )


def message_for(step: TreatmentStep, extra: Mapping[str, str] | None = None, now: datetime | None = None) -> Message:
    """The step's message, made as a draft at the first call; the key makes a second one impossible."""
    if step.message is not None:
        return step.message
    now, case = now or timezone.now(), step.case
    is_public = step.purpose in PUBLIC
    point = None if is_public else contact_for(case)
    language = language_of(case)
    values = {
        "case": case,
        "customer": case.customer,
        "contact_point": point,
        "direction": Direction.OUT,
        "channel": point.channel if point else case.channel,
        "carrier": Carrier.COPY if is_public or point is None else carrier_of(point.channel),
        "purpose": step.purpose or Purpose.FREE,
        "address": point.address if point else "",
        "language": language,
        "subject": subject_of(step, language, extra, now),
        "body": draft_text(step, extra, now).text,
        "state": MessageState.DRAFT,
        "due_at": step.due_at if step.purpose in SHOP_INITIATED else None,
        "expires_at": expiry(step, now),
        "is_automatic": step.is_automatic,
        "is_shop_initiated": step.purpose in SHOP_INITIATED,
        "needs_open_case": step.purpose in SHOP_INITIATED or step.is_automatic,
    }
    with transaction.atomic():
        message = create_once(step, values)
        TreatmentStep.objects.filter(pk=step.pk, message=None).update(message=message)
    step.message = message
    return message


def subject_of(step: TreatmentStep, language: str, extra: Mapping[str, str] | None, now: datetime | None) -> str:
    """The step's subject line; "" (the shop's name then stands there) where the case cannot fill it."""
    draft = render(in_language(step.subject, language), values_of(step.case, language, extra, now))
    return "" if draft.blanks else draft.text[:160]


def create_once(step: TreatmentStep, values: Mapping[str, object]) -> Message:
    """The row of this step, recipient and kind: made now or by somebody who was faster."""
    key = f"step:{step.pk}:{values['address'] or 'copy'}:{step.key}"[:120]
    try:
        with transaction.atomic():
            return Message.objects.create(shop_id=step.shop_id, key=key, **values)
    except IntegrityError:
        return Message.objects.get(shop_id=step.shop_id, key=key)


def expiry(step: TreatmentStep, now: datetime) -> datetime | None:
    """When the step's message makes no sense any more."""
    return (step.due_at or now) + timedelta(hours=step.expires_h) if step.expires_h else None
