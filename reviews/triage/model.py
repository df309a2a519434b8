"""The shipped models, read once at first use: needs a follow-up, is urgent, what it is about."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from language.linear import LinearModel, load

FOLDER = Path(__file__).parent / "artefact"
FOLLOWUP, URGENT, THEME = "followup", "urgent", "theme"
CARD_FILE = FOLDER / "card.json"


def file_of(name: str, folder: Path = FOLDER) -> Path:
    """Where a model is kept."""
    return folder / f"{name}.json.gz"


@cache
def shipped(name: str) -> LinearModel:
    """A shipped model; the card of `followup` holds `threshold`, the chance from which a review is flagged."""
    return load(file_of(name))
