"""How the work of a function grows with its input: a ratio of one run, which a busy machine leaves as it is."""

import time
from collections.abc import Callable

SHORT, LONG = 8_000, 80_000  # characters


def growth(work: Callable[[str], object], piece: str) -> float:
    """How many times the processor time of a text of LONG characters is that of SHORT ones: 10 where it is linear."""

    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        start = time.process_time()
        work(text)
        return time.process_time() - start

    seconds(SHORT)  # what is loaded or kept at first use is no part of it
    short, long = (min(seconds(size) for _ in range(3)) for size in (SHORT, LONG))
    return long / max(short, 0.001)
