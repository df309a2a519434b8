"""Training the models of blame and failure from our own corpus, and a shop's model with its staff's corrections.

Needs requirements-train.txt. Deterministic: the same rows give the same files.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

from complaints.attribution import features, model
from complaints.attribution.augment import hasty, longer
from language.corpus import read_all
from language.evaluation import macro_f1, report, share
from language.linear import LinearModel, dump, softmax
from language.training import Examples, Settings, best_temperature, fit, out_of_fold, table

CORPUS = Path(__file__).parent / "corpus"
BLAME_SETTINGS = Settings(strength=2.0, min_count=5, keep=30_000, folds=3, ratios=0.5)
FAILURE_SETTINGS = Settings(strength=2.0, min_count=5, keep=12_000, folds=3, ratios=0.2, splits=1)
UNKNOWN = "unknown"
DIGITS = 5  # of fitted numbers: the last ones depend on the order in which floats were added
WANTED_PRECISION = 0.96  # of decided suggestions in cross-validation
FAILURE_PRECISION = 0.75  # of failure types that are shown: a field filled in beforehand, for staff to change
# Our corpus gives each blame a fair share; in real reviews the shop is blamed most. So the rows of review files are
# weighted to these shares of blame, whatever their number, and each counts this much on average.
REVIEW_SHARES = {"self": 0.10, "shop": 0.64, "unclear": 0.26}
REVIEW_WEIGHT = 1.5
# Most messages are plain; most of our rows are the unusual ones that a model must see once. Plain rows count for more.
PLAIN, PLAIN_WEIGHT = "extra_plain", 3.0
# A third of our rows were written to be hard; far fewer messages are. So they count less where confidence is measured.
HARD_COUNT = 1 / 3
CHANCE = 1.0  # standard deviation: what chance alone exceeds one time in six
SHOP_WEIGHT = 2.0  # one confirmed message of the shop's own counts as two of ours


class Labelled(NamedTuple):
    """One labelled message; `source` names the file (or shop) it came from."""

    text: str
    blame: str
    failure: str = "unknown"
    source: str = "extra"
    weight: float = 1.0
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with its metrics card."""

    model: LinearModel
    card: dict[str, Any]


class WorseError(Exception):
    """The new model scores worse on the shipped validation set than the shipped model; nothing was published."""


def corpus(folder: Path = CORPUS) -> list[Labelled]:
    """The shipped rows, in file order, with their weights."""
    rows = [
        Labelled(row["text"], row["blame"], row.get("failure", "unknown"), row["source"], hard=row.get("hard", False))
        for row in read_all(folder.glob("*.jsonl"))
    ]
    number = Counter(row.blame for row in rows if is_review(row.source))
    share_of = {blame: REVIEW_SHARES[blame] * number.total() / count for blame, count in number.items()}
    return [row._replace(weight=_weight(row, share_of)) for row in rows]


def is_review(source: str) -> bool:
    """Whether a file of the corpus holds public reviews."""
    return "review" in source or source.startswith("wild2_")


def _weight(row: Labelled, share_of: Mapping[str, float]) -> float:
    if row.source == PLAIN:
        return PLAIN_WEIGHT
    return REVIEW_WEIGHT * share_of[row.blame] if is_review(row.source) else 1.0


def held_out(text: str) -> bool:
    """Whether a message belongs to the validation set: one in ten, by a checksum of the text."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % 10 == 0


@cache
def _read(text: str) -> features.Reading:
    return features.read(text)


def examples(rows: Sequence[Labelled], field: str = "blame") -> Examples:
    """Feature vectors and labels of rows."""
    return Examples(
        [_read(row.text).vector for row in rows],
        [getattr(row, field) for row in rows],
        [row.weight for row in rows],
        [row.source for row in rows],
    )


def guesses_of(judge: LinearModel, found: Examples) -> list[str]:
    """The likeliest label of every example."""
    chances = [judge.probabilities(vector) for vector in found.vectors]
    return [max(chance, key=chance.__getitem__) for chance in chances]


def worse(truth: Sequence[str], before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether more rows were lost than won, by more than chance moves them (McNemar 1947).

    Any new rows move a few answers either way; that alone must not refuse what a shop's staff have taught.
    """
    pairs = [(a == t, b == t) for t, a, b in zip(truth, before, after, strict=True)]
    lost, won = pairs.count((True, False)), pairs.count((False, True))
    return lost - won > CHANCE * sqrt(lost + won)


def lowest_threshold(
    confidence: Sequence[float], right: Sequence[bool], counts: Sequence[float], wanted: float = WANTED_PRECISION
) -> float:
    """The lowest confidence from which the (weighted) share of right answers is at least `wanted`; 1.01: none is."""
    best, hits, seen = 1.01, 0.0, 0.0
    for sure, ok, count in sorted(zip(confidence, right, counts, strict=True), reverse=True):
        hits, seen = hits + ok * count, seen + count
        if hits / seen >= wanted:
            best = sure
    return best


def calibrate(rows: Sequence[Labelled], labels: Sequence[str], scores: Sequence[Sequence[float]]) -> dict[str, Any]:
    """Temperature, threshold and figures from cross-validation that leaves out whole source files in turn.

    For temperature and threshold rows count by their weight in the fit, hard ones less: so the confidence is that of
    messages as they come in. `decided` counts every row once, `decided_weighted` as the threshold does.
    """
    told = [row.blame for row in rows]
    truth = [labels.index(blame) for blame in told]
    counts = [row.weight * (HARD_COUNT if row.hard else 1.0) for row in rows]
    temperature = round(best_temperature(scores, truth, counts), DIGITS)
    chances = [softmax(row, temperature) for row in scores]
    sure = [max(chance) for chance in chances]
    guesses = [labels[chance.index(most)] for chance, most in zip(chances, sure, strict=True)]
    right = [a == b for a, b in zip(told, guesses, strict=True)]
    threshold = round(lowest_threshold(sure, right, counts), 4)
    return {
        "temperature": temperature,
        "threshold": threshold,
        "cross_validation": {
            **report(told, guesses, sure),
            "decided": decided(sure, right, [1.0] * len(rows), threshold),
            "decided_weighted": decided(sure, right, counts, threshold),
        },
    }


def decided(
    sure: Sequence[float], right: Sequence[bool], counts: Sequence[float], threshold: float
) -> dict[str, float]:
    """Coverage and precision from a threshold on, each row counting as many times as `counts` says."""
    taken = [(ok, count) for chance, ok, count in zip(sure, right, counts, strict=True) if chance >= threshold]
    size = sum(count for _, count in taken)
    return {"coverage": share(size, sum(counts)), "precision": share(sum(ok * count for ok, count in taken), size)}


def made_from(rows: Sequence[Labelled]) -> Examples:
    """Examples of the messages made from rows: longer ones and hastily typed ones."""
    return examples([*longer(rows), *hasty(rows)])


def train_blame(rows: Sequence[Labelled]) -> Trained:
    """The model of blame fitted on all rows and the messages made from them."""
    found = joined(examples(rows), made_from(rows))
    known = table(found.vectors, BLAME_SETTINGS.min_count)
    labels, scores = out_of_fold(found, BLAME_SETTINGS, known)
    tuned = calibrate(rows, labels, scores[: len(rows)])
    card = {
        "rows": len(rows),
        "labels": dict(sorted(Counter(row.blame for row in rows).items())),
        "sources": dict(sorted(Counter(row.source for row in rows).items())),
        **tuned,
    }
    fitted = with_temperature(fit(found, BLAME_SETTINGS, known), tuned["temperature"])
    return Trained(with_card(fitted, {name: card[name] for name in ("threshold", "rows")}), card)


def fit_blame(rows: Sequence[Labelled]) -> LinearModel:
    """An uncalibrated model of blame on rows and the messages made from them."""
    return fit(joined(examples(rows), made_from(rows)), BLAME_SETTINGS)


def train_failure(rows: Sequence[Labelled]) -> Trained:
    """The model of the failure type, fitted on the rows that have one; below its `threshold` it is unknown."""
    rows = [row._replace(weight=1.0) for row in rows if row.failure != UNKNOWN]
    found = examples(rows, "failure")
    known = table(found.vectors, FAILURE_SETTINGS.min_count)
    labels, scores = out_of_fold(found, FAILURE_SETTINGS, known)
    temperature = round(best_temperature(scores, [labels.index(label) for label in found.labels]), DIGITS)
    guesses = [labels[row.index(max(row))] for row in scores]
    sure = [max(softmax(row, temperature)) for row in scores]
    right = [a == b for a, b in zip(found.labels, guesses, strict=True)]
    threshold = round(lowest_threshold(sure, right, found.weights, FAILURE_PRECISION), 4)
    card = {
        "rows": len(rows),
        "temperature": temperature,
        "threshold": threshold,
        "cross_validation": {
            **report(found.labels, guesses, sure),
            "shown": decided(sure, right, found.weights, threshold),
        },
    }
    fitted = with_temperature(fit(found, FAILURE_SETTINGS, known), temperature)
    return Trained(with_card(fitted, {"threshold": threshold, "rows": len(rows)}), card)


def with_temperature(judge: LinearModel, temperature: float) -> LinearModel:
    """The same model, calibrated."""
    return LinearModel(judge.labels, judge.bias, judge.weights, temperature, judge.card)


def with_card(judge: LinearModel, card: dict[str, Any]) -> LinearModel:
    """The same model with a card."""
    return LinearModel(judge.labels, judge.bias, judge.weights, judge.temperature, card)


def train_shipped(folder: Path = model.FOLDER) -> dict[str, Any]:
    """Train both models on the corpus, write the artefact into `folder`, return the card."""
    rows = corpus()
    blame, failure = train_blame(rows), train_failure(rows)
    folder.mkdir(parents=True, exist_ok=True)
    dump(blame.model, folder / model.BLAME_FILE.name)
    dump(failure.model, folder / model.FAILURE_FILE.name)
    card = {"blame": rounded(blame.card), "failure": rounded(failure.card)}
    (folder / model.CARD_FILE.name).write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return card


def train_for_shop(confirmed: Iterable[tuple[str, str, float]], path: Path) -> dict[str, Any]:
    """A shop's own model from our corpus plus its staff's (text, blame, weight) rows, written to `path`.

    Raises WorseError, and writes nothing, where such a model is worse than ours on the validation set, beyond chance.
    """
    own = [Labelled(text, blame, source="shop", weight=SHOP_WEIGHT * weight) for text, blame, weight in confirmed]
    ours = corpus()
    kept = [row for row in ours if not held_out(row.text)]
    out = examples([row for row in ours if held_out(row.text)])
    before, after = (guesses_of(fit_blame(known), out) for known in (kept, [*kept, *own]))
    figures = {"macro_f1_before": macro_f1(out.labels, before), "macro_f1_after": macro_f1(out.labels, after)}
    if worse(out.labels, before, after):
        raise WorseError(
            f"validation macro-F1 {figures['macro_f1_after']:.3f} with the shop's {len(own)} rows,"
            f" {figures['macro_f1_before']:.3f} without"
        )
    trained = train_blame([*ours, *own])
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".new")  # readers see the old file or the new one, never half of it
    dump(trained.model, half)
    half.replace(path)
    return {**rounded(trained.card), **figures}


def joined(first: Examples, second: Examples) -> Examples:
    """Both sets of examples in one."""
    return Examples(
        [*first.vectors, *second.vectors],
        [*first.labels, *second.labels],
        [*first.weights, *second.weights],
        [*first.groups, *second.groups],
    )


def rounded(value: Any) -> Any:
    """JSON values with floats cut to four digits, so that a card reads well and compares well."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


__all__ = ["Labelled", "Trained", "WorseError", "corpus", "train_for_shop", "train_shipped"]
