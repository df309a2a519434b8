from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.tokens import clauses, fold, normalise, possessor, root, sentences, tokenise, words
from tests.growth import growth


@pytest.mark.parametrize(
    ("written", "norm"),
    [
        ("nggaaak", "tidak"),
        ("gaa", "tidak"),
        ("bangettt", "banget"),
        ("maaaaf", "maaf"),
        ("barang2", "barang"),
        ("udahh", "sudah"),
        ("goood", "good"),
        ("glass", "glass"),
        ("emas", "emas"),
        ("map", "map"),
        ("didnt", "didn't"),
        ("kirain", "kirain"),
    ],
)
def test_normalise_gives_one_spelling(written, norm):
    assert normalise(written) == norm


def test_tokens_cut_the_original_text():
    text = "Kak maaaaf, aku SALAH pilih ﬁle ukuran😭 cafe\u0301!!"
    assert [text[t.start : t.end] for t in tokenise(text)] == [
        *["Kak", "maaaaf", ",", "aku", "SALAH", "pilih", "ﬁle", "ukuran", "😭", "cafe\u0301", "!!"]
    ]


def test_fold_maps_wide_letters_home():
    folded = fold("x①ﬃy")
    assert folded.text == "x1ffiy"
    assert list(folded.origin) == [0, 1, 2, 2, 2, 3, 4]


def test_numbers_leave_their_unit_alone():
    assert words(tokenise("3x dikirim 150rb")) == ["0", "x", "dikirim", "0", "rb"]


def test_sentences_end_at_stops_and_lines():
    tokens = tokenise("satu dua. tiga?\nempat")
    assert [[t.norm for t in tokens[part]] for part in sentences(tokens)] == [["satu", "dua"], ["tiga"], ["empat"]]


def test_clauses_open_at_but():
    tokens = tokenise("emang aku telat bales, tp barangnya pecah")
    assert [tokens[part.start].norm for part in clauses(tokens)] == ["memang", "tapi"]


def test_root_strips_only_to_known_words():
    known = {"pencet", "ketik", "makan", "pilih"}
    found = [root(word, known) for word in ("kepencet", "ngetiknya", "makan", "dipilihin", "mobil")]
    assert found == ["pencet", None, "makan", "pilih", None]


def test_possessor_reads_clitics():
    assert [possessor(w) for w in ("hpku", "tokomu", "buku", "kamu", "tas")] == ["saya", "kamu", None, None, None]


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_ordered_spans_inside_it(text):
    tokens = tokenise(text)
    assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    assert all(a.start <= b.start for a, b in pairwise(tokens))
    assert sum(part.stop - part.start for part in sentences(tokens)) <= len(tokens)


@pytest.mark.parametrize("piece", ["aku salah pilih 😭 ", "e\u0301", "a", "\u0301", "'a", "1,", "ﷺ"])
def test_time_grows_in_line_with_length(piece):
    assert growth(tokenise, piece) < 40  # a square would be 100
