"""Finding cases by their words: full text, then parts of words. Two steps, so that no plan walks the whole table.

PostgreSQL: a stored tsvector (Indonesian stems and plain words) and trigrams. SQLite: FTS5 with trigrams.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import connection

from cases.models import Case, SearchText
from shops import full_text
from shops.models import Shop
from shops.search import LONGEST

CAP = 2000  # a word that finds more is too common to sort by
MIN_LETTERS = 3
WORD = re.compile(r"\w+", re.UNICODE)


def index(case: Case, *texts: str) -> None:
    """Keep the words a case is found by: what was said, then the customer, the order and the code."""
    customer = case.customer.name if case.customer else ""
    order = f"{case.order.number} {case.order.item}" if case.order else ""
    words = " ".join([*texts, customer, order, case.code]).replace("\x00", "")
    SearchText.objects.update_or_create(case=case, defaults={"shop_id": case.shop_id, "text": words[:30_000]})


def find(shop: Shop, query: str) -> list[int] | None:
    """Ids of at most CAP cases of the shop whose words hold every word of the query; None for too short a query."""
    words = WORD.findall(query[:LONGEST].lower())
    if not words or max(map(len, words)) < MIN_LETTERS:
        return None
    look = in_postgres if connection.vendor == "postgresql" else in_sqlite
    return look(shop, words)


def in_postgres(shop: Shop, words: list[str]) -> list[int]:
    """Full text first; parts of words where that finds nothing."""
    wanted = " & ".join(f"{word}:*" for word in words)
    found = ids(
        "SELECT case_id FROM cases_searchtext WHERE shop_id = %s AND"
        " (words @@ to_tsquery('indonesian', %s) OR words @@ to_tsquery('simple', %s)) LIMIT %s",
        [shop.pk, wanted, wanted, CAP],
    )
    if found:
        return found
    # Of LIKE's own signs a word can only hold "_", which would stand for any letter.
    parts = [f"%{word.upper()}%".replace("_", r"\_") for word in words if len(word) >= MIN_LETTERS]
    where = " AND ".join(["UPPER(text) LIKE %s"] * len(parts))
    return ids(f"SELECT case_id FROM cases_searchtext WHERE shop_id = %s AND {where} LIMIT %s", [shop.pk, *parts, CAP])  # noqa: S608  (only placeholders are joined)


def in_sqlite(shop: Shop, words: list[str]) -> list[int]:
    """FTS5's trigrams find parts of words of three letters and more."""
    wanted = full_text.keys("cases_searchtext", [word for word in words if len(word) >= MIN_LETTERS], "text")
    return list(SearchText.objects.filter(pk__in=wanted, shop=shop).values_list("pk", flat=True)[:CAP])


def ids(sql: str, params: list[Any]) -> list[int]:
    """The first column of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
