"""Training the models of triage from our own corpus; needs requirements-train.txt. Same rows, same files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from language.corpus import read_all
from language.evaluation import report
from language.linear import LinearModel, dump, softmax
from language.training import Examples, Settings, best_temperature, fit, out_of_fold
from reviews.triage import augment, features, model
from reviews.triage.engine import NONE, YES

CORPUS = Path(__file__).parent / "corpus"
SETTINGS = {
    model.FOLLOWUP: Settings(strength=4.0, min_count=2, keep=30_000),
    model.URGENT: Settings(strength=2.0, min_count=3, keep=6_000),
    model.THEME: Settings(strength=2.0, min_count=3, keep=12_000),
}
BETA = 1.0  # of the F-measure that chooses the threshold; above 1 recall weighs more
# The neighbouring room's corpus holds many written complaints; read as text in training only, nothing is imported.
NEIGHBOUR = Path(__file__).parents[2] / "complaints" / "attribution" / "corpus"
NEIGHBOUR_STARS = (1, 2, 3, 1, 2, 4, 3)


class Labelled(NamedTuple):
    """One labelled review; `source` names the corpus file it came from."""

    stars: int
    text: str
    needs_followup: bool
    urgent: bool = False
    themes: tuple[str, ...] | None = None
    source: str = "extra"
    weight: float = 1.0


def corpus(folder: Path = CORPUS) -> list[Labelled]:
    """The shipped rows, in file order."""
    return [labelled(row) for row in read_all(folder.glob("*.jsonl"))]


def complaints_next_door(folder: Path = NEIGHBOUR) -> list[Labelled]:
    """Written reviews that hold the shop responsible: each needs a follow-up. Their stars are dealt out evenly."""
    rows = (row for row in read_all(folder.glob("*review*.jsonl")) if row.get("blame") == "shop")
    return [
        Labelled(
            NEIGHBOUR_STARS[augment.order(row["text"]) % len(NEIGHBOUR_STARS)], row["text"], True, source=row["source"]
        )
        for row in rows
    ]


def labelled(row: dict[str, Any]) -> Labelled:
    """A corpus row. KeyError: stars or needs_followup is missing."""
    themes = tuple(row["themes"]) if "themes" in row else None
    return Labelled(
        int(row["stars"]), row["text"], bool(row["needs_followup"]), bool(row.get("urgent")), themes, row["source"]
    )


def enriched(rows: Sequence[Labelled]) -> list[Labelled]:
    """The rows first, then the made ones with their smaller weights, then the complaints from next door."""
    return [*rows, *(row._replace(weight=weight) for row, weight in augment.made(rows)), *complaints_next_door()]


def examples(rows: Sequence[Labelled], label: Callable[[Labelled], str], *, words_only: bool = False) -> Examples:
    """Feature vectors with one label a row."""
    readings = [features.read(row.stars, row.text) for row in rows]
    vectors = [reading.words if words_only else reading.vector for reading in readings]
    return Examples(vectors, [label(row) for row in rows], [row.weight for row in rows], [row.source for row in rows])


def theme_examples(rows: Sequence[Labelled]) -> Examples:
    """A row per theme of each review whose themes are labelled, sharing its weight: each theme gets its chance."""
    vectors, labels, weights, groups = [], [], [], []
    for row in rows:
        if row.themes is None:
            continue
        vector = features.read(row.stars, row.text).words
        for theme in row.themes or (NONE,):
            vectors.append(vector)
            labels.append(theme)
            weights.append(row.weight / max(1, len(row.themes)))
            groups.append(row.source)
    return Examples(vectors, labels, weights, groups)


def best_threshold(chances: Sequence[float], rows: Sequence[Labelled]) -> float:
    """The threshold with the best F-measure on reviews that the model has not seen."""
    real = sum(row.needs_followup for row in rows)

    def measure(limit: float) -> float:
        hits = sum(chance >= limit and row.needs_followup for chance, row in zip(chances, rows, strict=True))
        said = sum(chance >= limit for chance in chances)
        return (1 + BETA**2) * hits / (BETA**2 * real + said) if said else 0.0

    return max((step / 100 for step in range(30, 61)), key=measure)


def train_one(found: Examples, settings: Settings) -> tuple[LinearModel, dict[str, Any], list[float]]:
    """A model of everything, calibrated and scored on folds that leave whole files out; chances of its last label."""
    labels, scores = out_of_fold(found, settings)
    temperature = best_temperature(scores, [labels.index(label) for label in found.labels])
    chances = [softmax(row, temperature) for row in scores]
    guesses = [labels[row.index(max(row))] for row in chances]
    card = {
        "rows": len(found.labels),
        "temperature": temperature,
        "cross_validation": report(found.labels, guesses, [max(row) for row in chances]),
    }
    fitted = fit(found, settings)
    calibrated = LinearModel(fitted.labels, fitted.bias, fitted.weights, temperature, {})
    return calibrated, card, [row[-1] for row in chances]


def yes_or_no(value: bool) -> str:
    return YES if value else "no"


def train_shipped(folder: Path = model.FOLDER) -> dict[str, Any]:
    """Train the three models on the corpus, write the artefact into `folder`, return the card."""
    rows = corpus()
    flagged = [row for row in rows if row.needs_followup]
    folder.mkdir(parents=True, exist_ok=True)
    every = enriched(rows)
    found = examples(every, lambda row: yes_or_no(row.needs_followup))
    followup, card, chances = train_one(found, SETTINGS[model.FOLLOWUP])
    own = chances[: len(rows)]
    threshold = best_threshold(own, rows)
    card |= {"written": len(rows), "threshold": threshold, "by_stars": by_stars(own, rows, threshold)}
    alarms = examples(flagged, lambda row: yes_or_no(row.urgent), words_only=True)
    urgent, urgent_card, _ = train_one(alarms, SETTINGS[model.URGENT])
    theme, theme_card, _ = train_one(theme_examples(rows), SETTINGS[model.THEME])
    cards = {model.FOLLOWUP: card, model.URGENT: {**urgent_card, "threshold": 0.5}, model.THEME: theme_card}
    for name, judge in ((model.FOLLOWUP, followup), (model.URGENT, urgent), (model.THEME, theme)):
        small = {"rows": cards[name]["rows"], "threshold": cards[name].get("threshold", 0.5)}
        dump(
            LinearModel(judge.labels, judge.bias, judge.weights, judge.temperature, small), model.file_of(name, folder)
        )
    text = json.dumps(rounded(cards), indent=1, sort_keys=True) + "\n"
    (folder / model.CARD_FILE.name).write_text(text, encoding="utf-8")
    model.shipped.cache_clear()
    return cards


def by_stars(chances: Sequence[float], rows: Sequence[Labelled], limit: float) -> dict[str, Any]:
    """Share of complaints found and of others flagged, under each number of stars."""
    table = {}
    for stars in range(1, 6):
        some = [
            (chance >= limit, row.needs_followup)
            for chance, row in zip(chances, rows, strict=True)
            if row.stars == stars
        ]
        yes, no = [said for said, real in some if real], [said for said, real in some if not real]
        table[str(stars)] = {
            "complaints": len(yes),
            "found": sum(yes) / max(1, len(yes)),
            "others": len(no),
            "flagged_wrongly": sum(no) / max(1, len(no)),
        }
    return table


def rounded(value: Any) -> Any:
    """JSON values with floats cut to four digits."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value
