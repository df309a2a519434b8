"""The trained second opinion: it may raise a warning by itself, never a block, and says that it is a hunch.

A linear model over words, letters and lexicon concepts, trained by `train_tone` on text written for it. It knows one
class per kind of offence and one for harmless text. Where the frames found nothing it may warn; where a frame fired in
a sentence that it is sure is harmless, the finding is dropped. Without its file the guard works on frames alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from language.features import char_ngrams, vector, word_ngrams
from language.linear import LinearModel, load
from language.tokens import Token, tokenise, words
from messaging.tone.frames.money import MONEY_AT_CHECK_IN
from messaging.tone.reading import Sentence, concepts_of
from messaging.tone.report import Finding
from messaging.tone.rules import RULES, WARN, Words

MODEL = Path(__file__).with_name("hunch.json.gz")
BAD, OK, INDIRECT = "bad", "ok", "indirect"
_READ = 3000  # characters; a chat message is far shorter, and the work stays bounded
_NEVER = 2.0
_FEW = 5  # words: of fewer the model has too little to go by to overrule a frame
_PARTICLES = {
    *("ya", "kok", "dong", "donk", "sih", "deh", "nih", "tuh"),
    *("lho", "loh", "lah", "kan", "kak", "kakak", "sis", "gan", "bun"),
}

_REASON = Words(
    "Dugaan: kalimat ini bisa terbaca menyindir atau dingin. Bagaimana kesannya kalau Anda pembelinya?",
    "A hunch: this may read as sarcastic or cold. How would you read it as a buyer?",
)
_REWRITE = Words(
    "Terima kasih sudah memberi tahu kami, kak. Kami bantu sekarang ya.",
    "Thank you for telling us. We will help you with this now.",
)


def features(text: str) -> dict[str, float]:
    """The model's view of a text, the same in training and at run time."""
    tokens = tokenise(text[:_READ])
    plain = words(tokens)
    spoken = [token for token in tokens if token.kind == "word"]
    concepts = [concepts_of(token.raw, token.norm)[:3] or ("-",) for token in spoken]
    singles = ["k:" + name for row in concepts for name in row]
    marks = ["s:" + token.raw[:2] for token in tokens if token.kind in ("stop", "symbol")]
    return vector(
        [
            (word_ngrams(plain, (1, 2)), 1.0),
            (char_ngrams(plain), 1.0),
            (marks, 0.3),
            ([*singles, *_concept_pairs(concepts)], 0.7),
            (_beside(spoken, concepts), 0.5),
            (_ends(tokens), 0.5),
        ]
    )


def _concept_pairs(concepts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Concepts one or two words apart."""
    for step in (1, 2):
        for left, right in zip(concepts, concepts[step:], strict=False):
            yield from (f"k{step}:{first}{second}" for first in left for second in right)


def _beside(spoken: Sequence[Token], concepts: Sequence[Sequence[str]]) -> Iterator[str]:
    """A word and the concept of its neighbour."""
    for (left, before), (right, after) in pairwise(zip(spoken, concepts, strict=True)):
        yield from (f"h:{left.norm}_{name}" for name in after if name != "-")
        yield from (f"h:{name}_{right.norm}" for name in before if name != "-")


def _ends(tokens: Sequence[Token]) -> Iterator[str]:
    """How each sentence begins and ends, what mark closes it, its particles and its length."""
    row: list[str] = []
    for token in (*tokens, None):
        if token is not None and token.kind != "stop":
            row += [token.norm] if token.kind in ("word", "number") else []
            continue
        if row:
            mark = next((sign for sign in "?!" if token is not None and sign in token.raw), ".")
            yield from (f"e:{row[-1]}{mark}", f"e:{'_'.join(row[-2:])}{mark}", f"b:{row[0]}", f"b:{'_'.join(row[:2])}")
            yield f"l:{min(len(row) // 3, 5)}{mark}"
            yield from (f"p:{word}{mark}" for word in row if word in _PARTICLES)
        row = []


@lru_cache(maxsize=1)
def model() -> LinearModel | None:
    """The shipped model, read once; None where the file is missing or damaged."""
    try:
        return load(MODEL)
    except (OSError, ValueError):
        return None


def suspicion(text: str) -> float:
    """How much the text looks like one that should not go out, 0..1; 0 without a model."""
    second = model()
    return 1.0 - second.probabilities(features(text))[OK] if second else 0.0


def is_short(sentence: str) -> bool:
    """Too short for the model to doubt what a frame found in it ("Ini salah kakak")."""
    return sum(token.kind == "word" for token in tokenise(sentence)) < _FEW


def standing(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings of frames without those in a sentence of which the model is sure that it is harmless.

    The message around it does not count: kind words beside an offence do not undo it.

    A word that only the step forbids (money in a check-in) stands: the sentence itself may well be kind.
    """
    second = model()
    limit = float(second.card.get("harmless_below", 0.0)) if second else 0.0
    spans: dict[tuple[int, int], bool] = {}
    kept = []
    for finding in findings:
        if finding.sentence not in spans:
            start, end = finding.sentence
            sentence = text[start:end]
            spans[finding.sentence] = limit <= 0 or is_short(sentence) or suspicion(sentence) >= limit
        if spans[finding.sentence] or finding.frame == MONEY_AT_CHECK_IN.name:
            kept.append(finding)
    return kept


def hunch(text: str, sentences: Sequence[Sentence], findings: Sequence[Finding], language: str) -> list[Finding]:
    """At most one warning, for a text in which nothing else was found; its rule is the likeliest one."""
    second = model()
    if findings or not sentences or second is None:
        return []
    shares = second.probabilities(features(text))
    if 1.0 - shares[OK] < float(second.card.get("threshold", _NEVER)):
        return []
    likeliest = max((name for name in shares if name != OK), key=lambda name: shares[name])
    rule = likeliest if likeliest in RULES else "G3"
    start, end = sentences[0].start, sentences[-1].end
    return [
        Finding(
            rule=rule,
            level=WARN,
            start=start,
            end=end,
            reason=_reason(rule),
            ground="S3-15; trained on our own examples, see docs/tone.md",
            rewrite=(_REWRITE if rule == "G3" else RULES[rule].rewrite).in_language(language),
            frame="hunch",
            sentence=(start, end),
            hunch=True,
        )
    ]


def _reason(rule: str) -> Words:
    if rule == "G3":
        return _REASON
    title = RULES[rule].title
    return Words(
        f"Dugaan: {title.id.lower()}. Bagaimana kesannya kalau Anda pembelinya?",
        f"A hunch: {title.en[:1].lower()}{title.en[1:]}. How would you read it as a buyer?",
    )
