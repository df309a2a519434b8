"""Frames against a text: which hold where. The patterns are indexed by concept so that few are tried per clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from messaging.tone.frames import FORBIDDEN, REQUIRED
from messaging.tone.frames.money import MONEY_AT_CHECK_IN
from messaging.tone.patterns import Pattern, Span, compile_pattern, concepts_used, match
from messaging.tone.reading import Clause, Sentence, Word
from messaging.tone.rules import Frame


class Compiled(NamedTuple):
    """A frame with its patterns compiled."""

    frame: Frame
    when: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    redeemed: tuple[Pattern, ...]


class Hit(NamedTuple):
    """A frame that holds, with its span in the raw text."""

    frame: Frame
    start: int
    end: int
    sentence: int


def _compile(frame: Frame) -> Compiled:
    def rows(sources: Iterable[str]) -> tuple[Pattern, ...]:
        return tuple(pattern for source in sources for pattern in compile_pattern(source))

    return Compiled(frame, rows(frame.when), rows(frame.unless), rows(frame.redeemed))


class Entry(NamedTuple):
    """A pattern of a frame, with the names of its second rarest step as bits: one AND tells that it cannot match."""

    frame: int
    pattern: Pattern
    also: int


class Index(NamedTuple):
    """Compiled frames, found by any concept of a pattern's rarest step; `bits` numbers the names."""

    frames: tuple[Compiled, ...]
    by_concept: Mapping[str, tuple[Entry, ...]]
    bits: Mapping[str, int]


def build_index(frames: Sequence[Frame]) -> Index:
    """Compile frames and file each pattern under the concepts of its rarest step."""
    compiled = tuple(_compile(frame) for frame in frames)
    by_concept: dict[str, list[Entry]] = {}
    bits: dict[str, int] = {}
    for place, entry in enumerate(compiled):
        for pattern in entry.when:
            other = min(
                (step.names for step in pattern.steps if step.names != pattern.key), key=len, default=pattern.key
            )
            also = sum(bits.setdefault(name, 1 << len(bits)) for name in set(other))
            for name in pattern.key:
                by_concept.setdefault(name, []).append(Entry(place, pattern, also))
    return Index(compiled, {name: tuple(rows) for name, rows in by_concept.items()}, bits)


CHAT_INDEX = build_index(FORBIDDEN)
CHECK_IN_INDEX = build_index((*FORBIDDEN, MONEY_AT_CHECK_IN))
REQUIRED_INDEX = build_index(REQUIRED)


def _literals() -> frozenset[str]:
    names: set[str] = set()
    for index in (CHECK_IN_INDEX, REQUIRED_INDEX):
        for entry in index.frames:
            for pattern in (*entry.when, *entry.unless, *entry.redeemed):
                names |= concepts_used(pattern)
    return frozenset(name for name in names if not name.startswith("@"))


LITERALS = _literals()
MAX_HITS = 200  # nobody reads more, and it bounds the work on hostile text


def hits(sentences: Sequence[Sentence], index: Index) -> list[Hit]:
    """Every frame that holds, at most once per clause (or sentence, for whole-sentence frames), up to a bound."""
    found: list[Hit] = []
    for place, sentence in enumerate(sentences):
        if len(found) >= MAX_HITS:
            break
        around = sentences[max(place - 1, 0) : place + 2]
        for compiled, span in _holding(sentence, index):
            if not any(_anywhere(pattern, around) for pattern in compiled.redeemed):
                first, last = sentence.words[span.first], sentence.words[span.last]
                found.append(Hit(compiled.frame, first.start, last.end, place))
    return found


def _holding(sentence: Sentence, index: Index) -> Iterable[tuple[Compiled, Span]]:
    here = sum(index.bits.get(name, 0) for name in sentence.board)
    candidates = [
        (entry.frame, entry.pattern)
        for name in sentence.board
        for entry in index.by_concept.get(name, ())
        if entry.also & here
    ]
    done: set[tuple[int, int]] = set()
    for place, pattern in candidates:
        compiled = index.frames[place]
        scopes = (_whole(sentence),) if compiled.frame.whole else sentence.clauses
        for number, clause in enumerate(scopes):
            if (place, number) in done:
                continue
            span = match(pattern, sentence.board, clause.mask)
            if span is None:
                continue
            done.add((place, number))
            if not any(match(other, sentence.board, clause.mask) for other in compiled.unless):
                yield compiled, span


def _whole(sentence: Sentence) -> Clause:
    return Clause(sentence.mask, sentence.start, sentence.end)


def _anywhere(pattern: Pattern, sentences: Sequence[Sentence]) -> bool:
    return any(match(pattern, sentence.board, sentence.mask) is not None for sentence in sentences)


def shouting(words: Sequence[Word], text: str) -> bool:
    """At least 12 letters in the sentence, more than 70 % of them capitals (domain.md 5.3)."""
    letters = [letter for letter in text[words[0].start : words[-1].end] if letter.isalpha()]
    return len(letters) >= 12 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)
