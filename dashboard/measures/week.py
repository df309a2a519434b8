"""The owner's week: what got better, what got worse, three things to do, and the cases that would move it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.enums import Outcome
from bookings.models import Booking
from cases.enums import UNENDED, Kind
from cases.links import case_url
from cases.models import Case
from complaints.enums import TaggedBy
from complaints.models import Complaint
from dashboard.measures import buyers, delivery, mix, obeyed, recovery, repurchase, themes, times
from dashboard.measures.scope import Scope, cases_in, filtered, scope_of
from dashboard.measures.shown import count_words, percent, points_words
from figures.shares import Interval, Share, newcombe
from shops.models import Improvement, Shop

LENGTH = timedelta(days=28)  # a week has too few cases to say anything
SHOWN_CASES, SHOWN_TASKS, SHOWN_PRODUCTS = 5, 3, 5


@dataclass(frozen=True)
class Change:
    """One share now and in the 28 days before; `is_good` says whether more is better."""

    label: str
    noun: str
    now: Share
    before: Share
    is_good: bool = True

    @property
    def difference(self) -> Interval:
        return newcombe(self.now, self.before)

    @property
    def enough(self) -> bool:
        return self.now.enough and self.before.enough

    @property
    def direction(self) -> str:
        """better, worse, or "" where the interval holds zero: then nothing can be said."""
        if not self.enough or self.difference.low <= 0 <= self.difference.high:
            return ""
        return "better" if (self.difference.point > 0) == self.is_good else "worse"

    @property
    def words(self) -> str:
        """The change in words."""
        if not self.enough:
            return count_words(self.now, self.noun) if self.now.n else _("nothing yet")
        return _("%(now)s, before %(before)s: %(points)s") % {
            "now": percent(self.now.value),
            "before": percent(self.before.value),
            "points": points_words(self.difference),
        }


@dataclass(frozen=True)
class Task:
    """One thing to do, where, and how many cases it touches."""

    text: str
    url: str
    weight: int


@dataclass(frozen=True)
class Lever:
    """A case whose handling would move the figures."""

    name: str
    words: str
    why: str
    url: str


@dataclass(frozen=True)
class ProductLine:
    """One product: complaints in the last 28 days, severe ones among them, and in the 28 days before."""

    item: str
    now: int
    severe: int
    before: int


@dataclass(frozen=True)
class Week:
    """What the mail and the page say."""

    since: datetime
    better: list[Change]
    worse: list[Change]
    same: list[Change]
    tasks: list[Task]
    cases: list[Lever]
    products: list[ProductLine]


def scopes(shop: Shop, now: datetime) -> tuple[Scope, Scope]:
    """The last 28 days and the 28 before."""
    last = replace(scope_of(shop, {}, now), since=now - LENGTH, until=now)
    return last, last.back(LENGTH)


def changes(shop: Shop, now: datetime) -> list[Change]:
    """Shares of both stretches beside each other."""
    last, before = scopes(shop, now)
    kept, kept_before = (times.count_in_limits(cases_in(scope), now) for scope in (last, before))
    found = [
        Change(_("Answered within the limit"), "cases", kept.replied, kept_before.replied),
        Change(_("Solution offered within the limit"), "cases", kept.decided, kept_before.decided),
    ]
    # Recovery and returns need time: they look at what became certain in each stretch.
    found.append(Change(_("Confirmed and satisfied"), "cases", recovered(last), recovered(before)))
    found.append(Change(_("Bought again after a case"), "customers", returned(last), returned(before)))
    found.append(
        Change(
            _("First-time buyers who bought again"),
            "customers",
            buyers.second_order(last),
            buyers.second_order(before),
        )
    )
    late, late_before = late_share(last), late_share(before)
    found.append(Change(_("Parcels late"), "parcels", late, late_before, is_good=False))
    return found


def recovered(scope: Scope) -> Share:
    """Strict recovery of the cases whose 14 days ended in the stretch."""
    since, until = scope.since - recovery.OLD_ENOUGH, scope.until - recovery.OLD_ENOUGH
    ended = filtered(scope).filter(resolved_at__gte=since, resolved_at__lt=until)
    return recovery.count_strict(ended, scope.now)


def returned(scope: Scope, days: int = 30) -> Share:
    """Customers who bought again within 30 days of a solved case."""
    eligible = repurchase.fetch_eligible(scope, days)
    return Share(sum(row.returned(days) for row in eligible), len(eligible))


def late_share(scope: Scope) -> Share:
    """Parcels of the stretch that came after the promised day."""
    return delivery.late_share(delivery.fetch(scope))


def tasks(shop: Shop, now: datetime) -> list[Task]:
    """The three things to do, by how many customers they touch: those who wait come first."""
    open_cases = Case.objects.filter(shop=shop, kind=Kind.COMPLAINT, state__in=sorted(UNENDED))
    late = open_cases.filter(first_replied_at=None, first_reply_due_at__lt=now).count()
    untagged = Complaint.objects.filter(shop=shop, tagged_by=TaggedBy.NOBODY, case__state__in=sorted(UNENDED)).count()
    overdue = Improvement.objects.filter(shop=shop, done_at=None, due_on__lt=now.astimezone(shop.tz).date()).count()
    ending = Booking.objects.filter(shop=shop, outcome=Outcome.OPEN, release_at__lt=now).count()
    found = []
    if asked := len(obeyed.fetch_open_requests(shop, now)):
        text = ngettext(
            "Answer %(n)d request for personal data within 72 hours",
            "Answer %(n)d requests for personal data within 72 hours",
            asked,
        )
        found.append(Task(text % {"n": asked}, reverse("dashboard:insights_part", args=["conduct"]), 2000 + asked))
    if late:
        text = ngettext(
            "Answer %(n)s customer who waits past the limit", "Answer %(n)s customers who wait past the limit", late
        )
        found.append(Task(text % {"n": localize(late)}, reverse("dashboard:today"), 1000 + late))
    for cause in sorted(themes.recurring(shop, now), key=lambda cause: -cause.count)[:1]:
        text = _("Change something about “%(cause)s”: it came %(n)s times") % {
            "cause": cause.label,
            "n": localize(cause.count),
        }
        found.append(Task(text, reverse("dashboard:improvements"), 100 + cause.count))
    if overdue:
        text = ngettext(
            "Finish %(n)s improvement that is overdue", "Finish %(n)s improvements that are overdue", overdue
        )
        found.append(Task(text % {"n": localize(overdue)}, reverse("dashboard:improvements"), 50 + overdue))
    if ending:
        text = ngettext("Decide on %(n)s booking past its time", "Decide on %(n)s bookings past their time", ending)
        found.append(Task(text % {"n": localize(ending)}, reverse("bookings:list"), 40 + ending))
    if untagged:
        text = ngettext("Say who is blamed in %(n)s complaint", "Say who is blamed in %(n)s complaints", untagged)
        found.append(Task(text % {"n": localize(untagged)}, reverse("dashboard:today"), untagged))
    return sorted(found, key=lambda task: -task.weight)[:SHOWN_TASKS]


def levers(shop: Shop, now: datetime) -> list[Lever]:
    """Open cases that would move the figures: severe, second-time or loyal ones that are late, oldest first."""
    rows = Case.objects.filter(shop=shop, kind=Kind.COMPLAINT, state__in=sorted(UNENDED), next_due_at__lt=now)
    heavy = (
        Q(severity__in=["S3", "S4"])
        | Q(is_repeat=True)
        | Q(is_spreading=True)
        | Q(standing__in=["loyal", "first_order"])
    )
    rows = rows.filter(heavy).select_related("customer").order_by("next_due_at", "pk")
    return [
        Lever(str(case.customer or case.code), case.headline[:120], why(case), case_url(case))
        for case in rows[:SHOWN_CASES]
    ]


def products(shop: Shop, now: datetime) -> list[ProductLine]:
    """The products complained about most in the last 28 days, beside the 28 before (S2-04; two queries)."""
    last, before = scopes(shop, now)
    rows = mix.fetch_products(last, SHOWN_PRODUCTS)
    earlier = mix.count_products(before, [item for item, _n, _severe in rows])
    return [ProductLine(item, n, severe, earlier.get(item, 0)) for item, n, severe in rows]


def why(case: Case) -> str:
    """Why this case weighs more."""
    if case.is_spreading:
        return _("spreading in public")
    if case.is_repeat:
        return _("the second time")
    if case.severity in ("S3", "S4"):
        return str(case.get_severity_display())
    return str(case.get_standing_display())


def week(shop: Shop, now: datetime) -> Week:
    """Everything, worked out now."""
    found = changes(shop, now)
    return Week(
        since=now - LENGTH,
        better=[change for change in found if change.direction == "better"],
        worse=[change for change in found if change.direction == "worse"],
        same=[change for change in found if not change.direction],
        tasks=tasks(shop, now),
        cases=levers(shop, now),
        products=products(shop, now),
    )
