from collections import Counter

import pytest

from complaints.attribution.training import CORPUS
from language.corpus import near_duplicates, read_all

FAILURES = {
    *("wrong_item", "damaged", "late", "not_received", "refund_or_cancel", "not_as_described", "rude_service"),
    *("site_problem", "privacy", "fit_or_changed_mind", "unpaid_booking", "other", "unknown"),
}


@pytest.fixture(scope="module")
def rows():
    return read_all(CORPUS.glob("*.jsonl"))


def test_there_are_five_thousand_messages_of_every_kind(rows):
    assert len(rows) >= 5_000
    assert {row["failure"] for row in rows} == FAILURES
    blames = Counter(row["blame"] for row in rows)
    assert set(blames) == {"self", "shop", "unclear"}
    assert min(blames.values()) > 1_000


def test_every_row_has_its_fields(rows):
    assert all(row["lang"] in ("id", "en", "mixed") for row in rows)
    assert all(isinstance(row["hard"], bool) for row in rows)
    assert all(row["text"].strip() for row in rows)


def test_languages_have_their_share(rows):
    share = {name: count / len(rows) for name, count in Counter(row["lang"] for row in rows).items()}
    assert share["id"] > 0.5
    assert min(share["en"], share["mixed"]) > 0.15


def test_no_two_messages_are_nearly_the_same(rows):
    texts = [row["text"] for row in rows]
    assert [(texts[twin.first], texts[twin.second]) for twin in near_duplicates(texts)] == []
