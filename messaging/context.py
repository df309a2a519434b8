"""What every page may show: the footer light and the unread notices. Lazy: pages that do not show them pay no query."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from messaging.heartbeat import MAX_TICK_AGE, tick_age
from messaging.notices import unread


def _light() -> dict[str, object]:
    age = tick_age()
    return {"seconds": int(age.total_seconds()) if age else None, "is_late": age is None or age > MAX_TICK_AGE}


def tick(request: HttpRequest) -> dict[str, object]:
    """Context processor: `tick.seconds` (None: never ran), `tick.is_late`, and `unread_notices` (0 for strangers)."""
    member = getattr(request, "member", None)
    return {
        "tick": SimpleLazyObject(_light),
        "unread_notices": SimpleLazyObject(lambda: unread(member) if member else 0),
    }
