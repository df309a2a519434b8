"""Speed of `messaging.tone.check`: `python bench/tone.py`.

Prints the time of the first check, of 2,000 characters (target 20 ms), of 100,000 (target 300 ms), of hostile
input of that length, and how the time grows with the length.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from language.corpus import read_all
from messaging.tone import check
from messaging.tone.training import CORPUS

HOSTILE = {
    "one word": "kakak ",
    "blame without end": "salah kakak tidak baca dulu kalau bayar kami ",
    "quotes": 'kakak bilang "',
    "stars": "⭐",
    "capitals": "KAKAK SALAH ",
    "line quotes": ">\n",
    "combining marks": "a\u0301",
    "zero-width": "a\u200d",
    "control characters": "\0",
    "ligatures": "\ufdfa",
}


def seconds(text: str, times: int = 5) -> float:
    """Median time of a check."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        check(text)
        taken.append(time.perf_counter() - start)
    return median(taken)


def main() -> None:
    """Measure on the corpus's own messages and on hostile text."""
    print(f"first check    {seconds('halo kak', 1) * 1000:8.1f} ms")
    rows = read_all(CORPUS.glob("*.jsonl"))
    for label in ("ok", "bad"):
        text = "\n".join(row["text"] for row in rows if row["label"] == label)
        text *= 1 + 200_000 // len(text)
        for size in (200, 2_000, 20_000, 100_000, 200_000):
            print(f"{label:<4}{size:>9,} {seconds(text[:size]) * 1000:8.1f} ms")
    for name, unit in HOSTILE.items():
        text = (unit * (100_000 // len(unit) + 1))[:100_000]
        print(f"{name:<22} {seconds(text, 3) * 1000:8.1f} ms")


if __name__ == "__main__":
    main()
