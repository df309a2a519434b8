"""The pattern language."""

import pytest

from messaging.tone.patterns import Span, compile_pattern, match


def board(text: str) -> tuple[dict[str, int], int]:
    words = text.split()
    bits: dict[str, int] = {}
    for place, word in enumerate(words):
        bits[word] = bits.get(word, 0) | 1 << place
    bits["@no"] = bits.get("tidak", 0)
    return bits, (1 << len(words)) - 1


def first(source: str, text: str) -> Span | None:
    bits, mask = board(text)
    return next((span for pattern in compile_pattern(source) if (span := match(pattern, bits, mask))), None)


@pytest.mark.parametrize(
    ("source", "text", "span"),
    [
        ("a b", "x a b", Span(1, 2)),
        ("a b", "a x b", None),
        ("a ..1 b", "a x b", Span(0, 2)),
        ("a .. b", "a x x x x b", None),
        ("a|c b", "c b", Span(0, 1)),
        ("a x? b", "a b", Span(0, 1)),
        ("a x? b", "a x b", Span(0, 2)),
        ("^ a", "x a", None),
        ("a $", "x a", Span(1, 1)),
        ("a $", "a x", None),
        ("~a", "tidak x a", None),
        ("~a", "tidak x x x a", Span(4, 4)),
        ("a ?", "a ?", Span(0, 1)),
        ("a|?", "?", Span(0, 0)),
    ],
)
def test_pattern_matches_as_written(source: str, text: str, span: Span | None) -> None:
    assert first(source, text) == span


def test_match_stays_inside_its_clause() -> None:
    bits, _ = board("a x b")
    assert match(compile_pattern("a ..3 b")[0], bits, 0b011) is None


def test_nearest_start_is_marked() -> None:
    assert first("a ..5 b", "a a x b") == Span(1, 3)


def test_pattern_needs_a_required_element() -> None:
    with pytest.raises(ValueError, match="required element"):
        compile_pattern("^ a?")
