"""A shop's own word lists: they add findings to G1..G8 and cannot take any away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from language.tokens import tokenise
from messaging.tone.reading import Sentence
from messaging.tone.report import Finding
from messaging.tone.rules import RULES, Words

EXTENDABLE = tuple(f"G{number}" for number in range(1, 9))
_REASON = Words("Kata ini ada di daftar toko.", "This is on the shop's own list.")


def extra_hits(
    text: str, sentences: Sequence[Sentence], words: Mapping[str, Iterable[str]], language: str
) -> list[Finding]:
    """Findings for phrases of the shop's lists, matched word by word after normalisation."""
    lists = [(rule, _parts(phrase)) for rule in EXTENDABLE for phrase in words.get(rule, ())]
    found = []
    for sentence in sentences:
        norms = [word.norm for word in sentence.words]
        for rule, parts in lists:
            place = _find(norms, parts)
            if place is not None:
                found.append(
                    Finding(
                        rule=rule,
                        level=RULES[rule].level,
                        start=sentence.words[place].start,
                        end=sentence.words[place + len(parts) - 1].end,
                        reason=_REASON,
                        ground=RULES[rule].ground,
                        rewrite=RULES[rule].rewrite.in_language(language),
                        frame="shop-list",
                        sentence=(sentence.start, sentence.end),
                    )
                )
    return found


def _parts(phrase: str) -> list[str]:
    return [token.norm for token in tokenise(phrase) if token.kind == "word"]


def _find(norms: Sequence[str], parts: Sequence[str]) -> int | None:
    if not parts:
        return None
    size = len(parts)
    return next((i for i in range(len(norms) - size + 1) if list(norms[i : i + size]) == list(parts)), None)
