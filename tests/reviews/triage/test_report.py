"""The measured promises of triage, on real reviews kept beside the project; and the figures' arithmetic."""

import os
from pathlib import Path

import pytest

from language.corpus import near_duplicates, read, read_all
from reviews.triage import Assessment, model
from reviews.triage.report import evaluate, render
from reviews.triage.training import CORPUS

DATA = Path(os.environ.get("SHOPCARE_DATA", Path(__file__).parents[4] / "shared" / "data"))


@pytest.fixture(scope="module")
def real():
    file = DATA / "review_dev.jsonl"
    if not file.exists():
        pytest.skip(f"no real reviews at {DATA}: set SHOPCARE_DATA")
    return evaluate(list(read(file)))


def test_real_reviews_reach_the_promised_f1(real):
    assert real["f1"] >= 0.90


def test_complaints_inside_high_stars_are_found(real):
    assert real["high_stars"]["recall"] >= 0.93


def test_harmless_low_ratings_are_rarely_urgent(real):
    assert real["calm_low"]["urgent"] <= 0.08


def judge(stars: int, text: str) -> Assessment:
    return Assessment(stars <= 3, "normal" if stars <= 3 else "none", ("product",), (), 0.9)


def test_figures_of_a_known_judge():
    rows = [
        {"text": "a", "stars": 2, "needs_followup": True},
        {"text": "b", "stars": 3, "needs_followup": False},
        {"text": "c", "stars": 4, "needs_followup": True},
        {"text": "d", "rating": 5.0, "needs_followup": False},
    ]
    found = evaluate(rows, judge)
    assert (found["precision"], found["recall"], found["high_stars"]["recall"]) == (0.5, 0.5, 0.0)
    assert "4 rows" in render(found)


def test_shipped_card_tells_how_it_was_measured():
    assert model.CARD_FILE.exists()
    assert 0 < model.shipped(model.FOLLOWUP).card["threshold"] < 1


def test_corpus_has_no_near_duplicates():
    texts = [row["text"] for row in read_all(CORPUS.glob("*.jsonl"))]
    assert near_duplicates(texts) == []
