import json
import random

import pytest

pytest.importorskip("sklearn", reason="needs requirements-train.txt")

from complaints.attribution import training
from complaints.attribution.augment import hasty, longer
from complaints.attribution.training import Labelled, WorseError, held_out, lowest_threshold, rounded
from language.linear import load

SLIPS = [Labelled(f"maaf aku salah pilih {n} kak", "self", "wrong_item", "a") for n in "abcdefghij"]
FAULTS = [Labelled(f"barang {n} datang rusak, kecewa", "shop", "damaged", "a") for n in "abcdefghij"]
ASKS = [Labelled(f"ada garansi {n} ga kak?", "unclear", "other", "a") for n in "abcdefghij"]
SMALL = [row._replace(source=name) for name in "ab" for row in (*SLIPS, *FAULTS, *ASKS)]


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(training, "corpus", lambda: list(SMALL))
    monkeypatch.setattr(training, "BLAME_SETTINGS", training.Settings(min_count=1, folds=2, strength=50.0))
    monkeypatch.setattr(training, "LEAST_COVERAGE", 0.0)  # so few rows never reach the precision that decides
    monkeypatch.setattr(training, "held_out", lambda text: " j " in text or " i " in text)


def test_longer_messages_keep_who_is_blamed():
    made = longer(SMALL)
    assert made == longer(SMALL)
    both = [row for row in made if "salah pilih" in row.text and "rusak" in row.text]
    assert both
    assert all(row.blame == "shop" and row.text.index("salah") < row.text.index("rusak") for row in both)


def test_hasty_messages_have_slips_of_the_finger_and_the_same_blame():
    made = hasty(SMALL)
    assert made == hasty(SMALL)
    blames = {row.text: row.blame for row in SMALL}
    assert any(row.text not in blames for row in made)
    assert all(row.blame == blames[row.text] for row in made if row.text in blames)


def test_review_rows_weigh_as_reviews_blame(tmp_path):
    for name in ("review_a", "chat_a"):
        lines = [{"text": row.text, "blame": row.blame} for row in (*SLIPS, *FAULTS, *ASKS)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    rows = training.corpus(tmp_path)
    weight, shares = {(row.source, row.blame): row.weight for row in rows}, training.REVIEW_SHARES
    assert weight["chat_a", "self"] == weight["chat_a", "shop"] == 1
    assert weight["review_a", "shop"] / weight["review_a", "self"] == pytest.approx(shares["shop"] / shares["self"])


def test_one_row_in_ten_is_held_out():
    share = sum(held_out(str(n)) for n in range(5_000)) / 5_000
    assert 0.08 < share < 0.12


def test_lowest_threshold_reaches_the_wanted_precision():
    assert lowest_threshold([0.9, 0.8, 0.7, 0.6], [True, True, False, True], [1.0] * 4, 1.0) == 0.8
    assert lowest_threshold([0.9], [False], [1.0], 1.0) > 1


def test_a_shops_model_learns_from_its_staff(small, tmp_path):
    card = training.train_for_shop([("mbuh rek piye iki", "shop", 1.0)] * 3, tmp_path / "shop.gz")
    assert (tmp_path / "shop.gz").exists()
    assert card["macro_f1_after"] >= card["macro_f1_before"]
    assert load(tmp_path / "shop.gz").card["threshold"] > 0


def rows_of(blame_of):
    """What staff tapped on forty messages of a shop, as (text, blame, weight)."""
    return [(f"{row.text} lagi", blame_of(row.blame), 1.0) for row in (*SLIPS, *FAULTS) for _ in "ab"]


def test_taps_against_sure_suggestions_are_refused_before_any_training(small, tmp_path, monkeypatch):
    monkeypatch.setattr(training, "fit_blame", None)
    exchanged = rows_of({"self": "shop", "shop": "self"}.get)
    with pytest.raises(WorseError, match="sure suggestions"):
        training.train_for_shop(exchanged, tmp_path / "shop.gz")
    assert not (tmp_path / "shop.gz").exists()


def test_taps_drawn_by_lot_are_refused(small, tmp_path):
    draw = random.Random(1)
    with pytest.raises(WorseError, match="sure suggestions"):
        training.train_for_shop(rows_of(lambda blame: draw.choice(["self", "shop", "unclear"])), tmp_path / "shop.gz")


def test_right_taps_are_published(small, tmp_path):
    card = training.train_for_shop(rows_of(str), tmp_path / "shop.gz")
    assert card["shop_weight"] in training.SHOP_WEIGHTS
    assert card["macro_f1_after"] >= card["macro_f1_before"]


def scripted(monkeypatch, scores):
    """Validation scores of the shipped model and then of ever lighter rows of the shop."""
    weights, left = [], iter(scores)
    monkeypatch.setattr(training, "fit_blame", lambda rows, own=(): weights.append([row.weight for row in own]))
    monkeypatch.setattr(training, "guesses_of", lambda judge, out: [])
    monkeypatch.setattr(training, "macro_f1", lambda truth, guesses: next(left))
    return weights


def test_lighter_rows_are_tried_where_heavy_ones_do_harm(monkeypatch):
    weights = scripted(monkeypatch, [0.80, 0.79, 0.7999, 0.80])
    found = training.harmless_weight(SMALL, [Labelled("a", "self")])
    assert found == {"shop_weight": 0.5, "macro_f1_before": 0.80, "macro_f1_after": 0.80}
    assert weights == [[], [2.0], [1.0], [0.5]]


def test_a_worse_model_is_not_published(monkeypatch):
    scripted(monkeypatch, [0.80, 0.7999, 0.7, 0.7, 0.7])
    with pytest.raises(WorseError, match=r"0\.800 with the shop's 1 rows, 0\.800 without"):
        training.harmless_weight(SMALL, [Labelled("a", "self")])


def test_a_model_that_decides_next_to_nothing_is_not_published(small, tmp_path, monkeypatch):
    monkeypatch.setattr(training, "LEAST_COVERAGE", 1.01)
    with pytest.raises(WorseError, match="would decide only"):
        training.train_for_shop(rows_of(str), tmp_path / "shop.gz")
    assert not (tmp_path / "shop.gz").exists()


def test_new_rows_leave_alone_what_is_made_of_the_old_ones():
    more = [Labelled("kok belum sampai ya kak, sudah seminggu", "shop", source="c")]
    for made in (longer, hasty):
        old = made(SMALL)
        assert made([*SMALL, *more])[: len(old)] == old


def test_rounded_reaches_into_lists_and_dicts():
    assert rounded({"a": [0.123456, {"b": 1}]}) == {"a": [0.1235, {"b": 1}]}
