"""The cue grammar: what a pattern matches, and where in the text."""

import pytest

from language.frames import Frame, Grammar, Lexicon
from language.tokens import tokenise

WORDS = Lexicon({"LATE": "telat lambat", "NEG": "tidak bukan", "THING": "paket barang"})


def found(pattern: str, text: str) -> list[str]:
    grammar = Grammar([Frame("f", "fault", pattern, "id", "en")], WORDS)
    return [text[cue.start : cue.end] for cue in grammar.find(tokenise(text))]


@pytest.mark.parametrize(
    ("pattern", "text", "spans"),
    [
        ("LATE", "Paketnya TELAT banget", ["TELAT"]),
        ("THING ~1 LATE", "paket saya telat", ["paket saya telat"]),
        ("THING ~1 LATE", "paket. telat", []),
        ("<!NEG LATE", "tidak telat", []),
        ("LATE !THING", "telat paket", []),
        ("NEG? LATE", "tidak telat", ["tidak telat"]),
        ("LATE|besok", "besok", ["besok"]),
    ],
)
def test_pattern_matches_as_written(pattern, text, spans):
    assert found(pattern, text) == spans


def test_affixed_word_is_found_by_its_root():
    assert found("THING", "barangnya") == ["barangnya"]


def test_a_frames_own_word_stands_for_itself_with_the_suffix_too():
    frame = Frame("f", "fault", "besok LATE", "id", "en")
    for suffix, size in (("nya", 1), ("", 0)):
        assert len(Grammar([frame], WORDS, suffix=suffix).find(tokenise("besoknya telat"))) == size


def test_unknown_class_is_refused():
    with pytest.raises(ValueError, match="NOSUCH"):
        found("NOSUCH", "telat")


def test_gaps_stop_at_a_sentence_end():
    assert found("THING ~4 LATE", "paket yang saya tunggu telat")
    assert not found("THING ~4 LATE", "paket. telat")


def test_a_word_after_a_mark_opens_a_clause():
    assert found("NEG !OPEN THING", "bukan paket")
    assert not found("NEG !OPEN THING", "bukan, paket")


def test_a_word_as_written_has_a_class_of_its_own():
    words = Lexicon({"SHOP": "kakak toko"}, as_written={"kak": ("VOCATIVE",)})
    grammar = Grammar([Frame("f", "fault", "SHOP", "id", "en")], words)
    assert not grammar.find(tokenise("kak"))
    assert grammar.find(tokenise("kakak"))


def test_slang_roots_and_clitics_have_classes():
    words = Lexicon({"READ": "baca"}, spellings={"bacain": "baca"}, mine="MY")
    assert words.of("dibacain") == ("READ",)
    assert words.of("laptopku") == ("MY",)
