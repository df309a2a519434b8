"""How well `suggest` does on labelled messages, as a dictionary and as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from complaints.attribution.engine import SELF, SHOP, Suggestion, suggest
from language.evaluation import coverage_and_precision, report, share

Row = Mapping[str, Any]
WORST = 15


def evaluate(rows: Sequence[Row], judge: Callable[[str], Suggestion] = suggest) -> dict[str, Any]:
    """Figures for rows with `text` and `blame` (and, where given, `lang` and `hard`), plain JSON values.

    Adds to `language.evaluation.report`: `decided` (coverage, precision), `crossed` (share of self and shop rows
    taken for each other), the same by language and hardness, and the worst errors with their cues.
    """
    found = [judge(row["text"]) for row in rows]
    pairs = list(zip(rows, found, strict=True))
    parts: dict[str, Any] = {}
    for field in ("lang", "hard"):
        values = sorted({str(row[field]) for row in rows if field in row})
        parts |= {f"{field}={v}": figures([p for p in pairs if str(p[0].get(field)) == v]) for v in values}
    return {**figures(pairs), "parts": parts, "worst": worst(pairs)}


def figures(pairs: Sequence[tuple[Row, Suggestion]]) -> dict[str, Any]:
    """The figures of some (row, suggestion) pairs."""
    truth = [row["blame"] for row, _ in pairs]
    guess = [found.blame for _, found in pairs]
    right = [a == b for a, b in zip(truth, guess, strict=True)]
    coverage, precision = coverage_and_precision(right, [found.decided for _, found in pairs])
    crossed = sum({a, b} == {SELF, SHOP} for a, b in zip(truth, guess, strict=True))
    return {
        **report(truth, guess, [found.confidence for _, found in pairs]),
        "decided": {"coverage": coverage, "precision": precision},
        "crossed": share(crossed, len(pairs)),
        "disagreements": sum(found.disagreement for _, found in pairs),
    }


def worst(pairs: Iterable[tuple[Row, Suggestion]]) -> list[dict[str, Any]]:
    """The wrong suggestions that were surest of themselves."""
    wrong = [(row, found) for row, found in pairs if row["blame"] != found.blame]
    wrong.sort(key=lambda pair: -pair[1].confidence)
    return [
        {
            "text": row["text"],
            "blame": row["blame"],
            "suggested": found.blame,
            "confidence": found.confidence,
            "cues": [f"{cue.points_to}: {row['text'][cue.start : cue.end]}" for cue in found.cues],
        }
        for row, found in wrong[:WORST]
    ]


def render(found: Mapping[str, Any]) -> str:
    """An evaluation as text for a terminal."""
    lines = [_summary("all", found)]
    lines += [_summary(name, part) for name, part in found["parts"].items()]
    lines += ["", "label      precision  recall     F1    rows"]
    for label, row in found["classes"].items():
        lines.append(f"{label:10} {row['precision']:9.3f} {row['recall']:7.3f} {row['f1']:6.3f} {row['support']:7}")
    labels = list(found["confusion"])
    lines += ["", "true \\ suggested " + "".join(f"{label:>9}" for label in labels)]
    for label in labels:
        lines.append(f"{label:16} " + "".join(f"{found['confusion'][label][other]:9}" for other in labels))
    lines += ["", "confidence  rows  said  right"]
    for row in found["reliability"]:
        lines.append(
            f"{row['low']:.1f} to {row['high']:.1f} {row['count']:6} {row['confidence']:5.2f} {row['accuracy']:6.2f}"
        )
    lines += ["", "worst errors"]
    for row in found["worst"]:
        lines.append(f"  {row['blame']} -> {row['suggested']} {row['confidence']:.2f}  {row['text'][:160]!r}")
        lines.append("      " + ("; ".join(row["cues"]) or "no cue"))
    return "\n".join(lines)


def _summary(name: str, part: Mapping[str, Any]) -> str:
    return (
        f"{name:12} {part['rows']:5} rows  macro-F1 {part['macro_f1']:.3f}  accuracy {part['accuracy']:.3f}"
        f"  crossed {part['crossed']:.3f}  decided {part['decided']['coverage']:.2f}"
        f" at precision {part['decided']['precision']:.3f}  ECE {part['ece']:.3f}  disagree {part['disagreements']}"
    )
