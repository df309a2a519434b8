"""Complaints as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cases import events, lists
from cases.access import assignable, visible_cases
from cases.clocks import Clock, clock
from cases.enums import UNENDED, Severity, State
from cases.forms import NoteForm, ThemeForm
from cases.links import case_url, url_of
from cases.models import Case
from complaints.attribution import Suggestion, four_records
from complaints.enums import Finding, TaggedBy
from complaints.forms import AssessForm, FindingForm, ReplyForm
from complaints.models import Complaint
from messaging.enums import Direction
from messaging.models import Message
from messaging.timeline import Event, Timeline, timeline
from playbooks import giving, reasons
from playbooks import showing as treating
from playbooks.enums import Blame, Failure, Voice
from playbooks.queries import joined_live, steps_of
from shops.models import Member


@dataclass(frozen=True)
class Piece:
    """A stretch of the customer's words, with the reason where a cue covers it."""

    text: str
    reason: str = ""


def cue_rows(suggestion: Suggestion) -> list[dict[str, Any]]:
    """A suggestion's cues as they are kept with a complaint."""
    return [{"start": c.start, "end": c.end, "id": c.reason_id, "en": c.reason_en} for c in suggestion.cues]


def marked(text: str, cues: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """The text cut at its cues, in order; overlapping cues keep the first."""
    language = (get_language() or "id")[:2]
    pieces, place = [], 0
    for cue in sorted(cues, key=lambda cue: cue["start"]):
        start, end = cue["start"], min(cue["end"], len(text))
        if start < place or end <= start:
            continue
        pieces += [Piece(text[place:start]), Piece(text[start:end], cue.get(language) or cue["en"])]
        place = end
    return [piece for piece in [*pieces, Piece(text[place:])] if piece.text]


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    url: str
    words: str
    name: str
    order: str
    complaint: Complaint
    blame: str
    failure: str
    state: str
    clock: Clock | None


def reply_clock(case: Case, now: datetime) -> Clock | None:
    """The first-reply clock, then whatever falls due next; nothing for ended cases."""
    if case.is_ended:
        return None
    if case.first_replied_at is None:
        return clock(case.first_reply_due_at, now)
    return clock(case.next_due_at, now)


def rows(complaints: Iterable[Complaint], now: datetime) -> list[Row]:
    """The list's lines; every relation they show must be loaded already."""
    return [
        Row(
            url=reverse("complaints:detail", args=[complaint.case.code]),
            words=complaint.case.headline,
            name=name_of(complaint.case),
            order=complaint.case.order.number if complaint.case.order else "",
            complaint=complaint,
            blame=str(Blame(complaint.blame).label),  # not get_blame_display, which looks at every choice again
            failure=str(Failure(complaint.failure).label),
            state=str(State(complaint.case.state).label),
            clock=reply_clock(complaint.case, now),
        )
        for complaint in complaints
    ]


def name_of(case: Case) -> str:
    """The customer's name, or the case's code where nobody knows it."""
    return case.customer.name if case.customer else _("Customer %(code)s") % {"code": case.code}


def open_cases(member: Member, *, order: str, customer: str) -> list[dict[str, Any]]:
    """Cases still open for the order or customer being typed, newest first: a new message may belong to one."""
    fits = Q(order__number__iexact=order.strip().lstrip("#")) if order.strip() else Q()
    if len(customer.strip()) >= 3:
        fits |= Q(customer__name__icontains=customer.strip())
    if not fits:
        return []
    rows = visible_cases(member).filter(fits, state__in=sorted(UNENDED)).select_related("customer", "order")
    return [{"case": case, "url": case_url(case), "name": name_of(case)} for case in rows.order_by("-opened_at")[:5]]


def chips(params: Mapping[str, str]) -> list[dict[str, Any]]:
    """The list's filter chips."""
    offered: list[tuple[str, str, object]] = [("state", "open", _("Open")), ("state", "ended", _("Ended"))]
    offered += [("mine", "on", _("Mine")), ("untagged", "on", _("Blame not known"))]
    offered += [("blame", value, label) for value, label in Blame.choices]
    return lists.chips(params, offered)


def failure_chips(params: Mapping[str, str]) -> list[dict[str, Any]]:
    """One chip for each kind of failure."""
    return lists.chips(params, [("failure", value, label) for value, label in Failure.choices])


# --- the case page ----------------------------------------------------------------------------------------------------


def case_page(complaint: Complaint, member: Member, *, whole: bool = False) -> dict[str, Any]:
    """Everything the case page shows; `whole`: its timeline from the beginning."""
    now, case = timezone.now(), complaint.case
    said = {message.pk: message for message in case.messages.all()}
    treatment = joined_live(complaint)
    steps = steps_of(treatment, said) if treatment else []
    pieces = marked(complaint.text, complaint.cues)
    files = list(case.attachments.order_by("at"))
    return {
        "complaint": complaint,
        "case": case,
        "name": name_of(case),
        "badges": badges(complaint),
        "blame": label(Blame, complaint.blame),
        "tagged_by": label(TaggedBy, complaint.tagged_by),
        "pieces": pieces,
        "reasons": [piece for piece in pieces if piece.reason],
        "treatment": treatment,
        "why": reasons.reason(treatment) if treatment else "",
        "tried": treating.tried_lines(treatment) if treatment else [],
        "ladder": treating.ladder(treating.rungs_of(steps, now)),
        "clocks": case_clocks(case, now),
        "timeline": case_timeline(case, said, whole=whole),
        "others": other_cases(case),
        "attachments": files,
        "members": assignable(member),
        "can_write": member.can_write,
        "giving": giving.panel(case, member, complaint.failure, files),
        "record_check": record_check(complaint),
        **forms(complaint),
    }


def badges(complaint: Complaint) -> list[dict[str, str]]:
    """State, severity, voice and what makes the case pressing, for components/badge.html."""
    case = complaint.case
    found = [
        {"kind": "state", "value": case.state, "label": label(State, case.state)},
        {"kind": "severity", "value": case.severity, "label": label(Severity, case.severity)},
        {"kind": "voice", "value": complaint.voice, "label": label(Voice, complaint.voice)},
    ]
    if case.is_spreading:
        found.append({"kind": "plain", "tone": "secang", "label": _("Spreading")})
    if case.is_repeat:
        found.append({"kind": "plain", "tone": "kunyit", "label": _("Second time")})
    return found


OTHERS, OTHERS_READ = 5, 30  # of the customer's cases: shown, and looked through; the customer's page has them all


@dataclass(frozen=True)
class RecordCheck:
    """What the order's four records say of the cause (S0-07, S0-12); `finding` is "" where there is none to take."""

    records: tuple[tuple[str, str], ...]
    finding: str
    label: str
    reason: str
    checks: tuple[str, ...]


CHECKS = {
    "wanted": gettext_lazy("what the customer wanted"),
    "typed": gettext_lazy("what was typed at checkout"),
    "packed": gettext_lazy("what was packed"),
    "received": gettext_lazy("what was received"),
    "courier": gettext_lazy("ask the courier"),
    "swap": gettext_lazy("was it swapped with another parcel?"),
}


def record_check(complaint: Complaint) -> RecordCheck | None:
    """The finding that wanted, typed, packed and received suggest; None where fewer than two are known."""
    order = complaint.case.order
    values = (order.wanted, order.typed, order.packed, order.received) if order else ()
    if sum(bool(value) for value in values) < 2:
        return None
    found = four_records.compare(*values)
    names = (_("Wanted"), _("Typed at checkout"), _("Packed"), _("Received"))
    is_new = found.finding not in (Finding.UNKNOWN, complaint.finding)
    return RecordCheck(
        records=tuple(zip(names, values, strict=True)),
        finding=found.finding if is_new else "",
        label=label(Finding, found.finding),
        reason=found.reason_id if (get_language() or "id").startswith("id") else found.reason_en,
        checks=tuple(str(CHECKS[check]) for check in found.checks),
    )


def forms(complaint: Complaint) -> dict[str, Any]:
    """The small forms of the page, filled with what is known."""
    case = complaint.case
    assess = {
        "failure": complaint.failure,
        "severity": case.severity,
        "voice": complaint.voice,
        "spreading": case.is_spreading,
    }
    return {
        "assess_form": AssessForm(initial=assess),
        "finding_form": FindingForm(initial={"finding": complaint.finding, "why": complaint.finding_why}),
        "theme_form": ThemeForm(initial={"theme": case.theme, "root_cause": case.root_cause}),
        "note_form": NoteForm(),
        "reply_form": ReplyForm(),
    }


def case_clocks(case: Case, now: datetime) -> list[tuple[str, Clock]]:
    """First reply, decision and the legal clock, each with its label; of an ended case only what was done."""
    clocks = [
        (_("First reply"), clock(case.first_reply_due_at, now, case.first_replied_at, is_over=case.is_ended)),
        (_("Solution offered"), clock(case.decision_due_at, now, case.decided_at, is_over=case.is_ended)),
    ]
    found = [(label, shown) for label, shown in clocks if shown]
    if case.legal_due_on and not case.is_ended:
        left = (case.legal_due_on - timezone.localdate(now)).days
        text = _("%(n)d days left") % {"n": left} if left >= 0 else _("passed; offer it now")
        found.append((_("Refund or replacement by law"), Clock("ok" if left > 2 else "soon", text)))
    return found


def other_cases(case: Case) -> list[dict[str, Any]]:
    """The same customer's other cases as cases/_others.html lists them: the open ones first, each newest first."""
    if case.customer is None:
        return []
    rows = Case.objects.filter(customer=case.customer).exclude(pk=case.pk).order_by("-opened_at")
    newest = list(rows.values_list("state", "kind", "code", "headline", "opened_at")[:OTHERS_READ])
    shown = sorted(newest, key=lambda row: row[0] not in UNENDED)[:OTHERS]
    return [
        {
            "url": url_of(kind, code),
            "code": code,
            "words": headline or code,
            "at": at,
            "state": label(State, state),
            "is_ended": state not in UNENDED,
        }
        for state, kind, code, headline, at in shown
    ]


def case_timeline(case: Case, said: Mapping[int, Message], *, whole: bool) -> Timeline:
    """The timeline, the customer's first message before everything else (two queries)."""
    first = [message for message in said.values() if message.direction == Direction.IN][:1]
    rest = timeline(case, whole=whole, detail=detail_text, said=said)
    return replace(rest, lines=[inbound_line(message) for message in first] + rest.lines)


def inbound_line(message: Message) -> dict[str, Any]:
    """The customer's first message as a timeline line."""
    return {
        "at": message.received_at,
        "title": _("The customer wrote"),
        "text": message.body,
        "icon": "chat",
        "kind": "in",
    }


def detail_text(event: Event) -> str:
    """What an event says beyond its title, in the reader's language."""
    data = event.data
    match event.code:
        case events.BLAME:
            return f"{label(Blame, data.get('old'))} → {label(Blame, data.get('new'))}"
        case events.FINDING:
            return f"{label(Finding, data.get('new'))} {data.get('why', '')}".strip()
        case events.ROUTED | events.SUPERSEDED | events.FINISHED:
            return " + ".join(data.get("playbooks", []))
        case events.ASSIGNED:
            return str(data.get("to", ""))
        case _:
            return str(data.get("note", "")) if isinstance(data.get("note"), str) else ""


def label(choices: Any, value: object) -> str:
    """A choice's words, "-" for none."""
    return str(choices(value).label) if value in choices.values else "–"
