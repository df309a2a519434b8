"""Wishes in a review: another courier, better packing, a size. Kept on the customer for the next order (S4-05)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from language.frames import Cue

COURIER, PACKING, SIZE, OTHER = "courier", "packing", "size", "other"
NAMES = {
    "jne": "JNE",
    "jnt": "J&T",
    "j&t": "J&T",
    "sicepat": "SiCepat",
    "si cepat": "SiCepat",
    "anteraja": "AnterAja",
    "ninja": "Ninja Xpress",
    "spx": "SPX",
    "paxel": "Paxel",
    "tiki": "TIKI",
    "gosend": "GoSend",
    "grab": "GrabExpress",
    "pos": "Pos Indonesia",
    "sap": "SAP Express",
    "lion": "Lion Parcel",
}
_NAME = "|".join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True))
_GAP = r"\W+(?:\w+\W+){0,2}?"  # up to two words between
_WITH = r"\b(?:pakai|pake|pk|mending|lebih (?:suka|baik|cepat)|prefer|with|use|via|maunya|minta|request)"
_NOT = r"\b(?:jangan|jgn|kapok|hindari|selain|stop|avoid|not|no more)"
_CHANGE = r"\b(?:ganti|pindah|pilih|opsi|pilihan|tambah\w*|another|other|different)"
_SHIPPING = r"(?:kurir|ekspedisi|jasa kirim|pengiriman|courier|delivery|shipping)\b"
_WANTED = re.compile(rf"{_WITH}{_GAP}({_NAME})\b", re.IGNORECASE)
_AVOID = re.compile(rf"{_NOT}{_GAP}({_NAME})\b", re.IGNORECASE)
_OTHER = re.compile(
    rf"{_CHANGE}{_GAP}{_SHIPPING}|\b(?:kurir|ekspedisi|pengiriman) (?:lain|yang lain|nya diganti)\b", re.IGNORECASE
)
_SIZE = re.compile(r"\b(?:size|ukuran)\W+(?:\w+\W+)?(xs|s|m|l|xl|xxl|xxxl|[2-6]xl|3[5-9]|4[0-9])\b", re.IGNORECASE)
_PACKING = re.compile(r"\b(bubble|packing|packaging|kardus|dus|bungkus|kayu)\w*", re.IGNORECASE)
_WISHED = {"wish", "add", "other_courier", "prefer_courier"}


class Wish(NamedTuple):
    """kind: courier, packing, size or other; value: the courier or size named ("" where none); avoid: not this one."""

    kind: str
    value: str
    text: str
    avoid: bool = False


def wishes_in(text: str, cues: Iterable[Cue]) -> tuple[Wish, ...]:
    """What the customer would like next time, in their own words, without doubles."""
    text = text[:5_000]
    found = [*couriers(text)]
    for cue in cues:
        if cue.name in _WISHED:
            found.append(wish_of(text, sentence_around(text, cue.start, cue.end)))
    kept: dict[tuple[str, str, bool], Wish] = {}
    for wish in found:
        kept.setdefault((wish.kind, wish.value, wish.avoid), wish)
    named = {wish.text for wish in kept.values() if wish.value}
    return tuple(wish for wish in kept.values() if wish.value or wish.text not in named)


def couriers(text: str) -> list[Wish]:
    """Couriers that the customer asks for or does not want again."""
    avoided = {NAMES[m[1].lower()]: m for m in _AVOID.finditer(text)}
    wanted = {NAMES[m[1].lower()]: m for m in _WANTED.finditer(text)}
    found = [Wish(COURIER, name, sentence_around(text, *m.span()), avoid=True) for name, m in avoided.items()]
    found += [Wish(COURIER, n, sentence_around(text, *m.span())) for n, m in wanted.items() if n not in avoided]
    if match := _OTHER.search(text):
        found.append(Wish(COURIER, "", sentence_around(text, *match.span())))
    return found


def wish_of(text: str, sentence: str) -> Wish:
    """A wish by the words around it."""
    if match := _SIZE.search(sentence):
        return Wish(SIZE, match[1].upper(), sentence)
    if _PACKING.search(sentence):
        return Wish(PACKING, "", sentence)
    return Wish(OTHER, "", sentence)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds a stretch of the text, at most 160 characters."""
    left = max((text.rfind(stop, 0, start) for stop in ".!?\n"), default=-1) + 1
    ends = [place for stop in ".!?\n" if (place := text.find(stop, end)) >= 0]
    return " ".join(text[left : min(ends, default=len(text))].split())[:160]
