"""The tone guard. See docs/tone.md."""

from messaging.tone.guard import check
from messaging.tone.report import Advice, Finding, Report, apply
from messaging.tone.requirements import required
from messaging.tone.rules import Words
from messaging.tone.similarity import repeats, similarity

__all__ = ["Advice", "Finding", "Report", "Words", "apply", "check", "repeats", "required", "similarity"]
