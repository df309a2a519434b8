"""Reviews as pages show them: the person first, their words next, the stars last (S4-19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases import lists
from cases.access import assignable
from cases.clocks import Clock, clock, span
from cases.events import REVIEW
from cases.forms import NoteForm, ThemeForm
from cases.links import case_url
from messaging.enums import MessageState, Purpose, WaitingFor
from messaging.models import Message
from messaging.timeline import Event, timeline
from playbooks import reasons
from playbooks import showing as treating
from playbooks.queries import live_treatment
from reviews import actions, queries
from reviews.enums import STAR_WORDS, NoFollowUp, Platform, Urgency
from reviews.forms import NoFollowUpForm, SeenForm
from reviews.models import ImportRun, Review
from shops.enums import Standing
from shops.models import Member
from shops.queries import standing_of
from shops.wishes import suggestions, words_of
from tables.problems import Problem


@dataclass(frozen=True)
class Piece:
    """A stretch of the customer's words, with the reason where a sentence shows the complaint."""

    text: str
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    review: Review
    url: str
    name: str
    themes: tuple[str, ...]
    stars: str
    clock: Clock | None


def theme_labels() -> dict[str, str]:
    """Themes in the reader's language."""
    return {
        "product": _("Product"),
        "delivery": _("Delivery"),
        "packaging": _("Packaging"),
        "service": _("Service"),
        "price": _("Price"),
        "site": _("Site"),
    }


def in_words(themes: Iterable[str]) -> tuple[str, ...]:
    """Theme codes as words."""
    labels = theme_labels()
    return tuple(labels[theme] for theme in themes if theme in labels)


def pieces(review: Review) -> list[Piece]:
    """The text cut at the sentences that show the complaint."""
    language = (get_language() or "id")[:2]
    found, place, text = [], 0, review.text
    for why in sorted(review.assessment.get("why", []), key=lambda why: why["start"]):
        start, end = why["start"], min(why["end"], len(text))
        if start < place or end <= start:
            continue
        found += [Piece(text[place:start]), Piece(text[start:end], why.get(language) or why["en"])]
        place = end
    return [piece for piece in [*found, Piece(text[place:])] if piece.text]


def name_of(review: Review) -> str:
    """The customer's name, else the author's, else that nobody knows it."""
    return (review.customer.name if review.customer else review.author) or _("Somebody we do not know")


def stars_words(stars: int) -> str:
    """ "4 of 5: good, with a note". Four is never called negative (S4-06)."""
    return _("%(stars)d of 5: %(words)s") % {"stars": stars, "words": STAR_WORDS[stars]}


def url_of(review: Review) -> str:
    """A review's page: its case's, where there is one."""
    return case_url(review.case) if review.case else reverse("reviews:show", args=[review.pk])


def rows(reviews: Iterable[Review], now: datetime) -> list[Row]:
    """The list's lines; every relation they show must be loaded already."""
    return [
        Row(
            review=review,
            url=url_of(review),
            name=name_of(review),
            themes=in_words(review.themes),
            stars=stars_words(review.stars),
            clock=clock(review.case.first_reply_due_at, now) if review.case and review.waits else None,
        )
        for review in reviews
    ]


def chips(params: Mapping[str, str]) -> list[dict[str, Any]]:
    """The list's filter chips."""
    offered: list[tuple[str, str, object]] = [("urgency", Urgency.URGENT.value, str(Urgency.URGENT.label))]
    offered += [("stars", str(stars), f"{stars} ★") for stars in range(1, 6)]
    offered += [("theme", theme, label) for theme, label in theme_labels().items()]
    offered += [(n, params[n], params[n]) for n in ("product", "courier") if params.get(n)]
    if params.get("platform") in Platform.values:
        offered.append(("platform", params["platform"], str(Platform(params["platform"]).label)))
    return lists.chips(params, offered)


def tabs(show: str) -> list[dict[str, Any]]:
    """Waiting, answered, set aside, all."""
    offered = [("", _("To answer")), ("answered", _("Answered")), ("aside", _("Set aside")), ("all", _("All"))]
    return [
        {"url": f"?show={value}" if value else "?", "label": label, "on": show == value} for value, label in offered
    ]


# --- the page of one review -------------------------------------------------------------------------------------------


def review_page(review: Review, member: Member, *, whole: bool = False) -> dict[str, Any]:
    """Everything the page shows; `whole`: its case's timeline from the beginning."""
    now = timezone.now()
    marked = pieces(review)
    return {
        "review": review,
        "name": name_of(review),
        "standing": Standing(standing_of(review.customer, now)).label if review.customer else "",
        "history": person(review),
        "pieces": marked,
        "reasons": [piece for piece in marked if piece.reason],
        "hints": hints(review),
        "themes": in_words(review.themes),
        "stars": stars_words(review.stars),
        "edit": edit_clock(review, now),
        "wishes": [words_of(wish) for wish in review.assessment.get("wishes", [])],
        "suggestions": suggestions(review.customer),
        "aside": NoFollowUp(review.no_follow_up).label if review.no_follow_up else "",
        "seen": seen(review),
        "can_write": member.can_write,
        "no_follow_up_form": NoFollowUpForm(),
        "seen_form": SeenForm(initial={"stars": review.stars_after or review.stars, "text": review.text}),
        **(case_parts(review, member, now, whole=whole) if review.case else {}),
    }


def person(review: Review) -> dict[str, Any]:
    """The person's history, the cases with their addresses."""
    found = queries.history(review.customer, review)
    return {**found, "cases": [{"case": case, "url": case_url(case)} for case in found["cases"]]}


def case_parts(review: Review, member: Member, now: datetime, *, whole: bool) -> dict[str, Any]:
    """What the review's case adds: the apology, the treatment, clocks, timeline."""
    case = review.case
    assert case is not None  # noqa: S101  (asked for by the caller)
    treatment = live_treatment(case)
    steps = list(treatment.steps.select_related("message").order_by("position")) if treatment else []
    due = clock(case.first_reply_due_at, now, review.replied_at, is_over=case.is_ended)
    return {
        "case": case,
        "apology": apology(review),
        "treatment": treatment,
        "why": reasons.reason(treatment) if treatment else "",
        "tried": treating.tried_lines(treatment) if treatment else [],
        "ladder": treating.ladder([without_button(rung) for rung in treating.rungs_of(steps, now)]),
        "clocks": [(_("Apology"), due)] if due else [],
        "timeline": timeline(case, whole=whole, title=title_of),
        "members": assignable(member),
        "theme_form": ThemeForm(initial={"theme": case.theme, "root_cause": case.root_cause}),
        "note_form": NoteForm(),
    }


def without_button(rung: treating.Rung) -> treating.Rung:
    """The apology has its own panel above: one main button is enough."""
    return replace(rung, is_next=False) if rung.step.purpose == Purpose.PUBLIC_REPLY else rung


def title_of(event: Event) -> str:
    """What a review's own events are called."""
    return _("The review has changed") if event.code == REVIEW else ""


@dataclass(frozen=True)
class Apology:
    """The public reply: its words and what to do next (write, post, done)."""

    message: Message
    next: str
    step_pk: int


def apology(review: Review) -> Apology | None:
    """The public reply of the review's case, None where there is none."""
    message = actions.apology_of(review)
    if message is None:
        return None
    step = message.steps.first()
    by_hand = message.state == MessageState.READY or message.waiting_for == WaitingFor.HAND
    after = "post" if by_hand else "write" if message.state == MessageState.DRAFT else "done"
    return Apology(message, after, step.pk if step else 0)


def hints(review: Review) -> list[str]:
    """What triage noticed beside the complaint."""
    kept, found = review.assessment, []
    if kept.get("is_mistap"):
        found.append(_("Praise under few stars: perhaps a slip of the finger. Thank them all the same."))
    if kept.get("is_sarcastic"):
        found.append(_("The praise is not meant as praise."))
    if kept.get("no_reason"):
        found.append(_("No reason given. There is nothing to guess at."))
    if kept.get("is_fixed"):
        found.append(_("They say it was put right."))
    if kept.get("days_late"):
        found.append(_("They say it was %(n)d days late.") % {"n": kept["days_late"]})
    return found


def edit_clock(review: Review, now: datetime) -> Clock | None:
    """How long the customer may still change the review; None where nobody knows."""
    if review.edit_until is None:
        return None
    left = review.edit_until - now
    if left.total_seconds() <= 0:
        return Clock("done", _("can no longer be changed"), review.edit_until)
    return Clock("ok", _("can be changed for %(span)s") % {"span": span(left)}, review.edit_until)


def seen(review: Review) -> str:
    """What became of the review, as far as we saw: a note, never a target (domain.md 6.11)."""
    if review.observed_at is None:
        return ""
    changed = (review.stars_after, review.text_after) != (review.stars, review.text)
    return _("Changed to %(stars)d stars.") % {"stars": review.stars_after} if changed else _("Unchanged.")


# --- imports and themes -----------------------------------------------------------------------------------------------


def import_page(run: ImportRun) -> dict[str, Any]:
    """The progress or the outcome of an import."""
    kept = [Problem.from_json(row) for row in run.rejected]
    return {
        "run": run,
        "source": Platform(run.source).label if run.source in Platform.values else run.source,
        "is_over": run.finished_at is not None,
        "label": _("%(done)s of about %(total)s rows") % {"done": localize(run.done), "total": localize(run.total)},
        "problem": Problem.from_json(run.problem).words(_) if run.problem else "",
        "notes": [problem.words(_) for problem in kept if not problem.line],
        "rejected": [(p.line, p.column, p.words(_)) for p in kept if p.line],
    }


def theme_table(found: Sequence[Mapping[str, Any]], name: str, since: datetime) -> list[dict[str, Any]]:
    """Rows of the themes page: a name and, per theme, its count with the address of its reviews."""
    return [
        {
            "name": row[name],
            "total": row["total"],
            "all": row.get("all"),
            "cells": [
                {"label": label, "count": row[f"n_{theme}"], "url": list_url(name, row[name], theme)}
                for theme, label in theme_labels().items()
            ],
        }
        for row in found
    ]


def list_url(name: str, value: Any, theme: str) -> str:
    """The list of these reviews; months have none."""
    if name == "month":
        return ""
    return reverse("reviews:list") + "?" + urlencode({"show": "all", name: value, "theme": theme})
