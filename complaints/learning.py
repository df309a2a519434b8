"""What the suggestion learns from a shop's own staff: how often it was kept, and the shop's own model."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from complaints.attribution import Suggestion, suggest
from complaints.models import AttributionFeedback
from figures.shares import Share
from language.linear import LinearModel, load
from playbooks.enums import Blame
from shops.models import Shop

log = logging.getLogger(__name__)


# --- the shop's own model ---------------------------------------------------------------------------------------------


def model_path(shop: Shop) -> Path:
    """Where the shop's own model lies once it has trained one (`train_attribution --shop`)."""
    return Path(settings.DATA_DIR) / "models" / f"{shop.slug}.json.gz"


def model_of(shop: Shop) -> LinearModel | None:
    """The shop's own model, read again when its file changes; None: the shipped one serves."""
    path = model_path(shop)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> LinearModel | None:
    """The model in a file as of its time of change; None, and a line in the log, where it cannot be read."""
    try:
        return load(path)
    except (OSError, EOFError, ValueError, KeyError) as error:
        log.warning("model %s cannot be read, the shipped one serves: %s", path.name, error)
        return None


def trained_at(shop: Shop) -> datetime | None:
    """When the shop's own model was written."""
    path = model_path(shop)
    return datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone()) if path.exists() else None


def suggestion(shop: Shop, text: str) -> Suggestion:
    """Who the customer blames, by the shop's own model and threshold where it has them."""
    return suggest(text, model=model_of(shop), threshold=shop.decided_threshold or None)


# --- what staff made of the suggestions -------------------------------------------------------------------------------


def last_words(shop: Shop) -> list[AttributionFeedback]:
    """The last confirmation or correction of every complaint: who taps twice has spoken once."""
    rows = AttributionFeedback.objects.filter(shop=shop).select_related("complaint").order_by("at", "pk")
    return list({row.complaint_id: row for row in rows}.values())


def confirmed(shop: Shop) -> list[tuple[str, str, float]]:
    """(text, blame, weight) of what staff have confirmed or corrected, for training; emptied texts are left out."""
    return [(row.complaint.text, row.chosen, 1.0) for row in last_words(shop) if row.complaint.text.strip()]


@dataclass(frozen=True)
class Kept:
    """How often a suggestion was kept; `changed_to` counts what staff chose instead."""

    label: str
    share: Share
    changed_to: tuple[tuple[str, int], ...] = ()


def kept(shop: Shop) -> list[Kept]:
    """By suggested class and, in the last row, in all (domain.md 6). Only where staff tapped: silence is no yes."""
    rows = last_words(shop)
    return [*(_kept(str(label), value, rows) for value, label in Blame.choices), Kept("", _share(rows))]


def _kept(label: str, value: str, rows: Iterable[AttributionFeedback]) -> Kept:
    rows = [row for row in rows if row.suggested == value]
    others = [(str(name), sum(row.chosen == other for row in rows)) for other, name in Blame.choices if other != value]
    return Kept(label, _share(rows), tuple((name, count) for name, count in others if count))


def _share(rows: Iterable[AttributionFeedback]) -> Share:
    rows = list(rows)
    return Share(sum(row.chosen == row.suggested for row in rows), len(rows))
