"""What every page may show: the footer light and the unread notices. One query for both, and only where shown."""

from datetime import datetime

from django.db.models import Count, IntegerField, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from messaging.heartbeat import MAX_TICK_AGE, TICK
from messaging.models import Heartbeat
from messaging.notices import mine
from shops.models import Member


def frame(member: Member | None) -> tuple[datetime | None, int]:
    """When the tick last ran, and how many notices wait for this member (none exist before the first tick)."""
    if member is None:
        count: object = Value(0)
    else:
        waiting = mine(member).order_by().values("shop").annotate(n=Count("pk")).values("n")
        count = Coalesce(Subquery(waiting), 0, output_field=IntegerField())
    row = Heartbeat.objects.filter(name=TICK).annotate(unread=count).values_list("at", "unread").first()
    return row or (None, 0)


def light(at: datetime | None) -> dict[str, object]:
    """The footer light of a tick that ran at `at`."""
    age = timezone.now() - at if at else None
    return {"seconds": int(age.total_seconds()) if age else None, "is_late": age is None or age > MAX_TICK_AGE}


def tick(request: HttpRequest) -> dict[str, object]:
    """Context processor: `tick.seconds` (None: never ran), `tick.is_late`, and `unread_notices` (0 for strangers)."""
    shown = SimpleLazyObject(lambda: frame(getattr(request, "member", None)))
    return {
        "tick": SimpleLazyObject(lambda: light(shown[0])),
        "unread_notices": SimpleLazyObject(lambda: shown[1]),
    }
