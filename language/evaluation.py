"""How well a classifier does, in plain Python: confusion, precision and recall, coverage, calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Precision, recall and F1 (0..1) of one label, with the number of true rows."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of a reliability table: rows with a confidence in [low, high)."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def share(part: float, whole: float) -> float:
    """part / whole, 0 where there is nothing to divide by."""
    return part / whole if whole else 0.0


def confusion(truth: Sequence[str], guess: Sequence[str]) -> Counter[tuple[str, str]]:
    """Counts of (true label, guessed label)."""
    return Counter(zip(truth, guess, strict=True))


def class_scores(truth: Sequence[str], guess: Sequence[str]) -> dict[str, ClassScore]:
    """Scores of every label that occurs in the truth."""
    pairs = confusion(truth, guess)
    real, said = Counter(truth), Counter(guess)
    scores = {}
    for label in sorted(real):
        hits = pairs[label, label]
        precision, recall = share(hits, said[label]), share(hits, real[label])
        scores[label] = ClassScore(precision, recall, share(2 * precision * recall, precision + recall), real[label])
    return scores


def macro_f1(truth: Sequence[str], guess: Sequence[str]) -> float:
    """Mean F1 over the labels in the truth; 0 for no rows."""
    scores = class_scores(truth, guess)
    return share(sum(score.f1 for score in scores.values()), len(scores))


def accuracy(truth: Sequence[str], guess: Sequence[str]) -> float:
    """Share of rows guessed right."""
    return share(sum(a == b for a, b in zip(truth, guess, strict=True)), len(truth))


def coverage_and_precision(right: Sequence[bool], taken: Sequence[bool]) -> tuple[float, float]:
    """Share of rows taken, and share of those that are right."""
    hits = sum(ok for ok, take in zip(right, taken, strict=True) if take)
    return share(sum(taken), len(taken)), share(hits, sum(taken))


def reliability(confidence: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Reliability table with equal-width bins; empty bins are left out."""
    rows: dict[int, list[tuple[float, bool]]] = {}
    for sure, ok in zip(confidence, right, strict=True):
        rows.setdefault(min(int(sure * bins), bins - 1), []).append((sure, ok))
    return [
        Bin(
            low=place / bins,
            high=(place + 1) / bins,
            count=len(group),
            confidence=share(sum(sure for sure, _ in group), len(group)),
            accuracy=share(sum(ok for _, ok in group), len(group)),
        )
        for place, group in sorted(rows.items())
    ]


def calibration_error(confidence: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error (Guo et al. 2017): mean gap between confidence and accuracy, weighted by rows."""
    table = reliability(confidence, right, bins)
    return share(sum(row.count * abs(row.confidence - row.accuracy) for row in table), len(confidence))


def report(truth: Sequence[str], guess: Sequence[str], confidence: Sequence[float]) -> dict[str, Any]:
    """Everything above as plain JSON values; the confusion is nested true -> guessed -> count."""
    right = [a == b for a, b in zip(truth, guess, strict=True)]
    pairs = confusion(truth, guess)
    labels = sorted(set(truth) | set(guess))
    nested: Mapping[str, Mapping[str, int]] = {a: {b: pairs[a, b] for b in labels} for a in labels}
    return {
        "rows": len(truth),
        "accuracy": accuracy(truth, guess),
        "macro_f1": macro_f1(truth, guess),
        "classes": {label: asdict(score) for label, score in class_scores(truth, guess).items()},
        "confusion": nested,
        "ece": calibration_error(confidence, right),
        "reliability": [asdict(row) for row in reliability(confidence, right)],
    }
