"""Does this review need somebody's care, and why? `assess(stars, text)` tells. Pure Python: no request, no ORM."""

from reviews.triage.engine import Assessment, Reason, Wish, assess

__all__ = ["Assessment", "Reason", "Wish", "assess"]
