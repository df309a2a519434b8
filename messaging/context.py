"""The footer light: how long ago the reminders ran. Lazy: pages that do not show it pay no query."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from messaging.heartbeat import MAX_TICK_AGE, tick_age


def _light() -> dict[str, object]:
    age = tick_age()
    return {"seconds": int(age.total_seconds()) if age else None, "is_late": age is None or age > MAX_TICK_AGE}


def tick(request: HttpRequest) -> dict[str, object]:
    """Context processor: `tick.seconds` (None: never ran) and `tick.is_late`."""
    return {"tick": SimpleLazyObject(_light)}
