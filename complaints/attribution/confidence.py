"""How sure a suggestion is: the model's odds, and whether the cues speak for it or against it.

A logistic regression on a dozen witnesses, fitted on cross-validated suggestions (stacking, Wolpert 1992; the odds
alone would be Platt 1999). So unanimous strong cues raise the confidence as far as they have earned it, and no further.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from complaints.attribution.frames import STRONG
from language.frames import Cue

_TINY = 1e-6
_SIDES = frozenset(["self", "shop"])


def witnesses(chances: Mapping[str, float], cues: Sequence[Cue]) -> dict[str, float]:
    """What speaks for the likeliest label being right, as numbers by name."""
    blame = max(chances, key=chances.__getitem__)
    sure = min(max(chances[blame], _TINY), 1 - _TINY)
    runner_up = sorted(chances.values())[-2] if len(chances) > 1 else 0.0
    sides = {cue.points_to for cue in cues} & _SIDES
    strong = {cue.points_to for cue in cues if cue.name in STRONG}
    takes_side = blame in _SIDES
    return {
        "odds": log(sure / (1 - sure)),
        "runner_up": log(runner_up + _TINY),
        "is_self": float(blame == "self"),
        "is_unclear": float(not takes_side),
        "cues_for": float(takes_side and sides == {blame}),
        "cues_against": float(takes_side and bool(sides - {blame})),
        "no_side_cue": float(takes_side and not sides),
        "strong_for": float(takes_side and strong == {blame}),
        "strong_against": float(takes_side and bool(strong - {blame})),
        "quiet_unclear": float(not takes_side and not sides),
        "loud_unclear": float(not takes_side and bool(strong)),
    }


def confidence(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """Probability (0..1) that the likeliest label is right; `weights` by witness, "bias" among them."""
    total = weights["bias"] + sum(weights[name] * value for name, value in found.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def fit(found: Sequence[Mapping[str, float]], right: Sequence[bool], counts: Sequence[float]) -> dict[str, float]:
    """Weights of the witnesses, each row counting as many times as `counts` says. Needs scikit-learn.

    A bias alone where everything is right or everything wrong.
    """
    from sklearn.linear_model import LogisticRegression

    names = list(found[0])
    if len(set(right)) < 2:
        return {**dict.fromkeys(names, 0.0), "bias": 4.0 if right[0] else -4.0}
    machine = LogisticRegression(max_iter=500).fit(
        [[row[name] for name in names] for row in found], right, sample_weight=counts
    )
    weights = dict(zip(names, (float(weight) for weight in machine.coef_[0]), strict=True))
    return {**weights, "bias": float(machine.intercept_[0])}
