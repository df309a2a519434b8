"""Speed and memory of `complaints.attribution.suggest`: `python bench/attribution.py [FILE.jsonl ...]`.

Prints load time and memory, median time a message, messages a second in batch, and the time for 100,000 characters.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from complaints.attribution import suggest
from complaints.attribution.training import CORPUS
from language.corpus import read_all


def megabytes() -> float:
    """Largest resident memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(text: str) -> float:
    """Time of one suggestion."""
    start = time.perf_counter()
    suggest(text)
    return time.perf_counter() - start


def main(files: list[str]) -> None:
    """Measure on the given files, or on the corpus."""
    before = megabytes()
    first = seconds("halo kak")
    print(f"first use      {first:7.3f} s, {megabytes() - before:5.1f} MB")
    texts = [row["text"] for row in read_all([Path(name) for name in files] or CORPUS.glob("*.jsonl"))][:2_000]
    for text in texts:
        suggest(text)
    each = [seconds(text) for text in texts]
    print(f"one message    {median(each) * 1000:7.3f} ms median over {len(texts)}")
    print(f"batch          {len(texts) / sum(each):7.0f} messages/s")
    print(f"memory in all  {megabytes() - before:5.1f} MB more than before the first use")
    for piece in ("aku salah pilih 😭 ", "a", "<b>x</b> "):
        print(f"100,000 chars  {seconds((piece * 100_000)[:100_000]) * 1000:7.1f} ms of {piece!r}")


if __name__ == "__main__":
    main(sys.argv[1:])
