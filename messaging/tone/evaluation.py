"""How well the guard does on labelled messages: caught, false alarms, per category, with and without the hunch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Any

from language.evaluation import share
from messaging.tone.guard import check


def wilson(hits: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927); (0, 1) where there is nothing to count."""
    if not total:
        return 0.0, 1.0
    rate = hits / total
    centre = rate + z * z / (2 * total)
    spread = z * sqrt(rate * (1 - rate) / total + z * z / (4 * total * total))
    return (centre - spread) / (1 + z * z / total), (centre + spread) / (1 + z * z / total)


def evaluate(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows have `text`, `label` ("bad"/"ok") and `category`. A finding of any level counts as caught."""
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    framed: Counter[str] = Counter()
    by_category: dict[str, list[int]] = {}
    missed, alarms = [], []
    for row in rows:
        label, category, text = str(row["label"]), str(row.get("category") or "-"), str(row["text"])
        findings = check(text).findings
        total[label] += 1
        found[label] += bool(findings)
        framed[label] += any(not finding.hunch for finding in findings)
        counts = by_category.setdefault(f"{label} {category}", [0, 0])
        counts[0] += bool(findings)
        counts[1] += 1
        if label == "bad" and not findings:
            missed.append(text)
        elif label == "ok" and findings:
            alarms.append({"text": text, "findings": [f"{finding.rule} {finding.frame}" for finding in findings]})
    return {
        "bad": total["bad"],
        "caught": found["bad"],
        "caught_share": share(found["bad"], total["bad"]),
        "caught_interval": wilson(found["bad"], total["bad"]),
        "ok": total["ok"],
        "false_alarms": found["ok"],
        "false_alarm_share": share(found["ok"], total["ok"]),
        "false_alarm_interval": wilson(found["ok"], total["ok"]),
        "by_frames_alone": {"caught": framed["bad"], "false_alarms": framed["ok"]},
        "by_category": {name: {"found": hit, "of": size} for name, (hit, size) in sorted(by_category.items())},
        "missed": missed,
        "alarms": alarms,
    }


def summary(result: Mapping[str, Any]) -> str:
    """A few lines for the terminal."""
    low, high = result["caught_interval"]
    false_low, false_high = result["false_alarm_interval"]
    lines = [
        f"caught       {result['caught']}/{result['bad']} ({result['caught_share']:.1%}, {low:.1%}..{high:.1%})",
        f"false alarms {result['false_alarms']}/{result['ok']}"
        f" ({result['false_alarm_share']:.1%}, {false_low:.1%}..{false_high:.1%})",
        "frames alone: {caught} caught, {false_alarms} false alarms".format(**result["by_frames_alone"]),
    ]
    lines += [f"  {name:<16} {row['found']}/{row['of']}" for name, row in result["by_category"].items()]
    return "\n".join(lines)
