"""Who does the customer blame? `suggest(text)` tells, with the reason. Pure Python: no request, no ORM."""

from complaints.attribution.cues import Cue
from complaints.attribution.engine import Suggestion, suggest

__all__ = ["Cue", "Suggestion", "suggest"]
