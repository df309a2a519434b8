"""The tick's round of reviews: imports that were left behind, apologies that were posted, cases that may open now."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime

from django.utils import timezone

from reviews import actions, opening, running
from reviews.models import WAITS, Review
from shops.models import Shop

log = logging.getLogger(__name__)


def upkeep(now: datetime | None = None) -> Counter[str]:
    """One round; safe to run twice at once. A shop that fails does not stop the others."""
    now = now or timezone.now()
    report: Counter[str] = Counter(apologies=actions.note_apologies(now))
    report["imports"] = sum(running.work(pk, now) for pk in running.unfinished(now))
    recent = Review.objects.filter(WAITS, case=None, posted_at__gte=now - opening.WITHIN)
    for shop in Shop.objects.filter(pk__in=recent.values("shop_id").distinct()):
        try:
            report["reviews_opened"] += opening.open_waiting(shop, now)
        except Exception:  # one bad row must not stop the rest
            log.exception("reviews of shop %s", shop.pk)
            report["errors"] += 1
    return report
