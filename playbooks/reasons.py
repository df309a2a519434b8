"""Why this playbook, as one line to read at a glance: "It arrived damaged, they blame the shop → P05 Fatal damage"."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.enums import Kind, Severity
from playbooks.enums import Blame, Failure, Slot, Voice
from playbooks.models import Treatment
from playbooks.routing import Facts
from shops.enums import Channel, Standing

HAPPENED = {
    Failure.WRONG_ITEM: gettext_lazy("the item is the wrong one"),
    Failure.DAMAGED: gettext_lazy("it arrived damaged"),
    Failure.LATE: gettext_lazy("it is late"),
    Failure.NOT_RECEIVED: gettext_lazy("nothing has arrived"),
    Failure.REFUND_OR_CANCEL: gettext_lazy("a refund or cancellation is asked for"),
    Failure.NOT_AS_DESCRIBED: gettext_lazy("it is not as described"),
    Failure.RUDE_SERVICE: gettext_lazy("they felt badly served"),
    Failure.SITE_PROBLEM: gettext_lazy("the shop was hard to reach"),
    Failure.PRIVACY: gettext_lazy("it is about personal data"),
    Failure.FIT_OR_CHANGED_MIND: gettext_lazy("it does not fit or they changed their mind"),
    Failure.UNPAID_BOOKING: gettext_lazy("a booking is not paid yet"),
    Failure.OTHER: gettext_lazy("something else went wrong"),
    Failure.UNKNOWN: gettext_lazy("not known yet what went wrong"),
}
BLAMED = {
    Blame.SELF: gettext_lazy("they blame themselves"),
    Blame.SHOP: gettext_lazy("they blame the shop"),
    Blame.UNCLEAR: gettext_lazy("not clear whom they blame"),
}
RAISED = {
    Voice.REVIEW: gettext_lazy("said in a review"),
    Voice.ELSEWHERE_PUBLIC: gettext_lazy("said in public"),
    Voice.ELSEWHERE_PRIVATE: gettext_lazy("told only to others"),
    Voice.THIRD_PARTY: gettext_lazy("taken to an outside body"),
    Voice.SILENT: gettext_lazy("never said to us"),
}
GRAVE = {
    Severity.S3: gettext_lazy("it cannot be used"),
    Severity.S4: gettext_lazy("safety, health, law or data is at stake"),
}


def why(treatment: Treatment) -> str:
    """The reason and the playbooks it led to, in one line."""
    codes = (treatment.entry_code, treatment.name, *treatment.overlay_codes)
    return f"{reason(treatment)} → {' + '.join(code for code in codes if code)}"


def reason(treatment: Treatment) -> str:
    """The facts that decided, in words: what happened, whom they blame, and whatever else the routes asked for."""
    line = ", ".join(str(part) for part in parts(Facts.from_json(treatment.facts), asked(treatment)))
    return line[:1].upper() + line[1:]


def asked(treatment: Treatment) -> set[str]:
    """The facts that the matching root and entry routes asked for."""
    matched = [tried for tried in treatment.why if tried["matched"] and tried["slot"] != Slot.OVERLAY]
    return {name for tried in matched for name in str(tried["because"]).split(",")}


def parts(facts: Facts, names: set[str]) -> Iterator[object]:
    """The line's pieces, in the order a person would say them."""
    yield HAPPENED[Failure(facts.failure)]
    if "severity" in names and facts.severity in GRAVE:
        yield GRAVE[Severity(facts.severity)]
    if facts.kind != Kind.BOOKING:
        yield BLAMED[Blame(facts.blame)]
    if facts.voice in RAISED:
        yield RAISED[Voice(facts.voice)]
    if "spreading" in names and facts.spreading:
        yield _("it is spreading")
    if "repeat" in names and facts.repeat:
        yield _("second time")
    if "standing" in names:
        yield Standing(facts.standing).label
    if "channel" in names and facts.channel:
        yield Channel(facts.channel).label
    if "order_value" in names:
        yield _("what the order was worth")
