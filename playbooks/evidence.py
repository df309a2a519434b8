"""The evidence pack of a case (P14): what happened, what was said, photos and payments, in one ZIP.

It goes to an outside body, so it holds facts only: no blame, no finding, no notes between colleagues (I4).
"""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO

from django.utils import timezone

from cases import events
from cases.models import Case
from messaging.enums import WENT_OUT, Direction
from playbooks.models import Remedy
from shops.actions import audit
from shops.models import User

INSIDE = {events.BLAME, events.FINDING, events.NOTE, events.ROUTED, events.SUPERSEDED, events.ASSIGNED}
IN_MEMORY = 5 * 1024 * 1024
EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
}


def pack(case: Case, *, by: User) -> IO[bytes]:
    """The ZIP as an open file, on disk where it is large; the download is noted in the audit trail."""
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the response closes it)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("case.csv", table(case_rows(case)))
        archive.writestr("timeline.csv", table(timeline_rows(case)))
        archive.writestr("messages.csv", table(message_rows(case)))
        archive.writestr("payments.csv", table(payment_rows(case)))
        for number, attachment in enumerate(case.attachments.order_by("at", "pk"), start=1):
            name = f"photos/{number:03}{EXTENSIONS.get(attachment.content_type, '')}"
            with attachment.file.open() as source, archive.open(name, "w") as out:
                while chunk := source.read(64 * 1024):
                    out.write(chunk)
    audit(case.shop, by, "evidence_pack", case=case.code)
    target.seek(0)
    return target


def table(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV; a cell that a spreadsheet would run as a formula is made plain text."""
    out = io.StringIO()
    csv.writer(out).writerows([plain(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def plain(cell: object) -> str:
    """A cell as text."""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(timespec="seconds")
    text = "" if cell is None else str(cell)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def case_rows(case: Case) -> Iterable[Iterable[object]]:
    """What the case is about."""
    order, customer = case.order, case.customer
    yield "field", "value"
    yield "case", case.code
    yield "received", case.opened_at
    yield "customer", customer.name if customer else ""
    yield "words", case.headline
    yield "severity", case.severity
    yield "state", case.state
    yield "asks for", case.remedy_sought
    if order:
        for name in ("number", "item", "quantity", "wanted", "typed", "packed", "received"):
            yield f"order {name}", getattr(order, name)
        for shipment in order.shipments.order_by("pk"):
            yield "parcel", shipment
            yield "promised", shipment.promised_latest
            yield "handed over", shipment.handed_over_at
            yield "delivered", shipment.delivered_at


def timeline_rows(case: Case) -> Iterable[Iterable[object]]:
    """What happened when, and who did it."""
    yield "at", "event", "who"
    for event in case.events.exclude(code__in=sorted(INSIDE)).order_by("at", "pk").iterator(chunk_size=500):
        yield event.at, events.LABELS.get(event.code, event.code), event.actor


def message_rows(case: Case) -> Iterable[Iterable[object]]:
    """What was said, by both sides."""
    yield "at", "direction", "channel", "text"
    rows = case.messages.exclude(direction=Direction.INTERNAL).order_by("created_at", "pk")
    for message in rows.iterator(chunk_size=200):
        if message.direction == Direction.IN or message.state in WENT_OUT:
            yield message.received_at or message.sent_at, message.direction, message.channel, message.body


def payment_rows(case: Case) -> Iterable[Iterable[object]]:
    """What was paid and what was given back."""
    yield "at", "what", "quantity", "amount Rp", "state", "proof"
    if case.order:
        yield case.order.paid_at or case.order.placed_at, "order", case.order.quantity, case.order.total, "", ""
    for remedy in Remedy.objects.filter(case=case).order_by("pk"):
        at = remedy.done_at or remedy.proposed_at
        yield at, remedy.what, remedy.quantity, remedy.cost, remedy.state, remedy.proof_text
