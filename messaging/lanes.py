"""Lanes: threads of one worker side by side, as many as make use of the time that each spends waiting.

While one lane waits for the mail server, another looks and settles. Where the server answers at once nobody waits, and
a second lane would only be in the way: Python runs one thread at a time.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

Stays = Callable[[float], bool]


class Lanes:
    """Begins with one lane. Each tells after every batch how much it waited, and gets help or goes home."""

    def __init__(self, lane: Callable[[Stays], Counter[str]], most: int) -> None:
        self.lane, self.most, self.running = lane, most, 0
        self.lock = threading.Lock()
        self.reports: list[Future[Counter[str]]] = []

    def run(self) -> Counter[str]:
        """Until the last lane has ended; the sum of what they report."""
        total: Counter[str] = Counter()
        with ThreadPoolExecutor(self.most, thread_name_prefix="outbox") as self.pool:
            self.begin()
            while self.reports:  # whoever asks for help does so before it ends
                total += self.reports.pop().result()
        return total

    def begin(self) -> None:
        """One lane more."""
        self.running += 1
        self.reports.append(self.pool.submit(self.one))

    def one(self) -> Counter[str]:
        """A lane from its beginning to its end: nothing is left to do, or it is sent home (and counted off at once)."""
        is_wanted = True

        def stays(room: float) -> bool:
            nonlocal is_wanted
            is_wanted = self.wants(room)
            return is_wanted

        try:
            return self.lane(stays)
        finally:
            with self.lock:
                self.running -= is_wanted

    def wants(self, room: float) -> bool:
        """Told by a lane for how many there is room: True where it goes on, perhaps with help.

        One lane too many does little harm, and coming and going costs a connection: only the second too many goes home.
        """
        wanted = max(1, min(int(room), self.most))
        with self.lock:
            if wanted + 1 < self.running:
                self.running -= 1
                return False
            for _ in range(wanted - self.running):
                self.begin()
        return True
