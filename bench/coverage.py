"""How often 95 % intervals hold the truth: `python -m bench.coverage` (2,000 runs each; target 93 to 97 %).

Also how often a trial without any difference is called fairly strong (target: at most 5 %).
"""

from __future__ import annotations

import os
import random

import django

RUNS = 2000


def main() -> None:
    """Run every simulation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopcare.settings")
    django.setup()
    from tests.figures.simulations import COVERAGE, covered, looks_strong  # late: measures need the settings

    for name, trial in COVERAGE.items():
        print(f"{name:<42} {covered(trial, RUNS):6.1%}", flush=True)
    dice = random.Random(11)
    print(
        f"{'trial without a difference called strong':<42} {sum(looks_strong(dice) for _ in range(RUNS)) / RUNS:6.1%}"
    )


if __name__ == "__main__":
    main()
