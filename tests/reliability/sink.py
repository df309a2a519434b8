"""A mail server that takes mail and notes each Message-ID, or stalls, refuses and drops the line now and then.

`python -m tests.reliability.sink PORT LOG [TROUBLE [SECONDS]]`. A line of LOG per mail accepted: written before the
sender hears of it, so it holds exactly what has been delivered. TROUBLE is the share of mails that meet some trouble
(0 to 1), SECONDS what a mail takes: a real server writes it to its disk before it answers.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
from pathlib import Path
from typing import Any, TextIO

from aiosmtpd.smtp import SMTP, Envelope, Session

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)
STALL_SECONDS = 4
TROUBLES = {
    "busy": 30,  # 4xx to RCPT: try again
    "unknown": 12,  # 5xx to RCPT: failed
    "full": 15,  # 4xx after the words: try again
    "unwanted": 8,  # 5xx after the words: failed
    "gone_before": 15,  # the line breaks before the words
    "gone_refused": 6,  # the line breaks after the words, nothing was taken: doubtful
    "gone_accepted": 6,  # the line breaks after the words were taken: doubtful
    "stall": 4,  # taken, but the answer comes too late: doubtful
    "stall_before": 4,  # silent at RCPT: try again
}


class Handler:
    """What the server does with each command of a mail."""

    def __init__(self, log: TextIO, trouble: float, seconds: float) -> None:
        self.log, self.trouble, self.seconds, self.dice = log, trouble, seconds, random.Random()

    def fate(self) -> str:
        """What is to happen to the next mail: "" or the name of a trouble."""
        if self.dice.random() >= self.trouble:
            return ""
        return self.dice.choices(list(TROUBLES), list(TROUBLES.values()))[0]

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, to: str, options: list[str]) -> str:
        fate = self.fate()
        envelope.fate = fate
        if fate == "busy":
            return "450 4.2.1 busy, come back later"
        if fate == "unknown":
            return "550 5.1.1 no such mailbox"
        if fate == "gone_before":
            server.transport.abort()
        if fate == "stall_before":
            await asyncio.sleep(STALL_SECONDS)
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        fate = envelope.fate
        if fate == "full":
            return "452 4.3.1 mailbox full"
        if fate == "unwanted":
            return "554 5.7.1 we do not want this"
        if fate != "gone_refused":
            self.keep(envelope)
        if fate in ("gone_refused", "gone_accepted"):
            server.transport.abort()
        if fate == "stall":
            await asyncio.sleep(STALL_SECONDS)
        if self.seconds:
            await asyncio.sleep(self.seconds)
        return "250 taken"

    def keep(self, envelope: Envelope) -> None:
        """The mail is delivered: note its id."""
        found = MESSAGE_ID.search(envelope.content or b"")
        self.log.write((found[1].decode() if found else "without id") + "\n")
        self.log.flush()


async def serve(port: int, log: TextIO, trouble: float, seconds: float) -> None:
    handler = Handler(log, trouble, seconds)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: None)  # lines we broke ourselves
    server = await loop.create_server(lambda: SMTP(handler, hostname="sink", ident="sink"), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with Path(sys.argv[2]).open("a") as log:
        trouble, seconds = (float(word) for word in (*sys.argv[3:], "0", "0")[:2])
        asyncio.run(serve(int(sys.argv[1]), log, trouble, seconds))
