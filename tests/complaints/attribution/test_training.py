import json

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
    weight = {(row.source, row.blame): row.weight for row in rows}
    assert weight["chat_a", "self"] == weight["chat_a", "shop"] == 1
    assert weight["review_a", "shop"] / weight["review_a", "self"] == pytest.approx(0.64 / 0.10)


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


def test_a_worse_model_is_not_published(small, tmp_path):
    wrong = [(row.text, "unclear", 5.0) for row in [*SLIPS, *FAULTS]]
    with pytest.raises(WorseError, match="macro-F1 0"):
        training.train_for_shop(wrong, tmp_path / "shop.gz")
    assert not (tmp_path / "shop.gz").exists()


def test_a_few_answers_lost_by_chance_are_not_worse():
    truth = ["self"] * 100
    before = ["self"] * 90 + ["shop"] * 10
    assert not training.worse(truth, before, ["shop"] * 5 + ["self"] * 85 + ["self"] * 3 + ["shop"] * 7)
    assert training.worse(truth, before, ["shop"] * 20 + ["self"] * 70 + ["self"] * 3 + ["shop"] * 7)
    assert not training.worse(truth, before, before)


def test_rounded_reaches_into_lists_and_dicts():
    assert rounded({"a": [0.123456, {"b": 1}]}) == {"a": [0.1235, {"b": 1}]}
