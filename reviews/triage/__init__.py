"""Does this review need somebody's care, and why? `assess(stars, text)` tells. Pure Python: no request, no ORM."""

from reviews.triage.engine import Assessment, Reason, assess
from reviews.triage.wishes import Wish

__all__ = ["Assessment", "Reason", "Wish", "assess"]
