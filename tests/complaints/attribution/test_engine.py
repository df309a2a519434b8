import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from complaints.attribution import suggest
from complaints.attribution.engine import IMPLIED, disagree, tempered
from language.frames import Cue
from tests.growth import growth


@pytest.mark.parametrize(
    ("text", "blame"),
    [
        ("kak maaf aku salah pilih ukuran hehe bisa tukar ga?", "self"),
        ("pesen biru yg dateng item, gimana sih", "shop"),
        ("emang aku telat bales, tapi barangnya pecah", "shop"),
        ("min salah kirim ya? aku pesennya yg merah", "shop"),
        ("aku salah pesan kak, harusnya yang merah", "self"),
        ("bukan salah saya ya kak, saya sudah tulis warna merah", "shop"),
        ("mantap, 9 hari baru sampe", "shop"),
        ("should have read the size chart, my bad", "self"),
        ("ada garansinya ga kak?", "unclear"),
        ("paketnya sampai mana ya kak?", "unclear"),
        ("aduh kepencet checkout dua kali, maaf ya", "self"),
    ],
)
def test_traps(text, blame):
    assert suggest(text).blame == blame


def test_a_clear_slip_is_decided_with_its_reason():
    found = suggest("kak maaf banget aku salah pilih ukuran, harusnya L. bisa diganti?")
    assert found.decided
    assert found.confidence > 0.9
    assert any(cue.points_to == "self" for cue in found.cues)


def test_the_threshold_can_be_a_shops_own():
    text = "kak maaf banget aku salah pilih ukuran, harusnya L. bisa diganti?"
    assert not suggest(text, threshold=1.01).decided
    assert suggest(text, threshold=0.0).decided


@pytest.mark.parametrize(
    "text", ["", "   ", "😭😭😭", "12345", "<br><br>", "商品が届きません", "товар не пришел", "!!!???"]
)
def test_what_cannot_be_read_is_unclear_and_undecided(text):
    found = suggest(text)
    assert (found.blame, found.decided, found.failure) == ("unclear", False, "unknown")
    assert found.note_id
    assert found.note_en


def test_html_is_passed_over_and_cues_stay_in_place():
    text = "<p class='x'>kak maaf <b>aku salah pilih</b> ukuran</p>"
    cue = next(cue for cue in suggest(text).cues if cue.name == "slip_choose")
    assert text[cue.start : cue.end] == "salah pilih"


def _cue(name, side):
    return Cue(0, 1, "", "", side, name)


def test_a_slip_that_no_cue_tells_of_counts_less():
    even = {"self": 0.4, "shop": 0.4, "unclear": 0.2}
    found = tempered(even, [])
    assert found["self"] / found["shop"] == pytest.approx(IMPLIED)
    assert sum(found.values()) == pytest.approx(1.0)
    assert tempered(even, [Cue(0, 5, "", "", "self", "my_fault")]) == even


def test_strong_cues_against_an_unsure_model_disagree():
    assert disagree("shop", 0.6, [_cue("pressed", "self")])
    assert not disagree("shop", 0.97, [_cue("pressed", "self")])
    assert not disagree("self", 0.6, [_cue("pressed", "self")])
    assert not disagree("shop", 0.6, [_cue("pressed", "self"), _cue("wanted_got", "shop")])
    assert not disagree("shop", 0.6, [_cue("pressed", "self"), _cue("damaged", "shop")])


@given(st.text(max_size=400))
@example("\ud800 aku salah pilih")
@example("é\u0301" * 200)
@example("﷽" * 50)
@settings(max_examples=150, deadline=None)
def test_any_text_gets_an_answer(text):
    found = suggest(text)
    assert found.blame in ("self", "shop", "unclear")
    assert 0 <= found.confidence <= 1
    assert sum(found.probabilities.values()) == pytest.approx(1)
    assert all(0 <= cue.start < cue.end <= len(text) for cue in found.cues)


@pytest.mark.parametrize("piece", ["aku salah pilih 😭 ", "a", "\u0301", "<b>x</b> ", "? ", "salah "])
def test_time_grows_no_faster_than_length(piece):
    assert growth(suggest, piece) < 40  # a square would be 100; bench/attribution.py gives the milliseconds


def test_the_end_of_a_long_text_is_read():
    text = "halo kak. " * 1_000 + "maaf aku salah pilih ukuran"
    cues = [cue for cue in suggest(text).cues if cue.name == "slip_choose"]
    assert [text[cue.start : cue.end] for cue in cues] == ["salah pilih"]
