"""Reviews from files: each row is triaged and stored; a known review whose words changed is observed, never doubled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from reviews import platforms
from reviews.actions import TEXT, Intake, build, observe
from reviews.enums import Platform
from reviews.models import Review
from shops.models import Order, Shop
from tables.cells import as_number, as_text, moment_in, one_of
from tables.columns import Field, words_of
from tables.importing import Job, Parsed, Rejected
from tables.problems import BadCell, gettext_noop
from tables.rows import Value

BATCH = 500
PLATFORMS = {"tiktok shop": "tiktok", "tokped": "tokopedia", "google maps": "google", "website": "own", "web": "own"}

# How marketplaces head these columns.
STARS = words_of("bintang|rating|rate|nilai|penilaian|skor|score|star|rating produk|jumlah bintang|product rating")
WORDS = words_of(
    "ulasan|isi ulasan|komentar|review|comment|comments|teks|isi|content|review content|buyer review|penilaian pembeli|"
    "detail review|testimoni|message|customer review"
)
NUMBER = words_of("id ulasan|nomor ulasan|review id|review number|rating id|id penilaian|no ulasan|id review|id")
AUTHOR = words_of(
    "nama|pembeli|username|nama pembeli|user|buyer|nama pengguna|customer name|reviewer|pelanggan|penulis"
)
PRODUCT = words_of("produk|nama produk|product name|item|barang|nama barang|sku")
COURIER = words_of("kurir|ekspedisi|opsi pengiriman|jasa kirim|shipping provider")
ORDER = words_of("no pesanan|nomor pesanan|order id|order number|pesanan|invoice|no invoice|order no")
POSTED = words_of(
    "tanggal|waktu|tanggal ulasan|waktu ulasan|review date|date|created at|waktu penilaian|time|rating time"
)
UNTIL = words_of("bisa diubah sampai|batas ubah|editable until")


def as_stars(value: Value) -> int:
    """1 to 5 from 4, "4,0", "4/5", "5 bintang", "★★★★". BadCell: anything else, also halves."""
    text = as_text(value).strip()
    if text and not text.strip("★⭐☆ "):
        number = float(text.count("★") + text.count("⭐"))
    else:
        bare = text.lower().replace("bintang", "").replace("stars", "").replace("star", "").split("/")
        number = as_number(bare[0].strip() if len(bare) == 1 or bare[1].strip() in ("5", "5.0", "5,0") else text)
    if number not in (1, 2, 3, 4, 5):
        raise BadCell(gettext_noop("“%(value)s” is not a number of stars from 1 to 5."), value=text[:40])
    return int(number)


def review_fields(shop: Shop) -> list[Field]:
    """What a file of reviews may tell; only the stars are needed."""
    return [
        Field("text", gettext_noop("the customer's words"), WORDS, max_length=TEXT),
        Field("stars", gettext_noop("stars"), STARS, as_stars, required=True),
        Field("platform_id", gettext_noop("number on the platform"), NUMBER, max_length=80),
        Field("author", gettext_noop("author"), AUTHOR, partial(cut, 80)),
        Field("product", gettext_noop("product"), PRODUCT, partial(cut, 160)),
        Field("courier", gettext_noop("courier"), COURIER, partial(cut, 40)),
        Field("order", gettext_noop("order number"), ORDER, max_length=40),
        Field("posted_at", gettext_noop("posted"), POSTED, moment_in(shop.tz)),
        Field("edit_until", gettext_noop("the customer may edit until"), UNTIL, moment_in(shop.tz)),
        Field("platform", gettext_noop("platform"), ("marketplace", "kanal"), one_of(Platform.choices, PLATFORMS)),
    ]


def cut(length: int, value: Value) -> str:
    """A text that may be shortened: marketplaces' product names run long."""
    return as_text(value)[:length]


def review_job(shop: Shop, platform: str = Platform.OTHER) -> Job:
    """The import of reviews into a shop; `platform` holds where a row does not say its own."""
    return Job(
        fields=review_fields(shop),
        key=lambda values: intake_of(values, platform).key,
        known=lambda rows: known_reviews(shop, rows),
        store=lambda rows: store_reviews(shop, rows, platform),
        check=check_review,
        refused=(IntegrityError, DataError),
        batch=BATCH,
    )


def intake_of(values: Mapping[str, Any], platform: str, orders: Mapping[str, Order] | None = None) -> Intake:
    """A row as the form would give it. Without `orders` the order's number stands for the order (for the key)."""
    number = str(values.get("order", "")).lstrip("#").lower()
    order = (orders or {}).get(number) if orders is not None else (Order(number=number) if number else None)
    return Intake(
        stars=values["stars"],
        text=values.get("text", ""),
        platform=values.get("platform", platform),
        platform_id=values.get("platform_id", ""),
        author=values.get("author", ""),
        product=values.get("product", ""),
        courier=values.get("courier", ""),
        order=order,
        posted_at=values.get("posted_at"),
        edit_until=values.get("edit_until"),
    )


def check_review(row: Parsed) -> None:
    """Rejected: a time to come."""
    posted = row.values.get("posted_at")
    if posted and posted > timezone.now() + timedelta(days=1):
        raise Rejected(gettext_noop("This lies in the future."), "posted_at")


def stored_by_key(shop: Shop, keys: Sequence[str]) -> dict[str, Review]:
    """Stored reviews by key (one query)."""
    rows = Review.objects.filter(shop=shop, content_hash__in=list(keys)).select_related("case")
    return {review.content_hash: review for review in rows}


def has_changed(review: Review, values: Mapping[str, Any]) -> bool:
    """The platform now shows other stars or words under this number than we last saw."""
    if not review.platform_id:
        return False
    seen = (review.stars_after or review.stars, review.text_after or review.text)
    return (values["stars"], values.get("text", "")) != seen


def known_reviews(shop: Shop, rows: Sequence[Parsed]) -> set[str]:
    """Keys of rows that are stored already and look the same."""
    values = {row.key: row.values for row in rows}
    return {key for key, review in stored_by_key(shop, list(values)).items() if not has_changed(review, values[key])}


def store_reviews(shop: Shop, rows: Sequence[Parsed], platform: str) -> int:
    """Triage and store rows, all or none: five queries a batch. Returns how many were known and had changed."""
    now = timezone.now()
    with transaction.atomic():
        stored = stored_by_key(shop, [row.key for row in rows])
        days, orders = platforms.edit_days(shop), orders_of(shop, rows)
        fresh = []
        for row in rows:
            if review := stored.get(row.key):
                observe(review, row.values["stars"], row.values.get("text", ""), at=now)
                continue
            review = build(shop, intake_of(row.values, platform, orders), days, now)
            review.content_hash = row.key
            fresh.append(review)
        Review.objects.bulk_create(fresh)
    return len(rows) - len(fresh)


def orders_of(shop: Shop, rows: Sequence[Parsed]) -> dict[str, Order]:
    """The orders that rows name, by number in lower case (one query, none where no row names one)."""
    numbers = {str(row.values["order"]).lstrip("#") for row in rows if row.values.get("order")}
    if not numbers:
        return {}
    found = Order.objects.filter(shop=shop, number__in=numbers).select_related("customer")
    return {order.number.lower(): order for order in found}
