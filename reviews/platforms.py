"""What we know of the places where reviews stand: the channel to answer on, and how long a review may be edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from reviews.enums import Platform
from reviews.models import EditWindow
from shops.enums import Channel
from shops.models import Shop

CHANNELS = {
    Platform.SHOPEE: Channel.SHOPEE,
    Platform.TOKOPEDIA: Channel.TOKOPEDIA,
    Platform.TIKTOK: Channel.TIKTOK,
    Platform.LAZADA: Channel.LAZADA,
    Platform.OWN: Channel.WEB,
}

# Days a buyer may change a review. Only what we are fairly sure of (Shopee's help pages, not re-checked); a shop's own
# EditWindow rows win, and without either nothing counts down.
EDIT_DAYS = {Platform.SHOPEE: 30}


def channel_of(platform: str) -> str:
    """The channel on which a review of this platform is answered."""
    return CHANNELS.get(Platform(platform), Channel.OTHER)


def edit_days(shop: Shop) -> dict[str, int]:
    """Days to edit by platform, the shop's own knowledge first (one query)."""
    own = EditWindow.objects.filter(shop=shop).values_list("platform", "days")
    return {**{str(platform): days for platform, days in EDIT_DAYS.items()}, **dict(own)}


def keep_days(shop: Shop, days: Mapping[str, int | None]) -> None:
    """The shop's own knowledge, per platform; None forgets it."""
    for platform, count in days.items():
        if count is None:
            EditWindow.objects.filter(shop=shop, platform=platform).delete()
        else:
            EditWindow.objects.update_or_create(shop=shop, platform=platform, defaults={"days": count})


def edit_until(platform: str, posted_at: datetime, days: dict[str, int]) -> datetime | None:
    """Until when the customer may change the review; None where nobody knows."""
    return posted_at + timedelta(days=days[platform]) if platform in days else None
