"""Reviews and files that tests need."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from reviews.actions import Intake, log_review
from reviews.models import Review
from shops.models import Order, Shipment, Shop
from tests.factories import make_customer, make_order

NUMBER = count(1)
LATE = "Barang bagus, cuma sayang telat 3 hari. Lain kali pakai SiCepat"


@pytest.fixture
def make_review(shop: Shop) -> Callable[..., Review]:
    """make_review(stars, text, ...): logged like by the form; texts differ, so that none is a duplicate."""

    def make(stars: int = 4, text: str = "", **fields: Any) -> Review:
        words = text or f"Barang bagus, cuma telat 3 hari, pesanan ke {next(NUMBER)}"
        return log_review(fields.pop("shop", shop), Intake(stars, words, **{"platform": "shopee", **fields}))

    return make


@pytest.fixture
def late_order(shop: Shop) -> Order:
    """An order that came three days late: one day packing, two days on the road."""
    order = make_order(shop, make_customer(shop, "Rina", email="rina@example.com"))
    Shipment.objects.create(
        shop=shop,
        order=order,
        courier="JNE",
        promised_handover="2026-11-10",
        promised_latest="2026-11-12",
        handed_over_at=datetime(2026, 11, 11, 3, tzinfo=UTC),
        delivered_at=datetime(2026, 11, 15, 3, tzinfo=UTC),
    )
    return order


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """csv_file(text, encoding): a file on disk."""

    def write(text: str, encoding: str = "utf-8", name: str = "reviews.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def workbook(rows: list[list[Any]]) -> bytes:
    """An Excel file of these rows."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()
