"""Training the hunch on a corpus of a few rows."""

import json
from pathlib import Path

import pytest

from messaging.tone import hunch, training

pytest.importorskip("sklearn")


def test_training_learns_and_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("a", "b"):
        rows = [{"text": f"hmm menarik sekali ya {part}{n}", "label": "bad"} for n in range(6)]
        rows += [{"text": f"resinya kami kirim {part}{n}", "label": "ok"} for n in range(6)]
        (tmp_path / f"x_{part}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    model = training.train(training.rows_of(tmp_path))
    assert model.card["rows"] == {"bad": 12, "ok": 12}
    training.save(model, tmp_path / "hunch.json.gz")
    monkeypatch.setattr(hunch, "MODEL", tmp_path / "hunch.json.gz")
    hunch.model.cache_clear()
    try:
        assert hunch.suspicion("hmm menarik sekali ya") > hunch.suspicion("resinya kami kirim")
    finally:
        hunch.model.cache_clear()


def test_empty_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no corpus"):
        training.rows_of(tmp_path)


def test_threshold_allows_the_wanted_share_of_alarms() -> None:
    labels = ["ok"] * 100 + ["bad"]
    limit = training.threshold([n / 100 for n in range(100)] + [1.0], labels, [False] * 101, 0.02)
    assert sum(n / 100 >= limit for n in range(100)) == 2
