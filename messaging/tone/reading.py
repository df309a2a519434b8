"""Reading a draft: sentences and clauses whose words carry concepts and remember where they stand.

Built on `language.tokens` (folding, slang, offsets). Added here: contractions are opened ("don't" -> do not), runs of
stars become "bintang n", the customer's own quoted words are left out, and every word is looked up in the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from language.tokens import Token, normalise, root, tokenise
from messaging.tone.lexicon import LEXICON

MAX_WORDS = 96  # a longer "sentence" is read in pieces, which keeps every match a matter of small integers
_STARS = frozenset("⭐🌟★✭🌠")
_BREAKS = frozenset(("tapi", "but", "namun", "however", "though", "although", "sedangkan", "whereas"))
_STOPS = frozenset(".?!,;:")
_ENDS = frozenset(".?!")
_MARKS = {",": ",", ":": ":", "—": ",", "–": ","}
_TAILS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'s": "is", "'d": "would"}
_ODD_HEADS = {"ca": "can", "wo": "will", "sha": "shall"}
_CONTRACTED = (
    "don't doesn't didn't can't couldn't won't wouldn't isn't wasn't aren't weren't shouldn't haven't hasn't hadn't"
    " you're you've they're that's it's i'm i've"
)
_RUN_TOGETHER = {word.replace("'", ""): word for word in _CONTRACTED.split()} | {
    "cannot": "can't",
    "shouldve": "should've",
    "shoulda": "should've",
    "dunno": "don't",
}
_NASALS = (
    ("meny", "s"),
    ("peny", "s"),
    ("ny", "s"),
    ("meng", "k"),
    ("mem", "p"),
    ("men", "t"),
    ("nge", ""),
    ("ng", "k"),
    ("m", "p"),
    ("n", "t"),
)


class Word(NamedTuple):
    """One word of a draft: its normal spelling, the spelling as typed (lower case), and its place in the raw text."""

    norm: str
    raw: str
    start: int
    end: int


class Clause(NamedTuple):
    """A run of words inside a sentence; `mask` has their bits set."""

    mask: int
    start: int
    end: int


class Sentence(NamedTuple):
    """Words with their board (concept -> bits) and clauses; `start:end` cuts it out of the raw text, stop included."""

    words: Sequence[Word]
    board: Mapping[str, int]
    clauses: Sequence[Clause]
    start: int
    end: int
    asks: bool
    mask: int


def _open(raw: str, norm: str) -> list[tuple[str, str]]:
    """(norm, raw) parts of one token: contractions opened, anything else as it is."""
    full = _RUN_TOGETHER.get(raw) or (_RUN_TOGETHER.get(norm) or (raw if "'" in raw else norm if "'" in norm else ""))
    if "'" in full:
        for tail, word in _TAILS.items():
            if full.endswith(tail) and len(full) > len(tail):
                head = full[: -len(tail)]
                head = _ODD_HEADS.get(head, head)
                return [(normalise(head), head), (word, word)]
    return [(norm, raw)]


class Lookup(NamedTuple):
    """Word -> concepts, and phrases by their first two words -> (further words, concepts)."""

    words: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]]


def build_lookup(lexicon: Mapping[str, str]) -> Lookup:
    """Turn "concept: word other_phrase" lists into lookup tables."""
    words: dict[str, list[str]] = {}
    phrases: dict[tuple[str, ...], list[str]] = {}
    for concept, entries in lexicon.items():
        for entry in entries.split():
            parts = tuple(word.norm for word in _words(tokenise(entry.replace("_", " "))))
            if len(parts) == 1:
                words.setdefault(entry, []).append("@" + concept)
            elif parts:
                phrases.setdefault(parts, []).append("@" + concept)
    by_two: dict[str, dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]] = {}
    for parts, concepts in phrases.items():
        rows = by_two.setdefault(parts[0], {})
        rows[parts[1]] = (*rows.get(parts[1], ()), (parts[2:], tuple(concepts)))
    return Lookup({word: tuple(dict.fromkeys(found)) for word, found in words.items()}, by_two)


@lru_cache(maxsize=32768)
def concepts_of(raw: str, norm: str) -> tuple[str, ...]:
    """Concepts of a word by its typed spelling, its normal spelling, or the known word inside it."""
    known = LOOKUP.words
    found = known.get(raw, _EMPTY)
    if norm != raw and "@address" not in found:  # "kak" is a greeting, "kakak" a subject
        found += known.get(norm, _EMPTY)
    if len(norm) > 3 and (not found or (norm.startswith("di") and "@plain" not in found)):
        stem = stem_of(norm if not found else norm[2:])
        found += known.get(stem, _EMPTY) if stem else _EMPTY
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=32768)
def stem_of(word: str) -> str | None:
    """The lexicon word inside an affixed one, with Indonesian nasal forms ("memesan" -> "pesan")."""
    known = LOOKUP.words
    found = root(word, known)
    if found:
        return found
    for prefix, letter in _NASALS:
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            found = root(letter + word[len(prefix) :], known)
            if found:
                return found
    return next(
        (
            word[:-n] + "e"
            for n in (2, 3)
            if len(word) > n + 3 and word.endswith(("ed", "ing")) and word[:-n] + "e" in known
        ),
        None,
    )


def _words(tokens: Iterable[Token]) -> Iterable[Word]:
    """Tokens as words; stops and commas stay as words of their own, stars are counted."""
    stars: list[Token] = []
    for token in tokens:
        if token.raw in _STARS:
            stars.append(token)
            continue
        if stars and token.raw != "\ufe0f":
            yield from _counted(stars)
            stars = []
        if token.kind == "word":
            for norm, raw in _open(token.raw, token.norm):
                yield Word(norm, raw, token.start, token.end)
        elif token.kind == "number":
            yield Word(token.raw, token.raw, token.start, token.end)
        elif token.kind == "stop":
            mark = "?" if "?" in token.raw else "!" if "!" in token.raw else "."
            yield Word(mark, token.raw, token.start, token.end)
        elif token.raw in _MARKS or token.raw == ";":
            yield Word(_MARKS.get(token.raw, token.raw), token.raw, token.start, token.end)
        elif token.kind == "symbol" and (token.raw == "%" or token.raw > "\u2000") and token.raw != "\ufe0f":
            yield Word(token.raw, token.raw, token.start, token.end)
    if stars:
        yield from _counted(stars)


def _counted(stars: Sequence[Token]) -> Iterable[Word]:
    start, end = stars[0].start, stars[-1].end
    yield Word("bintang", "bintang", start, end)
    yield Word(str(len(stars)), str(len(stars)), start, end)


LOOKUP = build_lookup(LEXICON)
_EMPTY: tuple[str, ...] = ()


def board_of(words: Sequence[Word], literals: frozenset[str]) -> dict[str, int]:
    """Concept or literal -> bits. Short address words ("kak") count as the customer only where they act."""
    board: dict[str, int] = {}
    for place, word in enumerate(words):
        bit = 1 << place
        for name in concepts_of(word.raw, word.norm):
            board[name] = board.get(name, 0) | bit
        for spelling in (word.norm,) if word.norm == word.raw else (word.norm, word.raw):
            if spelling in literals:
                board[spelling] = board.get(spelling, 0) | bit
            seconds = LOOKUP.phrases.get(spelling)
            if seconds and place + 1 < len(words):
                _phrases(board, words, place, seconds)
        if word.norm in _STOPS:
            board["@stop"] = board.get("@stop", 0) | bit
            board[word.norm] = board.get(word.norm, 0) | bit
        if word.raw[:1].isdigit():
            board["@number"] = board.get("@number", 0) | bit
    _address(board, len(words))
    _tag_question(board, len(words))
    return board


def _phrases(
    board: dict[str, int],
    words: Sequence[Word],
    place: int,
    seconds: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]],
) -> None:
    """Mark the phrases that begin at this word on all their words."""
    second = words[place + 1]
    for spelling in (second.norm,) if second.norm == second.raw else (second.norm, second.raw):
        for rest, concepts in seconds.get(spelling, ()):
            if _follows(words, place + 2, rest):
                for name in concepts:
                    board[name] = board.get(name, 0) | (((1 << (len(rest) + 2)) - 1) << place)


def _follows(words: Sequence[Word], place: int, rest: tuple[str, ...]) -> bool:
    if place + len(rest) > len(words):
        return False
    return all(words[place + i].norm == part or words[place + i].raw == part for i, part in enumerate(rest))


def _address(board: dict[str, int], size: int) -> None:
    """A short address word followed by a comma, a particle, the shop or nothing is only a greeting."""
    short = board.get("@address", 0)
    if not short:
        return
    after = board.get("@particle", 0) | board.get("@shop", 0) | board.get("@stop", 0) | (1 << size)
    acting = short & ~(after >> 1)
    if acting:
        board["@customer"] = board.get("@customer", 0) | acting


def _tag_question(board: dict[str, int], size: int) -> None:
    """In "jadi bayar ga?" the last "ga" asks, it does not deny."""
    last = board.get("tidak", 0) & board.get("@no", 0) & ~1
    if not last:
        return
    after = board.get("@address", 0) | board.get("@particle", 0) | board.get("?", 0) | (1 << size)
    tag = last & (after >> 1) & ~(board.get("belum", 0) << 1)
    if tag:
        board["@no"] &= ~tag


def blank(text: str, skip: Sequence[tuple[int, int]]) -> str:
    """The text with these spans, and characters that would swell to a whole sentence, as blanks of the same length."""
    pieces, at = [], 0
    for start, end in sorted(skip):
        if end > at:
            pieces += [text[at : max(start, at)], " " * (end - max(start, at))]
            at = end
    return _SWELLING.sub(" ", "".join((*pieces, text[at:])))


def _squeeze(text: str) -> tuple[str, Sequence[int] | None]:
    """The text without invisible characters, and for each character left its place in the raw text."""
    if not _INVISIBLE.search(text):
        return text, None
    places = [place for place, letter in enumerate(text) if letter not in _UNSEEN]
    return "".join(text[place] for place in places), places


def _put_back(tokens: Iterable[Token], places: Sequence[int] | None) -> Iterable[Token]:
    """Tokens with their places in the raw text again."""
    if places is None:
        return tokens
    return (token._replace(start=places[token.start], end=places[token.end - 1] + 1) for token in tokens)


def read(text: str, literals: frozenset[str], skip: Sequence[tuple[int, int]] = ()) -> list[Sentence]:
    """The sentences of a draft, the given spans (the customer's own words) left out."""
    text, places = _squeeze(blank(text, skip))
    sentences: list[Sentence] = []
    row: list[Word] = []
    for word in _words(_put_back(tokenise(text), places)):
        if not row and word.norm in _ENDS:
            continue  # blank lines and spaced-out dots are no sentences
        row.append(word)
        if word.norm in _ENDS or len(row) >= MAX_WORDS:
            sentences.append(_sentence(row, literals))
            row = []
    if row:
        sentences.append(_sentence(row, literals))
    return sentences


def _sentence(words: Sequence[Word], literals: frozenset[str]) -> Sentence:
    clauses, first = [], 0
    for place, word in enumerate(words):
        if place > first and (word.norm in _BREAKS or word.raw == ";"):
            clauses.append(_clause(words, first, place))
            first = place
    clauses.append(_clause(words, first, len(words)))
    board = board_of(words, literals)
    mask = (1 << len(words)) - 1
    return Sentence(words, board, clauses, words[0].start, words[-1].end, words[-1].norm == "?", mask)


def _clause(words: Sequence[Word], first: int, last: int) -> Clause:
    return Clause(((1 << last) - 1) & ~((1 << first) - 1), words[first].start, words[last - 1].end)


_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero-width space and joiners
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_SWELLING = re.compile("[\ufdfa\ufdfb]")  # NFKC turns one into up to eighteen letters
_LINE_QUOTE = re.compile(r"^[ \t]*>[^\n]*", re.MULTILINE)
_SAYS = re.compile(
    r"(?:bilang|tulis|menulis|nulis|tertulis|sebut|menyebut|sebutan|kata|tanya|isinya|said|wrote|written|called|mention\w*"
    r"|pesan|says|asked"
    r"|(?:kami|kita|saya|we|i) (?:baca|read))\b[^\"“\n.!?]{0,30}$"
)
_THEM = re.compile(r"kak|you|customer|\b(?:ibu?|bu|bapak|pak|mas|mbak|anda)\b|(?:baca|read)\b[^\"“\n.!?]{0,30}$")
_THEIR_WORD = re.compile(r"\s*,?\s*(?:itu|is|was)?\s*(?:kata|tulis|istilah)\w*\s+(?:kak|ibu|bapak|anda|mas|mbak)")
_TAKEN_BACK = re.compile(
    r"[^\"“\n.!?]{0,40}\b(?:abaikan|pantas|keliru|salah|aturan lama|ignore|wrong|(?:ga|gak|nggak|tidak|tak) perlu di)"
)
_MARKED = re.compile(r"[\"“][^\"”“\n]{1,2000}[\"”]")


def quoted(text: str, customer_text: str = "") -> list[tuple[int, int]]:
    """Spans that only repeat: lines after ">", quotes that are the customer's or taken back, and words found there."""
    spans = [match.span() for match in _LINE_QUOTE.finditer(text)] if ">" in text else []
    heard = customer_text.casefold()
    for match in _MARKED.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()].casefold()
        inner = match.group()[1:-1].strip().casefold()
        after = text[match.end() : match.end() + 60].casefold()
        told = _SAYS.search(before) and (_THEM.search(before) or _TAKEN_BACK.match(after))
        theirs = told or _THEIR_WORD.match(after)
        if theirs or (inner and inner in heard):
            spans.append(match.span())
    return spans
