"""A cue grammar: frames of word classes, found in a text, with the reason they give.

A frame's pattern is a row of items with blanks between them:

    LATE        a word of this class (see Lexicon)
    pesan       this very word (in normalised spelling)
    A|b         one of these
    A?          may be missing
    ~  ~4       up to two (four) words of any kind, within the sentence
    <!A  !A     not just after, not just before a word of this class
    !OPEN A     this word, unless it opens a clause (stands just after a comma or the like)

How: every token becomes one character that stands for its set of classes, every frame a regular expression
over such characters. Linear in the text, and a frame reads as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from language.tokens import Token, possessor, root

_FIRST = 0xE000  # private use area: one character per set of classes
_CACHE = 65_536
_OPEN = "OPEN"  # the class of a word just after a mark, whatever it means
_NO_SPELLINGS: Mapping[str, str] = MappingProxyType({})


class Frame(NamedTuple):
    """A pattern, what it speaks for, and why, in words for the staff."""

    name: str
    points_to: str
    pattern: str
    reason_id: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of the text (`text[start:end]`) that speaks for something, and the reason."""

    start: int
    end: int
    reason_id: str
    reason_en: str
    points_to: str
    name: str


class Lexicon:
    """Word classes: {"LATE": "telat lama ..."} read the other way round; affixed words are found by their root.

    `without`: words that share a root with a class word but mean something else. `spellings`: slang whose affixed
    forms count too. `as_written`: classes of words in the writer's own spelling ("kak" calls somebody, "kakak" is
    somebody). `mine`: the class of a word that ends in a clitic of the speaker ("hpku").
    """

    def __init__(
        self,
        classes: Mapping[str, str],
        without: frozenset[str] = frozenset(),
        spellings: Mapping[str, str] = _NO_SPELLINGS,
        as_written: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        mine: str = "",
    ) -> None:
        found: dict[str, dict[str, None]] = {}
        for name, line in classes.items():
            for word in line.split():
                found.setdefault(word, {})[name] = None
        self.words = {word: tuple(names) for word, names in found.items()}
        self.as_written = as_written
        self._without = without
        self._spellings = spellings
        self._roots = frozenset(self.words) | frozenset(spellings)
        self._mine = (mine,) if mine else ()
        self.of = lru_cache(maxsize=_CACHE)(self._of)

    def _of(self, word: str) -> tuple[str, ...]:
        if (found := self.words.get(word)) is not None:
            return found
        if len(word) > 24 or word in self._without:
            return ()
        stem = root(word, self._roots)
        if stem is not None and len(stem) > 3:
            return self.words.get(self._spellings.get(stem, stem), ())
        return self._mine if self._mine and possessor(word) == "saya" else ()

    def classes(self, token: Token) -> tuple[str, ...]:
        """The classes of a token, most telling first; () for a word of no class."""
        if token.kind == "stop":
            return ("STOP", "QUESTION") if "?" in token.raw else ("STOP",)
        if token.kind == "number":
            return ("NUMBER",)
        return self.as_written.get(token.raw) or self.of(token.norm)

    def sets(self) -> set[frozenset[str]]:
        """Every set of classes that a token can have."""
        special: list[tuple[str, ...]] = [("STOP",), ("STOP", "QUESTION"), ("NUMBER",), self._mine, ()]
        return {frozenset(names) for names in [*self.words.values(), *self.as_written.values(), *special]}


class Grammar:
    """Compiled frames over a lexicon. `suffix`: a frame's own word also stands for that word with this ending ("-nya")."""

    def __init__(self, frames: Sequence[Frame], lexicon: Lexicon, suffix: str = "") -> None:
        self._lexicon = lexicon
        self._suffix = suffix
        self._literals = literals(frames)
        self._minds_marks = any(f"!{_OPEN}" in frame.pattern for frame in frames)
        self._letters: dict[frozenset[str], str] = {}
        self._seen: dict[tuple[str, str, bool], str] = {}
        sets = lexicon.sets() | {self._own(word, lexicon.of(word)) for word in {*lexicon.words, *self._literals}}
        if self._minds_marks:
            sets |= {names | {_OPEN} for names in sets}
        for names in sorted(sets, key=sorted):
            self._letters[names] = chr(_FIRST + len(self._letters))
        self._carriers: dict[str, list[str]] = {}
        for names, letter in self._letters.items():
            for name in names:
                self._carriers.setdefault(name, []).append(letter)
        self._compiled = [(frame, re.compile(self._pattern(frame.pattern))) for frame in frames]

    def find(self, tokens: Sequence[Token]) -> list[Cue]:
        """The cues of tokenised text, in text order. Marks such as commas do not count as words."""
        line, words = self._line(tokens)
        return sorted(self._matches(words, line), key=lambda cue: (cue.start, cue.end, cue.name))

    def _matches(self, words: Sequence[Token], line: str) -> Iterator[Cue]:
        for frame, pattern in self._compiled:
            for match in pattern.finditer(line):
                first, last = match.span()
                if last > first:
                    start, end = words[first].start, words[last - 1].end
                    yield Cue(start, end, frame.reason_id, frame.reason_en, frame.points_to, frame.name)

    def _line(self, tokens: Sequence[Token]) -> tuple[str, list[Token]]:
        """One character per word, and the words; a mark is kept as "the next word opens a clause"."""
        letters, words, opens = [], [], False
        for token in tokens:
            if token.kind == "mark":
                opens = self._minds_marks
                continue
            letters.append(self._letter(token, opens))
            words.append(token)
            opens = False
        return "".join(letters), words

    def _own(self, word: str, names: Sequence[str]) -> frozenset[str]:
        literal = self._literal(word)
        return frozenset([*names, literal] if literal else names)

    def _literal(self, word: str) -> str:
        """The word as frames name it, with or without the suffix; "" where none does."""
        if word in self._literals:
            return word
        stem = word.removesuffix(self._suffix) if self._suffix else ""
        return stem if len(stem) > 2 and stem in self._literals else ""

    def _letter(self, token: Token, opens: bool) -> str:
        key = (token.norm, token.raw if token.kind in ("stop", "word") else token.kind, opens)
        if (found := self._seen.get(key)) is None:
            names = frozenset(self._lexicon.classes(token))
            more = frozenset([_OPEN]) if opens else frozenset[str]()
            found = self._letters.get(self._own(token.norm, tuple(names)) | more) or self._letters[names | more]
            if len(self._seen) < _CACHE:
                self._seen[key] = found
        return found

    def _group(self, names: str) -> str:
        """A regular-expression set of the characters that carry any of the names, "A|b"."""
        wanted = names.split("|")
        if unknown := [name for name in wanted if name not in self._carriers]:
            raise ValueError(f"no such class or word: {unknown}")
        return f"[{_ranges(sorted({letter for name in wanted for letter in self._carriers[name]}))}]"

    def _pattern(self, pattern: str) -> str:
        inside = f"[^{self._group('STOP')[1:]}"
        parts = []
        for item in pattern.split():
            if item.startswith("~"):
                parts.append(f"{inside}{{0,{item[1:] or 2}}}?")
            elif item.startswith("<!"):
                parts.append(f"(?<!{self._group(item[2:])})")
            elif item.startswith("!"):
                parts.append(f"(?!{self._group(item[1:])})")
            elif item.endswith("?"):
                parts.append(f"{self._group(item[:-1])}?")
            else:
                parts.append(self._group(item))
        return "".join(parts)


def _ranges(letters: Sequence[str]) -> str:
    """Sorted characters, with "a-z" for neighbours: a short set compiles fast."""
    runs: list[list[str]] = []
    for letter in letters:
        if runs and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1][1:] = [letter]
        else:
            runs.append([letter])
    return "".join("-".join(run) for run in runs)


def literals(frames: Sequence[Frame]) -> frozenset[str]:
    """The words that frames name themselves (lower case)."""
    found = set()
    for frame in frames:
        for item in frame.pattern.split():
            found |= {name for name in item.strip("<!?").split("|") if name and name[0] != "~" and not name.isupper()}
    return frozenset(found)
