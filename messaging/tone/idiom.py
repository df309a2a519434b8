"""Which language a draft is written in, so that its rewrites fit."""

from __future__ import annotations

from collections.abc import Sequence

from messaging.tone.reading import Sentence

_READ = 40  # sentences
_LISTS = {
    "en": "the a an is are was were you your we our it this that to of for and with please not do did have has will can"
    " if but on in at i my be what why how just only",
    "id": "yang tidak kakak kami saya sudah ya saja itu ini untuk dari dan di ke bisa kalau karena juga dulu akan maaf"
    " sampai kok sih dong nya barang jadi lagi mau belum bukan apa kita kan jangan tolong kasih kak",
}
_WORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}


def language_of(sentences: Sequence[Sentence]) -> str:
    """ "en" where English function words outnumber Indonesian ones; a tie is Indonesian."""
    words = [word for sentence in sentences[:_READ] for word in sentence.words]
    english = sum(word.raw in _WORDS["en"] for word in words)
    indonesian = sum(word.norm in _WORDS["id"] and word.raw not in _WORDS["en"] for word in words)
    return "en" if english > indonesian else "id"
