"""How well `assess` does on labelled reviews, as a dictionary and as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from language.evaluation import share
from reviews.triage.engine import HIGH, LOW, NOW, Assessment, assess

Row = Mapping[str, Any]
WORST = 20


def stars_of(row: Row) -> int:
    """A row's stars, under either name."""
    return round(float(row.get("stars", row.get("rating", 3))))


def evaluate(rows: Sequence[Row], judge: Callable[[int, str], Assessment] = assess) -> dict[str, Any]:
    """F1 of `needs_followup`, recall inside 4 and 5 stars, share of harmless low ratings called urgent."""
    pairs = [(row, judge(stars_of(row), row["text"])) for row in rows]
    hits = sum(found.needs_followup and row["needs_followup"] for row, found in pairs)
    said = sum(found.needs_followup for _, found in pairs)
    real = sum(bool(row["needs_followup"]) for row, _ in pairs)
    high = [found.needs_followup for row, found in pairs if row["needs_followup"] and stars_of(row) >= HIGH]
    calm = [found.urgency == NOW for row, found in pairs if not row["needs_followup"] and stars_of(row) <= LOW + 1]
    return {
        "rows": len(pairs),
        "precision": share(hits, said),
        "recall": share(hits, real),
        "f1": share(2 * hits, said + real),
        "high_stars": {"complaints": len(high), "recall": share(sum(high), len(high))},
        "calm_low": {"rows": len(calm), "urgent": share(sum(calm), len(calm))},
        **labelled_parts(pairs),
        "worst": worst(pairs),
    }


def labelled_parts(pairs: Sequence[tuple[Row, Assessment]]) -> dict[str, Any]:
    """Urgency and themes, where the rows have these labels."""
    parts: dict[str, Any] = {}
    judged = [(bool(row["urgent"]), found.urgency == NOW) for row, found in pairs if "urgent" in row]
    if judged:
        hits = sum(a and b for a, b in judged)
        parts["urgent"] = {
            "precision": share(hits, sum(b for _, b in judged)),
            "recall": share(hits, sum(a for a, _ in judged)),
        }
    themed = [(set(row["themes"]), set(found.themes)) for row, found in pairs if row.get("themes")]
    if themed:
        common = sum(len(a & b) for a, b in themed)
        parts["themes"] = {
            "precision": share(common, sum(len(b) for _, b in themed)),
            "recall": share(common, sum(len(a) for a, _ in themed)),
        }
    return parts


def worst(pairs: Sequence[tuple[Row, Assessment]]) -> list[dict[str, Any]]:
    """The wrong answers that were surest of themselves."""
    wrong = [(row, found) for row, found in pairs if bool(row["needs_followup"]) != found.needs_followup]
    wrong.sort(key=lambda pair: -abs(pair[1].confidence - 0.5))
    return [
        {
            "text": row["text"],
            "stars": stars_of(row),
            "needs_followup": bool(row["needs_followup"]),
            "confidence": found.confidence,
            "why": [f"{row['text'][reason.start : reason.end]}: {reason.reason_en}" for reason in found.why],
        }
        for row, found in wrong[:WORST]
    ]


def render(found: Mapping[str, Any]) -> str:
    """An evaluation as text for a terminal."""
    lines = [
        f"{found['rows']} rows  F1 {found['f1']:.3f}  precision {found['precision']:.3f}  recall {found['recall']:.3f}",
        "complaints inside 4 and 5 stars:"
        f" {found['high_stars']['complaints']}, found {found['high_stars']['recall']:.3f}",
        f"harmless low ratings: {found['calm_low']['rows']}, called urgent {found['calm_low']['urgent']:.3f}",
    ]
    for name in ("urgent", "themes"):
        if name in found:
            part = found[name]
            lines.append(f"{name}: precision {part['precision']:.3f}  recall {part['recall']:.3f}")
    lines.append("worst errors")
    for row in found["worst"]:
        lines.append(
            f"  {row['stars']} stars, flag {row['needs_followup']}, chance {row['confidence']:.2f}:"
            f" {row['text'][:150]!r}"
        )
    return "\n".join(lines)
