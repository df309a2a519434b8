"""The second opinion: only warns, says so, and may be absent."""

from pathlib import Path

import pytest

from language.linear import LinearModel
from messaging.tone import check, hunch


def use(monkeypatch: pytest.MonkeyPatch, model: LinearModel | None) -> None:
    monkeypatch.setattr(hunch, "model", lambda: model)


SURE = LinearModel(("bad", "ok"), (5.0, -5.0), {}, 1.0, {"threshold": 0.5})


def test_hunch_alone_only_warns_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, SURE)
    report = check("Paketnya jalan ya kak.")
    assert [(f.level, f.hunch, f.rule) for f in report.findings] == [("warn", True, "G3")]
    assert report.ok
    assert report.findings[0].reason.en.startswith("A hunch")


def test_hunch_is_silent_where_frames_spoke(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, SURE)
    assert not any(finding.hunch for finding in check("Salah kakak sendiri.").findings)


def test_guard_works_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, None)
    assert check("Paketnya jalan ya kak.").findings == ()
    assert hunch.suspicion("apa saja") == 0.0


def test_damaged_file_counts_as_no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "hunch.json.gz"
    broken.write_bytes(b"no gzip")
    monkeypatch.setattr(hunch, "MODEL", broken)
    hunch.model.cache_clear()
    try:
        assert hunch.model() is None
    finally:
        hunch.model.cache_clear()


def test_shipped_model_has_a_card_with_its_figures() -> None:
    model = hunch.model()
    assert model is not None
    assert 0.5 < model.card["threshold"] < 1
    assert model.card["files_left_out"]["ok_share"] <= 0.02
    assert model.card["files_left_out"]["bad_share"] >= 0.72


HARMLESS = LinearModel(("G1", "ok"), (-5.0, 5.0), {}, 1.0, {"threshold": 0.9, "harmless_below": 0.3})
BLAMING = LinearModel(("G1", "ok"), (5.0, -5.0), {}, 1.0, {"threshold": 0.9, "harmless_below": 0.3})


def test_finding_is_dropped_where_the_model_is_sure_that_the_sentence_is_harmless(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch, HARMLESS)
    assert check("Itu salah kakak sendiri, bukan salah kami.").findings == ()
    assert check("Salah kakak sendiri.").blocked  # too few words to doubt a frame by


def test_what_the_shop_listed_and_what_is_shouted_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, HARMLESS)
    assert [f.frame for f in check("Halo kakak ya.", extra_words={"G1": ["halo kakak"]}).findings] == ["shop-list"]
    assert [f.frame for f in check("PAKETNYA SUDAH KAMI KIRIM").findings] == ["shouting"]


def test_hunch_names_the_likeliest_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BLAMING)
    report = check("Paketnya jalan ya kak.")
    assert [(f.rule, f.level, f.hunch) for f in report.findings] == [("G1", "warn", True)]
    assert report.findings[0].reason.en.startswith("A hunch: blaming the customer")


def test_kind_words_around_an_offence_do_not_undo_it() -> None:
    kind = " Mohon maaf kak, tasnya telat 3 hari. Terima kasih sudah mengabari. Kami kabari lagi besok jam 10 ya kak."
    assert "G6" in {finding.rule for finding in check("Bayar sekarang atau kami blacklist." + kind).findings}
