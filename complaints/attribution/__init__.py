"""Who does the customer blame? `suggest(text)` tells, with the reason. Pure Python: no request, no ORM."""

from complaints.attribution.engine import Suggestion, suggest
from language.frames import Cue

__all__ = ["Cue", "Suggestion", "suggest"]
