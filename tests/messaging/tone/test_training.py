"""Training the hunch on a corpus of a few rows."""

import json
from pathlib import Path

import pytest

from messaging.tone import hunch, training


def test_training_learns_and_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn")
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


def seen(*pairs: tuple[float, float | None]) -> list[training.Seen]:
    return [training.Seen(*pair) for pair in pairs]


def test_limits_allow_the_wanted_share_of_alarms() -> None:
    rows = seen(*((n / 100, None) for n in range(100)), (1.0, None))
    limits = training.limits_for(rows, [True] * 100 + [False], 0.02)
    assert sum(training.speaks(row, limits) for row in rows[:100]) == 2


def test_findings_of_which_the_model_is_sure_leave_room_for_the_threshold() -> None:
    rows = seen((0.1, 0.05), (0.7, None), (0.9, 0.9))
    limits = training.limits_for(rows, [True, True, False], 0.5)
    assert limits.harmless_below == training.SURE
    assert [training.speaks(row, limits) for row in rows] == [False, True, True]


def test_shipped_model_was_made_from_this_corpus_and_lexicon() -> None:
    """Stale? Run `manage.py train_tone` (requirements-train.txt) and commit the file with the change."""
    model = hunch.model()
    assert model is not None
    assert training.stale(model.card) == []


def test_changed_text_makes_a_model_stale_and_a_new_file_does_not(tmp_path: Path) -> None:
    path = tmp_path / "bad_x.jsonl"
    path.write_text('{"text": "hmm"}', encoding="utf-8")
    card = {"made_from": training.sources(tmp_path)}
    (tmp_path / "ok_x.jsonl").write_text('{"text": "ya"}', encoding="utf-8")
    assert training.stale(card, tmp_path) == []
    path.write_text('{"text": "hm"}', encoding="utf-8")
    assert training.stale(card, tmp_path) == ["bad_x.jsonl"]
