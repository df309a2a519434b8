"""The cue grammar: frames of word classes, found in a text, with the reason they give.

A frame's pattern is a row of items with blanks between them:

    CHOOSE      a word of this class (see `lexicon`)
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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from complaints.attribution import lexicon
from language.tokens import Token

_FIRST = 0xE000  # private use area: one character per set of classes
_OPEN = "OPEN"  # the class of a word just after a mark, whatever it means


class Frame(NamedTuple):
    """A pattern, what it speaks for (a blame, a severity), and why, in words for the staff."""

    name: str
    points_to: str
    pattern: str
    reason_id: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of the text (`text[start:end]`) that speaks for one side, and the reason."""

    start: int
    end: int
    reason_id: str
    reason_en: str
    points_to: str
    name: str


class Alphabet:
    """One character per set of classes; knows which characters carry a class."""

    def __init__(self, literals: frozenset[str]) -> None:
        self._literals = literals
        self._letters: dict[frozenset[str], str] = {}
        sets = {self._own(word, names) for word, names in lexicon.WORDS.items()}
        sets |= {self._own(word, lexicon._classes(word)) for word in literals}
        sets |= {frozenset(names) for names in lexicon.WORDS.values()}
        special = [("STOP",), ("STOP", "QUESTION"), ("NUMBER",), ("MY",), ("VOCATIVE",), ()]
        sets |= {frozenset(names) for names in special}
        sets |= {names | {_OPEN} for names in sets}
        for names in sorted(sets, key=sorted):
            self._letters[names] = chr(_FIRST + len(self._letters))
        self._seen: dict[tuple[str, str, bool], str] = {}

    def _own(self, word: str, names: Sequence[str]) -> frozenset[str]:
        return frozenset([*names, word] if word in self._literals else names)

    def letter(self, token: Token, opens: bool) -> str:
        """The character of a token; `opens`: it stands just after a mark."""
        key = (token.norm, token.kind if token.kind not in ("stop", "word") else token.raw, opens)
        if (found := self._seen.get(key)) is None:
            names = frozenset(lexicon.classes(token))
            more = frozenset([_OPEN]) if opens else frozenset()
            own = self._own(token.norm, tuple(names)) | more
            found = self._letters.get(own) or self._letters[names | more]
            if len(self._seen) < 65536:
                self._seen[key] = found
        return found

    def group(self, names: str) -> str:
        """A regular-expression set of the characters that carry any of the names, "A|b"."""
        wanted = set(names.split("|"))
        letters = [letter for own, letter in self._letters.items() if own & wanted]
        if not letters or (unknown := wanted - set().union(*self._letters)):
            raise ValueError(f"no such class or word: {names} {unknown if letters else ''}")
        return "[" + "".join(letters) + "]"


def literals(frames: Sequence[Frame]) -> frozenset[str]:
    """The words that frames name themselves (lower case)."""
    found = set()
    for frame in frames:
        for item in frame.pattern.split():
            found |= {name for name in item.strip("<!?").split("|") if name and name[0] != "~" and not name.isupper()}
    return frozenset(found)


def compile_frame(pattern: str, alphabet: Alphabet) -> re.Pattern[str]:
    """The regular expression of a pattern over an alphabet's characters."""
    inside = f"[^{alphabet.group('STOP')[1:]}"
    parts = []
    for item in pattern.split():
        if item.startswith("~"):
            parts.append(f"{inside}{{0,{item[1:] or 2}}}?")
        elif item.startswith("<!"):
            parts.append(f"(?<!{alphabet.group(item[2:])})")
        elif item.startswith("!"):
            parts.append(f"(?!{alphabet.group(item[1:])})")
        elif item.endswith("?"):
            parts.append(f"{alphabet.group(item[:-1])}?")
        else:
            parts.append(alphabet.group(item))
    return re.compile("".join(parts))


class Grammar:
    """Compiled frames over their alphabet."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.alphabet = Alphabet(literals(frames))
        self._compiled = [(frame, compile_frame(frame.pattern, self.alphabet)) for frame in frames]

    def find(self, tokens: Sequence[Token]) -> Iterator[Cue]:
        """The cues of tokenised text, frame by frame. Marks such as commas do not count as words."""
        line, tokens = self._line(tokens)
        for frame, pattern in self._compiled:
            for match in pattern.finditer(line):
                first, last = match.span()
                if last > first:
                    yield Cue(
                        tokens[first].start,
                        tokens[last - 1].end,
                        frame.reason_id,
                        frame.reason_en,
                        frame.points_to,
                        frame.name,
                    )

    def _line(self, tokens: Sequence[Token]) -> tuple[str, list[Token]]:
        """One character per word, and the words; a mark is kept as "the next word opens a clause"."""
        letters, words, opens = [], [], False
        for token in tokens:
            if token.kind == "mark":
                opens = True
                continue
            letters.append(self.alphabet.letter(token, opens))
            words.append(token)
            opens = False
        return "".join(letters), words


@cache
def grammar() -> Grammar:
    """The grammar of blame, compiled once."""
    from complaints.attribution.frames import FRAMES

    return Grammar(FRAMES)


def find(tokens: Sequence[Token]) -> list[Cue]:
    """All blame cues of tokenised text, in text order, without those that another cue denies."""
    found = sorted(grammar().find(tokens), key=lambda cue: (cue.start, cue.end, cue.name))
    denials = denying(found)
    return [cue for cue in found if not any(denies(denial, cue.start, cue.points_to) for denial in denials)]


def denying(found: Sequence[Cue]) -> list[Cue]:
    """The cues that deny what stands in them: "bukan aku yang ...", "tokonya ga salah"."""
    from complaints.attribution.frames import DENIALS

    return [cue for cue in found if cue.name in DENIALS]


def denies(denial: Cue, start: int, side: str = "") -> bool:
    """Whether what starts here, and speaks for this side, is inside another side's denial or follows it at once."""
    return denial.points_to != side and denial.start <= start <= denial.end + 1
