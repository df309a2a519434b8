"""Reviews and bookings: how ratings move beside a comparison, and what becomes of bookings."""

from __future__ import annotations

from django.db.models import Min
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.queries import Funnel, funnel
from dashboard.measures import ratings
from dashboard.measures.ratings import Movement
from dashboard.measures.scope import Scope
from dashboard.measures.shown import (
    Block,
    Figure,
    Table,
    grouped,
    plain_figure,
    points_words,
    share_figure,
)
from dashboard.measures.stretches import starts_of
from dashboard.parts.drawn import share_chart
from figures.shares import Share
from reviews.models import Review


def blocks(scope: Scope) -> list[Block]:
    """The page of reviews and bookings."""
    return [moved(scope), series(scope), booked(scope)]


def moved(scope: Scope) -> Block:
    """Changed after our apology, beside reviews without one."""
    found = ratings.ratings(ratings.fetch(scope))
    both = found.replied.changed.enough and found.others.changed.enough
    note = _("Difference: %(points)s.") % {"points": points_words(found.difference)} if both else ""
    figures = (
        movement_figure("moved-replied", _("Raised their stars, and we had said sorry"), found.replied, note),
        movement_figure("moved-others", _("Raised their stars, and we had not replied"), found.others),
    )
    return Block(
        "moved",
        _("Do ratings move?"),
        _("Never a target, never a topic of a message. Low ratings drift up by themselves, too."),
        figures,
    )


def movement_figure(key: str, label: str, found: Movement, note: str = "") -> Figure:
    """How many moved; the mean only with enough reviews."""
    if found.changed.enough:
        mean = _("On average %(n)s stars.") % {"n": f"{found.mean:+.2f}"}
        note = f"{mean} {note}".strip()
    return share_figure(key, label, found.changed, "reviews", note)


def series(scope: Scope) -> Block:
    """All reviews over time: how many, mean stars, share with a reason."""
    first = Review.objects.filter(shop=scope.shop).aggregate(first=Min("posted_at"))["first"] or scope.now
    starts = starts_of(max(scope.since, first), scope.until, scope.shop.tz)
    found = ratings.fetch_series(scope, starts)
    rows = tuple(
        (date_format(start, "j M Y"), n, round(float(mean), 2) if mean is not None and n >= 15 else None, share.k)
        for start, (n, mean, share) in zip(starts, found, strict=True)
        if n
    )
    table = Table(
        "ratings", _("All reviews over time"), (_("From"), _("Reviews"), _("Mean stars"), _("With a reason")), rows
    )
    return Block("ratings", _("All reviews"), tables=(table,), note=_("Mean stars are shown from 15 reviews on."))


def booked(scope: Scope) -> Block:
    """The bookings' funnel, and whether those who were released kindly came back."""
    found = funnel(scope.shop, scope.since, scope.now)
    figures = (
        share_figure("resold", _("Released, and sold again within 7 days"), found.resold, "bookings"),
        share_figure("returned", _("Released, and bought later"), found.returned, "customers", watched_words(found)),
        plain_figure("open", _("Still open"), grouped(found.open), n=found.agreed),
    )
    chart = share_chart("funnel", _("What became of bookings"), _("What became of it"), stages(found), "bookings")
    return Block(
        "bookings", _("Bookings"), _("Of the bookings that have ended; open ones are not guessed."), figures, (chart,)
    )


def stages(found: Funnel) -> list[tuple[str, Share]]:
    """The funnel's steps in order."""
    return [
        (_("Paid before the reminder"), found.before_reminder),
        (_("Paid after the reminder"), found.after_reminder),
        (_("Paid after the check-in"), found.after_check_in),
        (_("Cancelled by the customer"), found.cancelled),
        (_("Released"), found.released),
    ]


def watched_words(found: Funnel) -> str:
    """How many of them may still come back."""
    n = found.still_watched
    return ngettext("%(n)d is still being watched.", "%(n)d are still being watched.", n) % {"n": n} if n else ""
