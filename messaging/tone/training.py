"""Train the hunch on the corpus beside this file. Needs requirements-train.txt; run by `train_tone`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from language.corpus import read_all
from language.evaluation import share
from language.linear import LinearModel, dump, softmax
from language.training import Examples, Settings, fit, folds
from messaging.tone import hunch, lexicon
from messaging.tone.guard import framed

CORPUS = Path(__file__).with_name("corpus")
_NEVER = 2.0  # above any suspicion
SETTINGS = Settings(strength=8.0, keep=60_000, balanced=False, folds=6, ratios=3.0, splits=4)
ALARMS = 0.02  # share of the harmless messages, each file left out, on which the whole guard may speak up
SURE = 0.35  # a finding gives way where its sentence is nearly twice as likely harmless


class Seen(NamedTuple):
    """What a model that never saw the row's file says: of the whole text, and the most of any sentence with a finding
    of the frames (None: no finding; 1: one too short to doubt)."""

    whole: float
    sentence: float | None


class Limits(NamedTuple):
    """A finding below `harmless_below` is dropped; a text without findings warns from `threshold` on."""

    harmless_below: float
    threshold: float


def domain(source: str) -> str:
    """The fold a corpus file belongs to: bad_food and ok_food are judged together."""
    return source.split("_", 1)[-1]


def rows_of(folder: Path = CORPUS) -> list[dict[str, Any]]:
    """The corpus; ValueError where it is empty."""
    rows = read_all(folder.glob("*.jsonl"))
    if not rows:
        raise ValueError(f"no corpus in {folder}")
    return rows


def label_of(row: Mapping[str, Any]) -> str:
    """The class a row teaches: its rule, "indirect", or harmless."""
    return hunch.OK if row["label"] == hunch.OK else str(row.get("category") or hunch.INDIRECT)


def examples_of(rows: Sequence[Mapping[str, Any]]) -> Examples:
    """Vectors, classes and files; the offending rows weigh together what the harmless ones do."""
    labels = [label_of(row) for row in rows]
    harmless = labels.count(hunch.OK)
    heavy = harmless / max(len(rows) - harmless, 1)
    weights = [1.0 if label == hunch.OK else heavy for label in labels]
    return Examples(
        [hunch.features(str(row["text"])) for row in rows],
        labels,
        weights,
        [domain(str(row["source"])) for row in rows],
    )


def suspicion(model: LinearModel, text: str) -> float:
    """1 - P(harmless)."""
    shares = softmax(model.scores(hunch.features(text)))
    return 1.0 - shares[model.labels.index(hunch.OK)]


def look(rows: Sequence[Mapping[str, Any]], examples: Examples, settings: Settings) -> list[Seen]:
    """For every row what a model trained on the other files says."""
    seen = [Seen(0.0, None)] * len(rows)
    for train_on, test in folds(examples.groups, examples.labels, settings.folds):
        model = fit(examples.take(train_on), settings)
        for place in test:
            text = str(rows[place]["text"])
            framed_parts = [text[start:end] for start, end in framed(text)]
            parts = [1.0 if hunch.is_short(part) else suspicion(model, part) for part in framed_parts]
            seen[place] = Seen(suspicion(model, text), max(parts, default=None))
    return seen


def speaks(seen: Seen, limits: Limits) -> bool:
    """The whole guard, frames and hunch, has something to say."""
    if seen.sentence is not None and seen.sentence >= limits.harmless_below:
        return True
    return seen.whole >= limits.threshold


def limits_for(seen: Sequence[Seen], harmless: Sequence[bool], alarms: float) -> Limits:
    """The lowest threshold at which at most `alarms` of the harmless rows are disturbed."""
    fine = [row for row, good in zip(seen, harmless, strict=True) if good]
    quiet = sorted((row.whole for row in fine if not speaks(row, Limits(SURE, _NEVER))), reverse=True)
    room = max(int(alarms * len(fine)) - (len(fine) - len(quiet)), 0)
    return Limits(SURE, min(quiet[room] + 1e-6, 1.0) if room < len(quiet) else 0.5)


def train(
    rows: Sequence[dict[str, Any]], settings: Settings = SETTINGS, made_from: Mapping[str, str] | None = None
) -> LinearModel:
    """A model with its limits and figures in the card; each figure comes from folds that left its file out."""
    examples = examples_of(rows)
    seen = look(rows, examples, settings)
    limits = limits_for(seen, [row["label"] == hunch.OK for row in rows], ALARMS)
    model = fit(examples, settings)
    card = {**_card(rows, seen, limits), "made_from": dict(made_from or {})}
    return LinearModel(model.labels, model.bias, model.weights, 1.0, card)


def _card(rows: Sequence[Mapping[str, Any]], seen: Sequence[Seen], limits: Limits) -> dict[str, Any]:
    bad = sum(row["label"] != hunch.OK for row in rows)
    return {
        "what": "second opinion of the tone guard: linear model on words, letters and concepts; warns, never blocks",
        "rows": {"bad": bad, "ok": len(rows) - bad},
        "threshold": round(limits.threshold, 6),
        "harmless_below": limits.harmless_below,
        "files_left_out": _counts(rows, seen, limits),
        "by_file": {
            name: _counts(*_only(rows, seen, name), limits) for name in sorted({str(row["source"]) for row in rows})
        },
    }


def _only(
    rows: Sequence[Mapping[str, Any]], seen: Sequence[Seen], source: str
) -> tuple[list[Mapping[str, Any]], list[Seen]]:
    """The rows of one file."""
    kept = [i for i, row in enumerate(rows) if row["source"] == source]
    return [rows[i] for i in kept], [seen[i] for i in kept]


def _counts(rows: Sequence[Mapping[str, Any]], seen: Sequence[Seen], limits: Limits) -> dict[str, float]:
    """How many rows there are, how many the frames alone and how many the whole guard speaks up on."""
    table: dict[str, float] = {}
    for label in (hunch.BAD, hunch.OK):
        these = [
            row for row, given in zip(seen, rows, strict=True) if (given["label"] == hunch.OK) == (label == hunch.OK)
        ]
        if these:
            found = sum(speaks(row, limits) for row in these)
            table |= {label: len(these), f"{label}_frames": sum(row.sentence is not None for row in these)}
            table |= {f"{label}_guard": found, f"{label}_share": round(share(found, len(these)), 4)}
    return table


def digest(path: Path) -> str:
    """Twelve hex digits of a file's content."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:12]


def sources(folder: Path = CORPUS) -> dict[str, str]:
    """What a model is made from, with its digest: the lexicon and each corpus file."""
    paths = (Path(lexicon.__file__), *sorted(folder.glob("*.jsonl")))
    return {path.name: digest(path) for path in paths}


def stale(card: Mapping[str, Any], folder: Path = CORPUS) -> list[str]:
    """Sources that changed or went after the model was made. A new corpus file waits for the next training."""
    now = sources(folder)
    return sorted(name for name, mark in card["made_from"].items() if now.get(name) != mark)


def save(model: LinearModel, path: Path = hunch.MODEL) -> None:
    """Write the model and make the running guard read it again."""
    dump(model, path)
    hunch.model.cache_clear()
