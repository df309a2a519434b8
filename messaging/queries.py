"""Reads of messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from messaging.enums import MessageState
from messaging.models import Message
from shops.models import Shop

LAG_WINDOW = timedelta(hours=24)
LAG_ROWS = 2000


@dataclass(frozen=True)
class Punctuality:
    """Seconds from due (and allowed to go) to sent, over the messages that left by themselves in the last 24 hours."""

    count: int
    median: float
    p95: float


def punctuality(shop: Shop, now: datetime) -> Punctuality | None:
    """How punctual the outbox was; None where nothing left. One query, at most LAG_ROWS rows, by a partial index."""
    rows = Message.objects.filter(shop=shop, state=MessageState.SENT, sent_at__gt=now - LAG_WINDOW)
    found = rows.order_by("-sent_at").only("sent_at", "due_at", "held_until")[:LAG_ROWS]
    lags = sorted(max(0.0, lag) for message in found if (lag := message.lag_seconds()) is not None)
    if not lags:
        return None
    return Punctuality(len(lags), median(lags), quantiles([*lags, lags[-1]], n=20, method="inclusive")[-1])
