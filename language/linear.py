"""A linear classifier in plain Python: one small file, loaded once, scored in a few lines.

File: gzipped JSON with `labels`, `bias` (one per label), `temperature`, `features` (their names), `weights`
(base64 of int16, feature by feature, one per label), `scale` (weight = int16 * scale) and `card` (how it was made
and how it scored).
"""

from __future__ import annotations

import base64
import gzip
import json
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from typing import Any

FORMAT = 1
STEPS = 2_000  # weights are rounded to this many steps either side of 0


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Labels, and per feature one weight per label; `probabilities` are calibrated by `temperature` and `bias`."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    temperature: float = 1.0
    card: Mapping[str, Any] = field(default_factory=dict)

    def scores(self, values: Mapping[str, float]) -> list[float]:
        """Uncalibrated scores, one per label."""
        totals = list(self.bias)
        get = self.weights.get
        places = range(len(totals))
        for feature, value in values.items():
            row = get(feature)
            if row is not None:
                for place in places:
                    totals[place] += row[place] * value
        return totals

    def probabilities(self, values: Mapping[str, float]) -> dict[str, float]:
        """Calibrated probability per label; they add up to 1."""
        return dict(zip(self.labels, softmax(self.scores(values), self.temperature), strict=True))


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Scores to probabilities; a higher temperature is less sure."""
    top = max(scores)
    powers = [exp((score - top) / temperature) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def dump(model: LinearModel, path: Path) -> None:
    """Write a model; the same model gives the same bytes."""
    names = sorted(model.weights)
    largest = max((abs(weight) for row in model.weights.values() for weight in row), default=1.0) or 1.0
    scale = largest / STEPS
    numbers = array("h", (round(weight / scale) for name in names for weight in model.weights[name]))
    if sys.byteorder == "big":
        numbers.byteswap()
    content = {
        "format": FORMAT,
        "labels": model.labels,
        "bias": model.bias,
        "temperature": model.temperature,
        "scale": scale,
        "features": names,
        "weights": base64.b64encode(numbers.tobytes()).decode("ascii"),
        "card": model.card,
    }
    packed = gzip.compress(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"), 9, mtime=0)
    path.write_bytes(packed)


def load(path: Path) -> LinearModel:
    """Read a model. Raises OSError or ValueError where the file is missing, damaged or of another format."""
    content = json.loads(gzip.decompress(path.read_bytes()).decode("utf-8", "surrogatepass"))
    if content.get("format") != FORMAT:
        raise ValueError(f"{path.name}: model format {content.get('format')!r}, expected {FORMAT}")
    numbers = array("h", base64.b64decode(content["weights"]))
    if sys.byteorder == "big":
        numbers.byteswap()
    size, scale = len(content["labels"]), content["scale"]
    shared = {number: number * scale for number in set(numbers)}  # equal weights share one float: a third of the memory
    floats = [shared[number] for number in numbers]
    rows = zip(*(floats[place::size] for place in range(size)), strict=True)
    return LinearModel(
        labels=tuple(content["labels"]),
        bias=tuple(content["bias"]),
        weights=dict(zip(content["features"], rows, strict=True)),
        temperature=content["temperature"],
        card=content["card"],
    )
