"""Training the models of blame and failure from our own corpus, and a shop's model with its staff's corrections.

Needs requirements-train.txt. Deterministic: the same rows give the same files.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from complaints.attribution import features, model
from complaints.attribution.augment import hasty, longer
from complaints.attribution.engine import suggest
from language.corpus import read_all
from language.evaluation import macro_f1, report, share
from language.linear import LinearModel, dump, softmax
from language.training import (
    Examples,
    Scaling,
    Settings,
    best_scaling,
    best_temperature,
    fit,
    out_of_fold,
    scaled,
    table,
)

CORPUS = Path(__file__).parent / "corpus"
BLAME_SETTINGS = Settings(strength=2.0, tolerance=5e-4, min_count=5, keep=60_000, folds=5, ratios=0.5, splits=3)
FAILURE_SETTINGS = Settings(strength=2.0, min_count=5, keep=12_000, folds=3, ratios=0.2, splits=1)
UNKNOWN = "unknown"
DIGITS = 5  # of fitted numbers: the last ones depend on the order in which floats were added
WANTED_PRECISION = 0.96  # of decided suggestions in cross-validation
FAILURE_PRECISION = 0.75  # of failure types that are shown: a field filled in beforehand, for staff to change
# Our corpus gives each blame a fair share; in real reviews the shop is blamed most. So the rows of review files are
# weighted to these shares of blame, whatever their number, and each counts this much on average.
REVIEW_SHARES = {"self": 0.14, "shop": 0.58, "unclear": 0.28}
REVIEW_WEIGHT = 2.0
# Most messages are plain; most of our rows are the unusual ones that a model must see once. Plain rows count for more.
PLAIN, PLAIN_WEIGHT = "extra_plain", 3.0
# A third of our rows were written to be hard; far fewer messages are. So they count less where confidence is measured.
HARD_COUNT = 1 / 4
SHOP_WEIGHTS = (2.0, 1.0, 0.5, 0.25)  # of one row of the shop's own; the first that does no harm is taken
# Taps at random: staff agree with fewer of our sure suggestions (if there are so many), or hardly any row is decided.
LEAST_AGREED, ENOUGH = 0.75, 20
LEAST_COVERAGE = 0.3


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
    """The shop's rows would make the suggestions worse; nothing was published."""


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

    For scaling and threshold rows count by their weight in the fit, hard ones less: so the confidence is that of
    messages as they come in. `decided` counts every row once, `decided_weighted` as the threshold does.
    """
    told = [row.blame for row in rows]
    truth = [labels.index(blame) for blame in told]
    counts = [row.weight * (HARD_COUNT if row.hard else 1.0) for row in rows]
    scaling = Scaling(*(tuple(round(x, DIGITS) for x in part) for part in best_scaling(scores, truth, counts)))
    chances = [softmax(scaling.of(row)) for row in scores]
    sure = [max(chance) for chance in chances]
    guesses = [labels[chance.index(most)] for chance, most in zip(chances, sure, strict=True)]
    right = [a == b for a, b in zip(told, guesses, strict=True)]
    threshold = round(lowest_threshold(sure, right, counts), 4)
    return {
        "scaling": scaling._asdict(),
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


def train_blame(rows: Sequence[Labelled], own: Sequence[Labelled] = ()) -> Trained:
    """The model of blame fitted on all rows and the messages made from them; a shop's own rows go in as they are."""
    told = [*rows, *own]
    found = joined(examples(told), made_from(rows))
    known = table(found.vectors, BLAME_SETTINGS.min_count)
    rough = replace(BLAME_SETTINGS, splits=1, tolerance=1e-3)  # near enough to calibrate, a quarter of the work
    labels, scores = out_of_fold(found, rough, known)
    tuned = calibrate(told, labels, scores[: len(told)])
    card = {
        "rows": len(told),
        "labels": dict(sorted(Counter(row.blame for row in told).items())),
        "sources": dict(sorted(Counter(row.source for row in told).items())),
        **tuned,
    }
    fitted = scaled(fit(found, BLAME_SETTINGS, known), Scaling(**tuned["scaling"]))
    return Trained(with_card(fitted, {name: card[name] for name in ("threshold", "rows")}), card)


def fit_blame(rows: Sequence[Labelled], own: Sequence[Labelled] = ()) -> LinearModel:
    """An uncalibrated model of blame, as `train_blame` fits it."""
    return fit(joined(examples([*rows, *own]), made_from(rows)), BLAME_SETTINGS)


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

    Raises WorseError, and writes nothing, where the taps look random, where every weight of the rows lowers macro-F1 on
    the validation set, or where the model would decide next to nothing.
    """
    own = [
        Labelled(text, blame, source=f"shop {place % BLAME_SETTINGS.folds}", weight=weight)  # some in every fold
        for place, (text, blame, weight) in enumerate(confirmed)
    ]
    require_agreement(own)
    ours = corpus()
    figures = harmless_weight(ours, own)
    trained = train_blame(ours, times(own, figures["shop_weight"]))
    coverage = trained.card["cross_validation"]["decided_weighted"]["coverage"]
    if coverage < LEAST_COVERAGE:
        raise WorseError(f"the model would decide only {coverage:.0%} of messages")
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".new")  # readers see the old file or the new one, never half of it
    dump(trained.model, half)
    half.replace(path)
    return {**rounded(trained.card), **figures}


def require_agreement(own: Sequence[Labelled]) -> None:
    """Raises WorseError where staff contradict too many suggestions that we are nearly certain of."""
    pairs = [(row.blame, suggest(row.text)) for row in own]
    agreed = [blame == found.blame for blame, found in pairs if found.decided]
    if len(agreed) >= ENOUGH and share(sum(agreed), len(agreed)) < LEAST_AGREED:
        raise WorseError(f"staff agree with only {sum(agreed)} of {len(agreed)} sure suggestions")


def harmless_weight(ours: Sequence[Labelled], own: Sequence[Labelled]) -> dict[str, float]:
    """The heaviest weight of the shop's rows with which macro-F1 on the validation set does not fall, and both figures.

    Raises WorseError where it falls with each.
    """
    kept = [row for row in ours if not held_out(row.text)]
    out = examples([row for row in ours if held_out(row.text)])
    before = macro_f1(out.labels, guesses_of(fit_blame(kept), out))
    tried = []
    for weight in SHOP_WEIGHTS:
        after = macro_f1(out.labels, guesses_of(fit_blame(kept, times(own, weight)), out))
        if after >= before:
            return {"shop_weight": weight, "macro_f1_before": before, "macro_f1_after": after}
        tried.append(after)
    raise WorseError(f"validation macro-F1 {max(tried):.3f} with the shop's {len(own)} rows, {before:.3f} without")


def times(rows: Sequence[Labelled], weight: float) -> list[Labelled]:
    """The rows, each weighing that many times as much."""
    return [row._replace(weight=row.weight * weight) for row in rows]


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
