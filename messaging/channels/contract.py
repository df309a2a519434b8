"""The contract between the outbox and a channel. A new channel is a module with a Channel and a line in CHANNELS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from messaging.models import Message


class Promise(Enum):
    """The most a channel can say about a message it took."""

    HANDED_OVER = "handed_over"  # the mail server accepted it
    MARKED = "marked"  # a person says it was sent
    WRITTEN = "written"  # a file exists


@dataclass(frozen=True)
class Outcome:
    """What a channel did: its own id for the message, if any."""

    external_id: str = ""


class TryAgain(Exception):
    """A passing fault, and certainly nothing was handed over: the outbox tries later."""


class Rejected(Exception):
    """Final: this message will not go. `address_is_bad` stops the address for all later messages."""

    def __init__(self, reason: str, *, address_is_bad: bool = False) -> None:
        super().__init__(reason)
        self.address_is_bad = address_is_bad


@dataclass(frozen=True)
class Channel:
    """What the outbox knows of a channel.

    send     hands a message over (TryAgain, Rejected, or any other error: doubtful); None: a person sends by hand
    link     the address that opens the chat with the text filled in
    hang_up  called after a batch, in the same thread: a channel may keep a line open between two messages
    """

    promise: Promise
    send: Callable[[Message], Outcome] | None
    link: Callable[[Message], str] | None = None
    hang_up: Callable[[], None] | None = None

    @property
    def by_hand(self) -> bool:
        return self.send is None
