"""The shipped models, read once at first use: who is blamed, and what failed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from language.linear import LinearModel, load

FOLDER = Path(__file__).parent / "artefact"
BLAME_FILE = FOLDER / "blame.json.gz"
FAILURE_FILE = FOLDER / "failure.json.gz"
CARD_FILE = FOLDER / "card.json"


@cache
def blame() -> LinearModel:
    """The shipped model of blame; its card holds `threshold`, the confidence from which a tag is `decided`."""
    return load(BLAME_FILE)


@cache
def failure() -> LinearModel:
    """The shipped model of the failure type."""
    return load(FAILURE_FILE)


@cache
def of_file(path: Path) -> LinearModel:
    """A model from another file (one that a shop has trained), read once."""
    return load(path)
