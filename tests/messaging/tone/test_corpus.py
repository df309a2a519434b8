"""The corpus: rows are labelled, and the near misses do not repeat each other."""

from language.corpus import near_duplicates, read_all
from messaging.tone.rules import RULES
from messaging.tone.training import CORPUS, rows_of


def test_every_row_has_a_label_that_its_file_name_tells() -> None:
    assert {(row["source"].split("_")[0], row["label"]) for row in rows_of()} == {("bad", "bad"), ("ok", "ok")}
    kinds = {row.get("category") for row in rows_of() if row["label"] == "bad"} - {None}
    assert {kind for kind in kinds if kind.startswith("G")} == set(RULES)


def test_near_misses_do_not_repeat_each_other() -> None:
    texts = [row["text"] for row in read_all(CORPUS.glob("*near_miss*.jsonl"))]
    assert [(texts[twin.first], texts[twin.second]) for twin in near_duplicates(texts)] == []
