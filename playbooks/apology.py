"""The apology of a review comes first: its step is done only by an apology that stands (S4-16, domain.md P07)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.actions import Refused
from cases.enums import Kind
from messaging.enums import Purpose
from messaging.states import has_gone_out
from playbooks.models import TreatmentStep


def is_apology(step: TreatmentStep) -> bool:
    """The public reply of a review's case."""
    return step.purpose == Purpose.PUBLIC_REPLY and step.case.kind == Kind.REVIEW


def refuse_unsaid(step: TreatmentStep) -> None:
    """Raise Refused where an apology would be called done before it went out."""
    if is_apology(step) and not (step.message and has_gone_out(step.message)):
        raise Refused(_("The apology comes first: approve the reply, post it, then press “I posted it”."))


def refuse_skip(step: TreatmentStep) -> None:
    """Raise Refused where somebody would skip the apology and go on with the rest."""
    if is_apology(step):
        raise Refused(
            _("The apology cannot be skipped. If no follow-up is needed, say so on the review, with a reason.")
        )
