import pytest

from complaints.attribution import suggest
from complaints.attribution.confidence import confidence, fit, witnesses
from complaints.attribution.model import blame
from language.frames import Cue

EVEN = {"self": 0.2, "shop": 0.7, "unclear": 0.1}


def cue(name, side):
    return Cue(0, 1, "", "", side, name)


def test_witnesses_tell_cues_for_from_cues_against():
    found = witnesses(EVEN, [cue("wanted_got", "shop")])
    assert (found["strong_for"], found["cues_for"], found["cues_against"]) == (1, 1, 0)
    found = witnesses(EVEN, [cue("pressed", "self")])
    assert (found["strong_against"], found["cues_against"], found["strong_for"]) == (1, 1, 0)


@pytest.mark.parametrize("chances", [{"self": 1.0, "shop": 0.0, "unclear": 0.0}, {"self": 1.0}])
def test_a_certain_model_gives_finite_numbers(chances):
    weights = dict.fromkeys(witnesses(chances, []), 1.0) | {"bias": 0.0}
    assert 0 <= confidence(weights, witnesses(chances, [])) <= 1


def test_unanimous_strong_cues_raise_the_shipped_confidence():
    weights = blame().card["confidence"]
    alone = confidence(weights, witnesses(EVEN, []))
    helped = confidence(weights, witnesses(EVEN, [cue("wanted_got", "shop")]))
    hindered = confidence(weights, witnesses(EVEN, [cue("pressed", "self")]))
    assert helped > alone
    assert helped > hindered


def test_the_weights_are_learned_from_what_was_right():
    pytest.importorskip("sklearn", reason="needs requirements-train.txt")
    seen = [witnesses(EVEN, [cue("wanted_got", "shop")]), witnesses(EVEN, [cue("pressed", "self")])] * 20
    weights = fit(seen, [True, False] * 20, [1.0] * 40)
    assert weights["strong_for"] > 0 > weights["strong_against"]
    assert fit(seen, [True] * 40, [1.0] * 40)["bias"] > 0


def test_a_model_without_such_weights_shows_its_bare_probability():
    from dataclasses import replace

    judge = blame()
    bare = replace(judge, card={"threshold": 0.9})
    found = suggest("barangnya pecah semua kak", bare)
    assert found.confidence == max(found.probabilities.values())
