import pytest

from language.features import char_ngrams, vector, word_ngrams
from language.linear import LinearModel, dump, load, softmax

MODEL = LinearModel(("no", "yes"), (0.1, -0.1), {"w:good": (-1.0, 1.0), "w:bad\ud800\n": (1.0, -1.0)}, 0.5, {"rows": 2})


def test_a_dumped_model_loads_the_same(tmp_path):
    dump(MODEL, tmp_path / "m.gz")
    again = load(tmp_path / "m.gz")
    assert again.labels == MODEL.labels
    assert again.card == MODEL.card
    assert again.scores({"w:good": 1.0}) == pytest.approx(MODEL.scores({"w:good": 1.0}), abs=1e-3)


def test_dump_is_deterministic(tmp_path):
    dump(MODEL, tmp_path / "a.gz")
    dump(MODEL, tmp_path / "b.gz")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_unknown_features_do_not_count():
    assert MODEL.probabilities({"w:?": 5.0}) == MODEL.probabilities({})


def test_another_format_is_refused(tmp_path):
    import gzip

    (tmp_path / "m.gz").write_bytes(gzip.compress(b'{"format": 99}'))
    with pytest.raises(ValueError, match="format 99"):
        load(tmp_path / "m.gz")


def test_softmax_adds_up_to_one_even_for_huge_scores():
    assert sum(softmax([1e4, -1e4, 0.0])) == pytest.approx(1.0)


def test_word_ngrams_are_runs():
    assert word_ngrams(["a", "b", "c"], (1, 2)) == ["w:a", "w:b", "w:c", "w:a_b", "w:b_c"]


def test_char_ngrams_mark_word_ends():
    assert char_ngrams(["ab"], (3,)) == ["c:_ab", "c:ab_"]


def test_a_vector_weighs_short_and_long_groups_alike():
    values = vector([(["w:a", "w:a", "w:b"], 1.0), (["c:x"], 2.0), ([], 1.0)])
    assert values["w:a"] ** 2 + values["w:b"] ** 2 == pytest.approx(1.0)
    assert values["c:x"] == 2.0
