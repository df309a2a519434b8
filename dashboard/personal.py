"""A customer's own data to take away (UU 27/2022 art. 32): as JSON and as plain words, with the log and their files.

It holds facts and what was said, never the shop's inner view: no blame, no finding, no notes, no severity (I4).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import Booking
from cases import events
from cases.models import Attachment, CaseEvent, SurveyAnswer
from cases.surveys import BY_KEY
from dashboard.erasing import cases_of, messages_of, reviews_of
from messaging.enums import WENT_OUT, Direction, MessageState
from shops.models import AuditEvent, ContactPoint, Customer, Order

INNER = {events.BLAME, events.FINDING, events.NOTE, events.SEVERITY, events.THEME, events.ASSIGNED, events.SPREADING}


def personal_data(customer: Customer) -> dict[str, Any]:
    """Everything about the person, by subject."""
    said = messages_of(customer).filter(
        Q(direction=Direction.IN, state=MessageState.RECEIVED) | Q(direction=Direction.OUT, state__in=sorted(WENT_OUT))
    )
    cases = cases_of(customer)
    log = CaseEvent.objects.filter(case__in=cases).exclude(code__in=INNER).order_by("at").select_related("case")
    audits = AuditEvent.objects.filter(shop=customer.shop, data__customer=customer.code).order_by("at")
    return {
        "customer": {
            "code": customer.code,
            "name": customer.name,
            "language": customer.language,
            "province": customer.province,
            "wishes": customer.wishes,
            "no_reminders": customer.no_reminders,
            "since": customer.created_at,
        },
        "addresses": rows(ContactPoint.objects.filter(customer=customer).order_by("pk"), ADDRESS),
        "orders": rows(Order.objects.filter(customer=customer).order_by("placed_at"), ORDER),
        "cases": rows(
            cases.order_by("opened_at"), ("code", "kind", "channel", "headline", "state", "opened_at", "ended_at")
        ),
        "messages": rows(said.order_by("created_at"), ("direction", "channel", "body", "received_at", "sent_at")),
        "reviews": rows(reviews_of(customer).order_by("posted_at"), ("platform", "stars", "text", "posted_at")),
        "bookings": rows(Booking.objects.filter(customer=customer).order_by("agreed_at"), BOOKING),
        "surveys": survey_answers(customer),
        "files": rows(Attachment.objects.filter(case__in=cases).order_by("pk"), ("code", "name", "content_type", "at")),
        "log": [
            *[{"at": e.at, "case": e.case.code, "what": str(events.LABELS.get(e.code, e.code))} for e in log],
            *[{"at": e.at, "case": "", "what": e.code} for e in audits],
        ],
    }


def survey_answers(customer: Customer) -> list[dict[str, Any]]:
    """What the person tapped in our surveys, each question in words."""
    said = SurveyAnswer.objects.filter(survey__customer=customer).order_by("survey", "pk").select_related("survey")
    shop = {"shop": customer.shop.name}
    return [
        {
            "asked_at": answer.survey.asked_at,
            "answered_at": answer.at,
            "question": str(BY_KEY[answer.item].text) % shop if answer.item in BY_KEY else answer.item,
            "answer": answer.value,
        }
        for answer in said
    ]


ADDRESS = ("channel", "address", "opted_in_at", "opt_in_source", "opted_out_at")
ORDER = ("number", "channel", "item", "quantity", "total", "placed_at", "paid_at", "cancelled_at")
BOOKING = ("item", "price", "quantity", "agreed_at", "release_at", "outcome")


def rows(found: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return list(found.values(*names))


def personal_zip(customer: Customer) -> bytes:
    """data.json, data.txt and the files of one customer."""
    data = personal_data(customer)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        archive.writestr("data.txt", readable(customer, data))
        for attachment in Attachment.objects.filter(case__customer=customer):
            if default_storage.exists(attachment.file.name or ""):
                with default_storage.open(attachment.file.name or "") as file:
                    archive.writestr(f"files/{attachment.code}-{attachment.name.replace('/', '_')}", file.read())
    return out.getvalue()


def readable(customer: Customer, data: Mapping[str, Any]) -> str:
    """The same as plain words."""
    titles = {
        "customer": _("Who you are to us"),
        "addresses": _("How we can reach you"),
        "orders": _("Your orders"),
        "cases": _("Your cases"),
        "messages": _("What was said"),
        "reviews": _("Your reviews"),
        "bookings": _("Your bookings"),
        "surveys": _("Your answers to our surveys"),
        "files": _("Your files"),
        "log": _("What we did with your data"),
    }
    head = _("%(shop)s: the data we keep about %(name)s, %(at)s") % {
        "shop": customer.shop.name,
        "name": customer.name,
        "at": f"{timezone.localtime():%Y-%m-%d %H:%M %Z}",
    }
    blocks = [head]
    for key, title in titles.items():
        found = data[key] if isinstance(data[key], list) else [data[key]]
        blocks.append("\n".join([title, "-" * len(title), *lines_of(found)]))
    return "\n\n".join(blocks) + "\n"


def lines_of(found: Iterable[Mapping[str, Any]]) -> list[str]:
    """One line a row, "name: value" pieces; blank values left out."""
    return ["- " + "; ".join(f"{key}: {plain(value)}" for key, value in row.items() if value) for row in found] or ["-"]


def plain(value: Any) -> str:
    """A moment to the minute in local time, anything else as text."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if hasattr(value, "tzinfo") and value.tzinfo else str(value)
