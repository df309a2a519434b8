"""The frames of every rule, as data."""

from __future__ import annotations

from messaging.tone.frames import (
    blame,
    conduct,
    denial,
    disdain,
    excuses,
    insinuation,
    money,
    ratings,
    required,
    threats,
    veiled,
)
from messaging.tone.rules import Frame

FORBIDDEN: tuple[Frame, ...] = (
    *blame.FRAMES,
    *insinuation.FRAMES,
    *denial.FRAMES,
    *conduct.FRAMES,
    *disdain.FRAMES,
    *veiled.FRAMES,
    *ratings.FRAMES,
    *threats.FRAMES,
    *money.FRAMES,
    *excuses.FRAMES,
)
REQUIRED: tuple[Frame, ...] = required.FRAMES
