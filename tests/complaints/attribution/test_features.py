import pytest

from complaints.attribution import features
from language.frames import Cue


def cue(side):
    return Cue(0, 4, "", "", side, f"frame of {side}")


def norms(text):
    return [token.norm for token in features.read(text).tokens]


@pytest.mark.parametrize("text", ["barang di kirim kemarin", "barang d kirim kemarin", "barang dikirim kemarin"])
def test_a_passive_in_two_words_is_read_as_one(text):
    assert norms(text) == ["barang", "dikirim", "kemarin"]


def test_a_place_after_di_stays_two_words():
    assert norms("beli di toko") == ["beli", "di", "toko"]


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("salah satu gelas", ["salahsatu", "gelas"]),
        ("pas dibuka", ["saat", "dibuka"]),
        ("pas di badan", ["pas", "di", "badan"]),
    ],
)
def test_words_that_mean_another_thing_together_are_read_so(text, norms):
    assert [token.norm for token in features.read(text).tokens] == norms


def test_a_joined_passive_keeps_its_place_in_the_text():
    text = "paket di  kirim"
    token = features.read(text).tokens[-1]
    assert text[token.start : token.end] == "di  kirim"


def test_cues_are_counted_in_steps_and_missing_sides_named():
    assert features.counts([cue("shop"), cue("shop"), cue("self")]) == [
        *("q:shop>=1", "q:shop>=2", "q:self>=1"),
        "q:no_unclear",
    ]


def test_without_cues_every_side_is_missing():
    assert features.counts([]) == ["q:no_self", "q:no_shop", "q:no_unclear"]
