import pytest

from language.linear import dump

pytest.importorskip("sklearn", reason="needs requirements-train.txt")

from language.linear import LinearModel, softmax
from language.training import Examples, Scaling, Settings, best_scaling, best_temperature, fit, folds, scaled, train

GOOD, BAD = {"w:good": 1.0}, {"w:bad": 1.0}
EXAMPLES = Examples([GOOD, BAD] * 12, ["yes", "no"] * 12, [1.0] * 24, ["a"] * 12 + ["b"] * 12)


def test_a_trained_model_tells_its_examples_apart():
    model = train(EXAMPLES, Settings(folds=2))
    assert model.probabilities(GOOD)["yes"] > 0.8
    assert model.probabilities(BAD)["no"] > 0.8


def test_log_count_ratios_tell_examples_apart_and_keep_the_heaviest():
    model = train(EXAMPLES, Settings(folds=2, ratios=0.5, keep=1, strength=10.0))
    assert len(model.weights) == 1
    assert model.scores(GOOD) != model.scores(BAD)
    whole = train(EXAMPLES, Settings(folds=2, ratios=0.5, strength=10.0))
    assert whole.probabilities(GOOD)["yes"] > 0.8
    assert whole.probabilities(BAD)["no"] > 0.8


def test_rows_count_by_their_weight_in_the_temperature():
    scores, truth = [[2.0, 0.0]] * 2, [0, 1]
    assert best_temperature(scores, truth, [1.0, 0.01]) < best_temperature(scores, truth, [1.0, 0.5])


@pytest.mark.parametrize("ratios", [None, 0.5])
def test_training_twice_gives_the_same_file(tmp_path, ratios):
    for name in "ab":
        dump(train(EXAMPLES, Settings(folds=2, ratios=ratios)), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_folds_keep_groups_together():
    for train_part, test_part in folds(["a", "b", "a", "b"], ["x"] * 4, 5):
        assert sorted(train_part + test_part) == [0, 1, 2, 3]
        assert sorted(test_part) in ([0, 2], [1, 3])


def test_overconfident_scores_get_a_higher_temperature():
    sure_but_half_wrong = [[9.0, 0.0]] * 10
    assert best_temperature(sure_but_half_wrong, [0, 1] * 5) > 5


def test_scaling_trusts_a_label_as_much_as_it_is_right():
    sure = [[4.0, 0.0]] * 10 + [[0.0, 4.0]] * 10
    scaling = best_scaling(sure, [0] * 9 + [1] + [1] * 6 + [0] * 4)
    assert softmax(scaling.of([4.0, 0.0]))[0] == pytest.approx(0.9, abs=0.01)
    assert softmax(scaling.of([0.0, 4.0]))[1] == pytest.approx(0.6, abs=0.01)


def test_a_scaled_model_gives_scaled_scores():
    model = LinearModel(("no", "yes"), (0.5, -0.5), {"w:a": (1.0, 2.0)})
    scaling = Scaling((2.0, 3.0), (0.1, 0.2))
    assert scaled(model, scaling).scores({"w:a": 1.0}) == pytest.approx(scaling.of(model.scores({"w:a": 1.0})))


def test_new_features_leave_the_halves_of_the_old_ones_alone():
    more = Examples([*EXAMPLES.vectors, {"w:new": 1.0}], [*EXAMPLES.labels, "yes"], [1.0] * 25, ["a"] * 25)
    light = Examples(more.vectors, more.labels, [1.0] * 24 + [1e-9], more.groups)
    settings = Settings(min_count=1, ratios=0.5, strength=10.0)
    before, after = fit(EXAMPLES, settings), fit(light, settings)
    assert after.weights["w:good"] == pytest.approx(before.weights["w:good"], rel=0.2)
