"""The trained second opinion: a hunch that may raise a warning by itself, never a block, and says that it is a hunch.

A linear model over words, letters and lexicon concepts, trained by `train_tone` on text written for it. It is asked
only where the frames found nothing. Without its file the guard works on frames alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from language.features import char_ngrams, vector, word_ngrams
from language.linear import LinearModel, load
from language.tokens import tokenise, words
from messaging.tone.reading import Sentence, concepts_of
from messaging.tone.report import Finding
from messaging.tone.rules import WARN, Words

MODEL = Path(__file__).with_name("hunch.json.gz")
BAD, OK = "bad", "ok"
_READ = 3000  # characters; a chat message is far shorter, and the work stays bounded
_NEVER = 2.0

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
    marks = ["s:" + token.raw[:2] for token in tokens if token.kind in ("stop", "symbol")]
    concepts = [concepts_of(token.raw, token.norm)[:3] or ("-",) for token in tokens if token.kind == "word"]
    pairs = [
        f"k{step}:{first}{second}"
        for step in (1, 2)
        for left, right in zip(concepts, concepts[step:], strict=False)
        for first in left
        for second in right
    ]
    singles = ["k:" + name for row in concepts for name in row]
    return vector([(word_ngrams(plain, (1, 2)), 1.0), (char_ngrams(plain), 1.0), (marks, 0.3), (singles + pairs, 0.7)])


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
    return second.probabilities(features(text))[BAD] if second else 0.0


def hunch(text: str, sentences: Sequence[Sentence], findings: Sequence[Finding], language: str) -> list[Finding]:
    """At most one warning, for a text in which nothing else was found."""
    second = model()
    if findings or not sentences or second is None:
        return []
    if suspicion(text) < float(second.card.get("threshold", _NEVER)):
        return []
    start, end = sentences[0].start, sentences[-1].end
    return [
        Finding(
            rule="G3",
            level=WARN,
            start=start,
            end=end,
            reason=_REASON,
            ground="S3-15; trained on our own examples, see docs/tone.md",
            rewrite=_REWRITE.in_language(language),
            frame="hunch",
            sentence=(start, end),
            hunch=True,
        )
    ]
