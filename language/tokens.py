"""Text to tokens: normalised words that remember where they stand in the original text.

Everything here takes any Unicode string, never raises on content, and works in time linear in its length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from language.slang import DOUBLED, SLANG

# "gabisa", "gakada": a negation written together with its word; cut in two.
_JOINED = re.compile(
    r"(g|ga|gak|ngga|nggak|engga|enggak|tdk|tak|nda|ndak|blm|blom|udah|udh|dah)"
    r"((?:bisa|bs|ada|mau|tau|tahu|pernah|sesuai|usah|boleh|muat|cocok|jadi|dapet|dapat|nyala|kepake|enak|sampe|balik|ngaruh"
    r"|nyampe|dateng|datang|cukup|jelas|pas|kuat|awet|rapi|bales|respon|guna|berfungsi|dibales|dikirim|dibalas|diganti)\w{0,4})"
)

# Unicode's stream-safe limit: longer runs of combining marks carry no text and cost quadratic time to reorder.
_MAX_MARKS = 30

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,:/]\d+)*)"
    r"|(?P<word>[^\W\d_]++(?:['’`][^\W\d_]++)*+2?(?!\d))"
    r"|(?P<letters>[^\W\d_]+)"
    r"|(?P<smile>[:;=]['-]?[()DPp3/|](?!\w))"
    r"|(?P<stop>[.?!…]+|\n+)"
    r"|(?P<mark>[,;:()\"“”—–-])"
    r"|(?P<symbol>[^\w\s])"
)
_KINDS = {"number": "number", "word": "word", "letters": "word", "smile": "symbol", "stop": "stop"}
_DRAGGED = re.compile(r"([^\W\d_])\1{2,}")
_LAST_TWICE = re.compile(r"(\w)\1$")
_BREAKS = frozenset({"tapi", "but", "padahal", "namun", "however", "eh", "cuma", "although", "though", "sayangnya"})

_SUFFIXES = ("nya", "kan", "kah", "lah", "pun", "ku", "mu", "in", "an", "i", "ne", "e", "na", "ing", "ed", "es", "s")
_PREFIXES = ("di", "ke", "ku", "nge", "ng", "ny", "me", "mem", "men", "meng", "ber", "ter", "per", "se", "pe", "kepe")


class Folded(NamedTuple):
    """NFKC, lower-case text; `origin[i]` is the index in the raw text of character i, plus one end mark."""

    text: str
    origin: Sequence[int]


class Token(NamedTuple):
    """One word, number, symbol or stop. `start:end` cuts it out of the original text."""

    norm: str  # one spelling per word: "nggaaak" -> "tidak"
    raw: str  # lower-case text as written
    start: int
    end: int
    kind: str  # word, number, symbol, stop, mark


def fold(text: str) -> Folded:
    """NFKC and lower case, keeping for every character where it came from."""
    if text.isascii():
        return Folded(text.lower(), range(len(text) + 1))
    pieces: list[str] = []
    origin: list[int] = []
    for start, cluster in _clusters(text):
        piece = _fold_cluster(cluster)
        pieces.append(piece)
        origin.extend([start] * len(piece))
    origin.append(len(text))
    return Folded("".join(pieces), origin)


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """A base character with the combining marks that follow it, and its start."""
    start, size = 0, len(text)
    while start < size:
        end = start + 1
        while end < size and end - start <= _MAX_MARKS and text[end] > "\u02ff" and unicodedata.combining(text[end]):
            end += 1
        yield start, text[start:end]
        start = end


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    return unicodedata.normalize("NFKC", cluster).lower().replace("’", "'")


@lru_cache(maxsize=65536)
def normalise(word: str) -> str:
    """One spelling for one lower-case word: dragged letters, "bener2", slang, a doubled last letter.

    >>> normalise("nggaaak"), normalise("bangettt"), normalise("barang2")
    ('tidak', 'banget', 'barang')
    """
    if len(word) > 40:
        return word[:40]
    word = word.replace("`", "'")
    if word in SLANG:
        return SLANG[word]
    if word.endswith("2") and len(word) > 3:
        word = word[:-1]
    if _DRAGGED.search(word):
        twice = _DRAGGED.sub(r"\1\1", word)
        word = twice if twice in DOUBLED else _DRAGGED.sub(r"\1", word)
    if word not in DOUBLED and word not in SLANG and len(word) > 2 and _LAST_TWICE.search(word):
        word = word[:-1] if SLANG.get(word[:-1]) or not _looks_english(word) else word
    return SLANG.get(word, word)


def _looks_english(word: str) -> bool:
    return word.endswith(("ss", "ll", "ff", "ee", "oo"))


def tokenise(text: str) -> list[Token]:
    """The tokens of a text, in order; blanks are dropped."""
    folded = fold(text)
    origin = folded.origin
    tokens = []
    for match in _TOKEN.finditer(folded.text):
        raw = match.group()
        kind = _KINDS.get(match.lastgroup or "", match.lastgroup or "symbol")
        norm = normalise(raw) if kind == "word" else "0" if kind == "number" else raw[:1] if kind == "stop" else raw
        first, last = match.span()
        if kind == "word" and raw not in SLANG and (joined := _JOINED.fullmatch(raw)):
            middle = first + joined.end(1)
            tokens.append(Token(normalise(joined[1]), joined[1], origin[first], _end(origin, middle), kind))
            norm, raw, first = normalise(joined[2]), joined[2], middle
        tokens.append(Token(norm, raw, origin[first], _end(origin, last), kind))
    return tokens


def _end(origin: Sequence[int], last: int) -> int:
    """Raw end of a token: at least one past the start of its last character."""
    return max(origin[last], origin[last - 1] + 1)


def words(tokens: Sequence[Token]) -> list[str]:
    """Normalised words and numbers only."""
    return [token.norm for token in tokens if token.kind in ("word", "number")]


def _split(tokens: Sequence[Token], ends: Callable[[Token], bool], opens: Callable[[Token], bool]) -> list[slice]:
    parts, start = [], 0
    for index, token in enumerate(tokens):
        if opens(token) and index > start:
            parts.append(slice(start, index))
            start = index
        elif ends(token):
            if index > start:
                parts.append(slice(start, index))
            start = index + 1
    if start < len(tokens):
        parts.append(slice(start, len(tokens)))
    return parts


def sentences(tokens: Sequence[Token]) -> list[slice]:
    """Slices of the token list between full stops, question and exclamation marks, and line ends."""
    return _split(tokens, lambda token: token.kind == "stop", lambda token: False)


def clauses(tokens: Sequence[Token]) -> list[slice]:
    """Sentences split again at ";" and before "tapi", "padahal", "but" and their like (which open the new clause)."""
    return _split(tokens, lambda token: token.kind == "stop" or token.norm == ";", lambda token: token.norm in _BREAKS)


def root(word: str, known: Container[str]) -> str | None:
    """The known word inside an affixed one ("kepencetnya" -> "pencet"), or None. Strips known affixes only.

    `known` decides: without it "makan" would lose its "-kan".
    """
    if word in known:
        return word
    stems = [word, *(word[: -len(end)] for end in _SUFFIXES if word.endswith(end) and len(word) - len(end) > 2)]
    for stem in stems:
        if stem in known:
            return stem
        for start in _PREFIXES:
            rest = stem[len(start) :]
            if stem.startswith(start) and len(rest) > 2:
                if rest in known:
                    return rest
                shorter = next((rest[: -len(end)] for end in _SUFFIXES if rest.endswith(end)), "")
                if len(shorter) > 2 and shorter in known:
                    return shorter
    return None


def possessor(word: str) -> str | None:
    """Who a clitic points to: "hpku" -> "saya", "tokomu" -> "kamu"; None where there is none."""
    if len(word) > 3 and word.endswith("ku") and word not in _NOT_KU:
        return "saya"
    if len(word) > 4 and word.endswith("mu") and word not in _NOT_MU:
        return "kamu"
    return None


_KU_WORDS, _MU_WORDS = (
    "aku buku kuku suku laku perilaku siku paku kaku beku baku saku bangku teku",
    "kamu tamu jamu ilmu semu temu ketemu bertemu",
)
_NOT_KU, _NOT_MU = frozenset(_KU_WORDS.split()), frozenset(_MU_WORDS.split())
