"""Complaints from files: each row goes the whole road (tag, route, treatment) through log_complaint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from cases.actions import Refused
from cases.enums import Severity
from cases.models import Case
from complaints.actions import Intake, log_complaint
from complaints.enums import Source
from playbooks.enums import Blame, Failure, Voice
from shops.actions import clean_address, find_or_add_customer
from shops.enums import Channel
from shops.importing import as_channel
from shops.models import Customer, Order, Shop, User
from tables.cells import as_flag, as_text, fold, moment_in, one_of
from tables.columns import Field, words_of
from tables.importing import Job, Parsed, Rejected, content_key
from tables.problems import BadCell, gettext_noop
from tables.rows import Value

BLAMES = {
    "diri sendiri": "self", "pelanggan": "self", "customer": "self", "toko": "shop", "kami": "shop",
    "tidak jelas": "unclear", "?": "unclear",
}  # fmt: skip
FAILURES = {
    "fit": "fit_or_changed_mind", "ukuran": "fit_or_changed_mind", "changed mind": "fit_or_changed_mind",
    "quality": "not_as_described", "kualitas": "not_as_described", "refund": "refund_or_cancel",
    "cancel": "refund_or_cancel", "batal": "refund_or_cancel", "wrong variant ordered": "wrong_item",
    "salah barang": "wrong_item", "missing": "not_received", "belum sampai": "not_received", "rusak": "damaged",
    "telat": "late", "terlambat": "late", "site": "site_problem", "website": "site_problem",
    "unresponsive": "rude_service", "pelayanan": "rude_service",
}  # fmt: skip
TEXT = words_of("pesan|isi pesan|keluhan|komplain|message|complaint|chat|isi|ulasan|komentar|comment")
RECEIVED = words_of("tanggal|waktu|date|time|diterima|created at|tanggal pesan|received|timestamp")
ADDRESS = words_of("kontak|no hp|nomor hp|whatsapp|telepon|phone|email|contact")


def as_failure(value: Value) -> str:
    """A failure by code, name or common word; "" for any other word: then the suggestion decides."""
    try:
        return str(one_of(Failure.choices, FAILURES)(value))
    except BadCell:
        return ""


def as_severity(value: Value) -> str:
    """S1 to S4, also written 1 to 4."""
    return str(one_of(Severity.choices, {str(number): f"S{number}" for number in range(1, 5)})(value))


def complaint_fields(shop: Shop) -> list[Field]:
    """What a file of complaints may tell; only the text is needed."""
    return [
        Field("text", gettext_noop("the customer's words"), TEXT, required=True, max_length=20_000),
        Field("channel", gettext_noop("channel"), ("kanal", "platform", "sumber chat"), as_channel),
        Field(
            "customer",
            gettext_noop("customer"),
            ("pelanggan", "nama", "nama pelanggan", "pembeli", "name"),
            max_length=80,
        ),
        Field("address", gettext_noop("their number or email"), ADDRESS, max_length=120),
        Field("order", gettext_noop("order number"), ("no pesanan", "nomor pesanan", "pesanan", "order id", "invoice")),
        Field("received_at", gettext_noop("received"), RECEIVED, moment_in(shop.tz)),
        Field("blame", gettext_noop("who do they blame?"), ("menyalahkan",), one_of(Blame.choices, BLAMES)),
        Field("failure", gettext_noop("what went wrong"), ("masalah", "jenis masalah"), as_failure),
        Field("severity", gettext_noop("severity"), ("tingkat",), as_severity),
        Field("voice", gettext_noop("how they raised it"), ("cara",), one_of(Voice.choices)),
        Field("link", gettext_noop("link"), ("url", "tautan"), as_link),
        Field("spreading", gettext_noop("spreading in public"), ("menyebar", "viral"), as_flag),
    ]


def as_link(value: Value) -> str:
    """A web address; anything else is refused (it becomes a link on the case page)."""
    text = as_text(value)
    if not text.startswith(("https://", "http://")) or len(text) > 400:
        raise BadCell(gettext_noop("“%(value)s” is not a web address."), value=text[:40])
    return text


def complaint_job(shop: Shop, by: User | None = None) -> Job:
    """The import of complaints into a shop."""
    return Job(
        fields=complaint_fields(shop),
        key=content_key_of,
        known=lambda rows: known_complaints(shop, rows),
        store=lambda rows: store_complaints(shop, rows, by),
        check=lambda row: check_complaint(shop, row),
        refused=(IntegrityError, DataError, Refused),
        batch=20,
    )


def content_key_of(values: Mapping[str, Any]) -> str:
    """The same words of the same person about the same order at the same time are the same complaint."""
    moment = values.get("received_at")
    about = (values.get("customer", ""), values.get("address", ""), values.get("order", ""))
    return "import:" + content_key(fold(values["text"]), *about, moment.isoformat() if moment else "")


def known_complaints(shop: Shop, rows: Sequence[Parsed]) -> set[str]:
    """Keys of rows that are stored already."""
    keys = [row.key for row in rows]
    return set(Case.objects.filter(shop=shop, intake_key__in=keys).values_list("intake_key", flat=True))


def check_complaint(shop: Shop, row: Parsed) -> None:
    """Rejected: an order nobody knows, an address that is none, a time to come."""
    number = row.values.get("order")
    if number and find_order(shop, number) is None:
        words = gettext_noop("There is no order %(number)s. Import the orders first, or empty this cell.")
        raise Rejected(words, "order", number=number)
    received = row.values.get("received_at")
    if received and received > timezone.now() + timedelta(days=1):
        raise Rejected(gettext_noop("This lies in the future."), "received_at")
    try:
        contact_of(row.values)
    except ValueError as error:
        words = gettext_noop("“%(value)s” is neither a phone number nor an email address.")
        raise Rejected(words, "address", value=row.values["address"]) from error


def find_order(shop: Shop, number: str) -> Order | None:
    """The shop's order with this number."""
    return Order.objects.filter(shop=shop, number__iexact=number.lstrip("#")).select_related("customer").first()


def contact_of(values: Mapping[str, Any]) -> tuple[str, str]:
    """(channel, address) of the person: an email by its @, else on the row's own channel, else WhatsApp. ValueError."""
    address = values.get("address", "")
    if not address:
        return "", ""
    channel = Channel.EMAIL if "@" in address and " " not in address else values.get("channel", Channel.WHATSAPP)
    return channel, clean_address(channel, address)


def customer_of(shop: Shop, values: Mapping[str, Any], order: Order | None) -> Customer | None:
    """The order's customer, else the one the row names, else nobody."""
    if order and order.customer:
        return order.customer
    if not (values.get("customer") or values.get("address")):
        return None
    return find_or_add_customer(shop, values.get("customer", ""), *contact_of(values))


def store_complaints(shop: Shop, rows: Sequence[Parsed], by: User | None) -> None:
    """Log the rows, all or none."""
    with transaction.atomic():
        for row in rows:
            log_complaint(shop, intake_of(shop, row), by=by)


def intake_of(shop: Shop, row: Parsed) -> Intake:
    """A row as the form would give it."""
    values = row.values
    order = find_order(shop, values["order"]) if values.get("order") else None
    return Intake(
        text=values["text"],
        channel=values.get("channel", Channel.OTHER),
        customer=customer_of(shop, values, order),
        order=order,
        voice=values.get("voice", Voice.TO_SHOP),
        blame=values.get("blame", ""),
        failure=values.get("failure", ""),
        severity=values.get("severity", ""),
        source=Source.IMPORT,
        source_link=values.get("link", ""),
        received_at=values.get("received_at"),
        intake_key=row.key,
        spreading=values.get("spreading", False),
    )
