"""Erasing a customer (UU 27/2022 art. 42 to 44; domain.md 3.3.7): identity becomes a token, words and files go.

Amounts and dates stay: the books need them. The steps: preview -> what stays and why -> erase -> receipt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import WaitingEntry
from cases.actions import Refused
from cases.enums import UNENDED, Actor, State
from cases.models import Attachment, Case, CaseEvent, Note, SearchText, Survey
from complaints.models import Complaint, SpreadNode
from messaging import outbox
from messaging.enums import PENDING
from messaging.models import GuardFeedback, Message, StaffNotice
from playbooks import closing
from playbooks.models import Remedy, TreatmentStep
from playbooks.queries import owes_remedy
from reviews.models import Review
from shops.actions import audit
from shops.codes import new_token
from shops.models import ContactPoint, Customer, Order, Shipment, User

# What an event may keep: codes and numbers, no words.
EVENT_KEYS = {"old", "new", "playbooks", "version", "step", "playbook", "message", "channel", "source", "suggested"}


@dataclass(frozen=True)
class Line:
    """One line of the preview or the receipt: what, how many, and why it stays (empty: it goes)."""

    what: str
    count: int
    why: str = ""


@dataclass(frozen=True)
class Receipt:
    """What was done, when, under which token: to give to the customer."""

    token: str
    at: datetime
    gone: list[Line]
    stays: list[Line]


def cases_of(customer: Customer) -> QuerySet[Case]:
    """Every case of the customer."""
    return Case.objects.filter(customer=customer)


def messages_of(customer: Customer) -> QuerySet[Message]:
    """Everything said to or by the customer."""
    return Message.objects.filter(Q(customer=customer) | Q(case__customer=customer), shop=customer.shop_id)


def gone(customer: Customer) -> list[Line]:
    """What erasing takes away."""
    cases = cases_of(customer)
    return [
        Line(_("Name, form of address, province, wishes"), 1),
        Line(_("Numbers and email addresses"), customer.contact_points.count()),
        Line(_("Words of messages"), messages_of(customer).count()),
        Line(_("Words of complaints"), Complaint.objects.filter(case__in=cases).count()),
        Line(_("Words and author names of reviews"), reviews_of(customer).count()),
        Line(_("Notes"), Note.objects.filter(case__in=cases).count()),
        Line(_("Photos and documents"), Attachment.objects.filter(case__in=cases).count()),
        Line(_("Tracking numbers"), Shipment.objects.filter(order__customer=customer).exclude(tracking="").count()),
    ]


def stays(customer: Customer) -> list[Line]:
    """What stays, and why."""
    cases = cases_of(customer)
    return [
        Line(
            _("Orders: number, item, amount, dates"),
            Order.objects.filter(customer=customer).count(),
            _("The books must be kept for 10 years; no name is in them any more."),
        ),
        Line(
            _("Cases: code, times, states"),
            cases.count(),
            _("Kept for 5 years, without words, so that the shop can show how it acted."),
        ),
        Line(
            _("Remedies: level, amount, dates"),
            Remedy.objects.filter(case__in=cases).count(),
            _("Money that was paid back is part of the books (10 years)."),
        ),
    ]


def reviews_of(customer: Customer) -> QuerySet[Review]:
    return Review.objects.filter(Q(customer=customer) | Q(case__customer=customer), shop=customer.shop_id)


def erase(customer: Customer, *, by: User | None, now: datetime | None = None) -> Receipt:
    """Erase a customer, all or nothing. Refused while a promised remedy is owed. A second call changes nothing."""
    now = now or timezone.now()
    went, kept = gone(customer), stays(customer)
    if customer.erased_at is not None:
        return Receipt(customer.code, customer.erased_at, went, kept)
    files = list(Attachment.objects.filter(case__in=cases_of(customer)))
    with transaction.atomic():
        end_cases(customer, by=by)
        erase_words(customer)
        erase_identity(customer, now)
        audit(customer.shop, by, "erased", customer=customer.code)
    for attachment in files:  # after the commit: a file cannot be rolled back
        attachment.file.delete(save=False)
    return Receipt(customer.code, now, went, kept)


def end_cases(customer: Customer, *, by: User | None) -> None:
    """Stop what is under way: open cases are withdrawn, waiting messages cancelled."""
    for case in cases_of(customer).select_related("shop"):
        if owes_remedy(case):
            words = _("Case %(code)s: a promised remedy has not been carried out. Carry it out or withdraw it first.")
            raise Refused(words % {"code": case.code})
        if case.state in UNENDED:
            state = State.WITHDRAWN if case.state != State.RESOLVED else State.CLOSED_NO_REPLY
            closing.close(case, state, actor=Actor.CUSTOMER, by=by)
    for message in messages_of(customer).filter(state__in=sorted(PENDING)):
        outbox.cancel(message, "erased", by=by)


def erase_words(customer: Customer) -> None:
    """Every text of and about the person, in every room."""
    cases = cases_of(customer)
    erase_feedback(customer)
    messages_of(customer).update(
        subject="", body="", address="", guard={}, last_error="", override_reason="", external_id=""
    )
    # A message's key names the step and the address it went to.
    messages_of(customer).update(key=Concat(Value("erased:"), Cast("pk", CharField())))
    TreatmentStep.objects.filter(case__in=cases).update(note="", skip_reason="")
    SearchText.objects.filter(case__in=cases).delete()
    Survey.objects.filter(customer=customer, answered_at=None).delete()
    Note.objects.filter(case__in=cases).delete()
    Attachment.objects.filter(case__in=cases).delete()
    StaffNotice.objects.filter(case__in=cases).delete()
    SpreadNode.objects.filter(complaint__case__in=cases).delete()
    Complaint.objects.filter(case__in=cases).update(text="", cues=[], source_link="", finding_why="")
    Remedy.objects.filter(case__in=cases).update(proof_text="", reason="", decision_reason="")
    reviews_of(customer).update(text="", text_after="", author="", assessment={})
    erase_events(cases)
    for case in cases:
        Case.objects.filter(pk=case.pk).update(headline="", remedy_sought="", root_cause="", token=new_token())


def erase_feedback(customer: Customer) -> None:
    """Drafts kept as remarks on the tone guard: those with words sent to the person, their name or their address.

    A remark names no case, so its text is compared; must run before messages and identity are blanked.
    """
    bodies = list(messages_of(customer).values_list("body", flat=True))
    addresses = list(ContactPoint.objects.filter(customer=customer).values_list("address", flat=True))
    names = [re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE) for word in [customer.name, *addresses]]
    found = [
        line.pk
        for line in GuardFeedback.objects.filter(shop=customer.shop_id).exclude(text="")
        if any(line.text in body for body in bodies) or any(name.search(line.text) for name in names)
    ]
    GuardFeedback.objects.filter(pk__in=found).update(text="", reviewed_at=timezone.now())


def erase_events(cases: QuerySet[Case]) -> None:
    """The timelines keep their codes and times, no words."""
    events = list(CaseEvent.objects.filter(case__in=cases))
    for event in events:
        event.data = {key: value for key, value in event.data.items() if key in EVENT_KEYS}
    CaseEvent.objects.bulk_update(events, ["data"], batch_size=500)


def erase_identity(customer: Customer, now: datetime) -> None:
    """The person becomes a token; how to reach them goes."""
    ContactPoint.objects.filter(customer=customer).delete()
    WaitingEntry.objects.filter(customer=customer).delete()
    Shipment.objects.filter(order__customer=customer).update(tracking="", province="")
    changes: dict[str, Any] = {
        "name": f"({customer.code})",
        "term": "",
        "language": "",
        "province": "",
        "reseller": "",
        "wishes": {},
        "no_reminders": True,
        "no_purchase_linking": True,
        "erased_at": now,
    }
    Customer.objects.filter(pk=customer.pk).update(**changes)
    for name, value in changes.items():
        setattr(customer, name, value)


def receipt_text(receipt: Receipt) -> str:
    """The receipt in plain words."""
    lines = [
        _("Erased on %(at)s. Token: %(token)s")
        % {"at": f"{timezone.localtime(receipt.at):%Y-%m-%d %H:%M}", "token": receipt.token},
        "",
        _("Erased:"),
        *[f"- {line.what}: {line.count}" for line in receipt.gone],
        "",
        _("Kept:"),
        *[f"- {line.what}: {line.count}. {line.why}" for line in receipt.stays],
    ]
    return "\n".join(lines) + "\n"
