"""How we write (domain.md 6.11): the tone guard's findings, and whether the caps and quiet hours were kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from dashboard.measures.scope import Scope
from figures.shares import Share
from messaging.enums import WENT_OUT, Direction, Purpose
from messaging.models import GuardFeedback, Message
from shops.models import Shop
from shops.zones import zone_of

PER_CUSTOMER, CAP_DAYS = 3, timedelta(days=7)
MOST = 20_000  # messages looked at for the caps; the newest


@dataclass(frozen=True)
class Guarded:
    """Messages that left the guard in a period."""

    checked: int
    flagged: Share
    overridden: Share
    rules: dict[str, int]
    false_alarms: int

    def per_hundred(self, rule: str) -> float:
        """Findings of a rule per 100 messages."""
        return 100 * self.rules.get(rule, 0) / self.checked if self.checked else 0.0


def count_rules(guards: Iterable[Mapping[str, object]]) -> Counter[str]:
    """How often each rule found something."""
    found: Counter[str] = Counter()
    for guard in guards:
        findings = guard.get("findings")
        if isinstance(findings, Sequence):
            found.update(str(finding[0]) for finding in findings)
    return found


def fetch_guarded(scope: Scope) -> Guarded:
    """The guard's record of the period (three queries)."""
    rows = Message.objects.filter(
        shop=scope.shop, direction=Direction.OUT, sent_at__gte=scope.since, sent_at__lt=scope.until
    )
    rows = rows.filter(state__in=sorted(WENT_OUT))
    checked = rows.count()
    flagged = list(rows.filter(guard__findings__0__isnull=False).values_list("guard", "override_reason"))
    wrong = GuardFeedback.objects.filter(
        shop=scope.shop, at__gte=scope.since, at__lt=scope.until, verdict=GuardFeedback.Verdict.FALSE_ALARM
    )
    return Guarded(
        checked=checked,
        flagged=Share(len(flagged), checked),
        overridden=Share(sum(bool(reason) for _guard, reason in flagged), checked),
        rules=dict(count_rules(guard for guard, _reason in flagged)),
        false_alarms=wrong.count(),
    )


Contact = tuple[int, datetime]  # customer, when


def caps_kept(contacts: Iterable[Contact]) -> Share:
    """Contacts that were at most the third within seven days, of all the shop started; in order of time."""
    seen: dict[int, list[datetime]] = {}
    kept = total = 0
    for customer, at in contacts:
        lately = [earlier for earlier in seen.get(customer, []) if earlier > at - CAP_DAYS]
        total += 1
        kept += len(lately) < PER_CUSTOMER
        seen[customer] = [*lately, at]
    return Share(kept, total)


def is_at_night(at: datetime, zone: str, quiet_from: time, quiet_until: time) -> bool:
    """Within the quiet hours of somebody in this zone (I6)."""
    local = at.astimezone(ZoneInfo(zone)).time()
    return local >= quiet_from or local < quiet_until


def by_day(contacts: Iterable[tuple[datetime, str]], shop: Shop) -> Share:
    """Contacts outside quiet hours; (when, province)."""
    rows = list(contacts)
    zones = {province: zone_of(province) or shop.zone for _at, province in rows}
    nightly = sum(is_at_night(at, zones[province], shop.quiet_from, shop.quiet_until) for at, province in rows)
    return Share(len(rows) - nightly, len(rows))


def fetch_contacts(scope: Scope) -> list[tuple[int, datetime, str]]:
    """What the shop wrote first in the period: customer, when, province; oldest first (one query)."""
    bookings = [Purpose.BOOKING_REMINDER, Purpose.CHECK_IN, Purpose.RELEASE]  # these have a stricter rule of their own
    rows = Message.objects.filter(
        Q(state__in=sorted(WENT_OUT), sent_at__gte=scope.since, sent_at__lt=scope.until),
        shop=scope.shop,
        is_shop_initiated=True,
        customer__isnull=False,
    ).exclude(purpose__in=bookings)
    newest = rows.order_by("-sent_at").values_list("customer_id", "sent_at", "customer__province")[:MOST]
    return [(customer, at, province) for customer, at, province in reversed(newest) if customer and at]
