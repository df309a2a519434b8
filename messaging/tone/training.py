"""Train the hunch on the corpus beside this file. Needs requirements-train.txt; run by `train_tone`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from language.corpus import read_all
from language.evaluation import share
from language.linear import LinearModel, dump, softmax
from language.training import Examples, Settings, fit, out_of_fold
from messaging.tone import hunch
from messaging.tone.engine import CHAT_INDEX, LITERALS, hits
from messaging.tone.reading import read

CORPUS = Path(__file__).with_name("corpus")
SETTINGS = Settings(strength=4.0, keep=30_000, folds=10)
ALARMS = 0.008  # share of harmless messages that the hunch may disturb, measured on files it was not trained on


def domain(source: str) -> str:
    """The fold a corpus file belongs to: bad_food and ok_food are judged together."""
    return source.split("_", 1)[-1]


def rows_of(folder: Path = CORPUS) -> list[dict[str, Any]]:
    """The corpus; ValueError where it is empty."""
    rows = read_all(folder.glob("*.jsonl"))
    if not rows:
        raise ValueError(f"no corpus in {folder}")
    return rows


def framed(text: str) -> bool:
    """A frame finds something, so that the hunch is not asked."""
    return bool(hits(read(text, LITERALS), CHAT_INDEX))


def threshold(suspicions: Sequence[float], labels: Sequence[str], skip: Sequence[bool], alarms: float) -> float:
    """The lowest suspicion at which at most `alarms` of all harmless rows are warned of (rows in `skip` are not)."""
    harmless = labels.count(hunch.OK)
    clean = sorted(
        (value for value, label, out in zip(suspicions, labels, skip, strict=True) if label == hunch.OK and not out),
        reverse=True,
    )
    return clean[min(int(alarms * harmless), len(clean) - 1)] + 1e-6 if clean else 1.0


def train(rows: Sequence[dict[str, Any]], settings: Settings = SETTINGS) -> LinearModel:
    """A model with its threshold and figures in the card; each figure comes from folds that left its file out."""
    labels = [str(row["label"]) for row in rows]
    examples = Examples(
        [hunch.features(str(row["text"])) for row in rows],
        labels,
        [1.0] * len(rows),
        [domain(str(row["source"])) for row in rows],
    )
    names, scores = out_of_fold(examples, settings)
    bad = names.index(hunch.BAD)
    suspicions = [softmax(row)[bad] for row in scores]
    skip = [framed(str(row["text"])) for row in rows]
    limit = threshold(suspicions, labels, skip, ALARMS)
    model = fit(examples, settings)
    return LinearModel(model.labels, model.bias, model.weights, 1.0, _card(rows, suspicions, skip, limit))


def _card(
    rows: Sequence[dict[str, Any]], suspicions: Sequence[float], skip: Sequence[bool], limit: float
) -> dict[str, Any]:
    def counted(label: str) -> tuple[int, int, int]:
        chosen = [i for i, row in enumerate(rows) if row["label"] == label]
        return len(chosen), sum(skip[i] for i in chosen), sum(not skip[i] and suspicions[i] >= limit for i in chosen)

    bad, bad_framed, bad_hunch = counted(hunch.BAD)
    harmless, ok_framed, ok_hunch = counted(hunch.OK)
    return {
        "what": "second opinion of the tone guard: linear model on words, letters and concepts; raises warnings only",
        "rows": {"bad": bad, "ok": harmless},
        "threshold": round(limit, 6),
        "out_of_fold": {
            "bad_caught_by_hunch_alone": bad_hunch,
            "ok_alarmed_by_hunch_alone": ok_hunch,
            "ok_alarm_share": round(share(ok_hunch, harmless), 4),
        },
        "frames_on_the_same_rows": {"bad": bad_framed, "ok": ok_framed},
        "by_file": _by_file(rows, suspicions, skip, limit),
    }


def _by_file(
    rows: Sequence[dict[str, Any]], suspicions: Sequence[float], skip: Sequence[bool], limit: float
) -> dict[str, list[int]]:
    """Corpus file -> [rows, found by frames, found by the hunch alone]."""
    table: dict[str, list[int]] = {}
    for row, suspicion, out in zip(rows, suspicions, skip, strict=True):
        counts = table.setdefault(str(row["source"]), [0, 0, 0])
        counts[0] += 1
        counts[1] += out
        counts[2] += not out and suspicion >= limit
    return table


def save(model: LinearModel, path: Path = hunch.MODEL) -> None:
    """Write the model and make the running guard read it again."""
    dump(model, path)
    hunch.model.cache_clear()
