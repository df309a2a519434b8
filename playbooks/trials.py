"""A 50/50 trial of two versions of one playbook (domain.md 6.8): started in one click, its end fixed beforehand.

The arm is drawn once per case and kept with the treatment (`Treatment.arm`, "A:12"), whatever happens later. Version 0
is the holdout: the playbook's steps are left out (P09, to see whether writing first helps).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import Refused
from playbooks.freezing import Book
from playbooks.models import Playbook, PlaybookVersion, Step, Treatment, Trial
from shops.actions import audit
from shops.models import Member

HOLDOUT = 0
HOLDOUT_FOR = {"P09"}  # the only playbook where writing nothing is a fair choice: the customer never asked
ARMS = ("A", "B")
MIN_CASES = 30  # below 15 an arm nothing may be said


def start_trial(playbook: Playbook, *, version_a: int, version_b: int, stop_after: int, by: Member) -> Trial:
    """Start it; `stop_after` is the number of cases after which it is read, once."""
    if not by.is_owner:
        raise Refused(_("Only an owner can start a trial."))
    if version_a == version_b:
        raise Refused(_("Choose two different versions."))
    if stop_after < MIN_CASES:
        raise Refused(_("A trial needs at least %(n)d cases, 15 for each version.") % {"n": MIN_CASES})
    for number in (version_a, version_b):
        refuse_unknown(playbook, number)
    try:
        with transaction.atomic():
            trial = Trial.objects.create(
                shop_id=playbook.shop_id,
                playbook=playbook,
                version_a=version_a,
                version_b=version_b,
                stop_after=stop_after,
                started_by=by,
            )
            audit(
                playbook.shop, by.user, "trial_started", playbook=playbook.code, a=version_a, b=version_b, n=stop_after
            )
    except IntegrityError as error:
        raise Refused(_("A trial of this playbook is under way already.")) from error
    return trial


def refuse_unknown(playbook: Playbook, number: int) -> None:
    """Raise Refused for a version that is not kept, and for a holdout where the customer expects an answer."""
    if number == HOLDOUT:
        if playbook.code not in HOLDOUT_FOR:
            raise Refused(_("Only customers who said nothing may be left alone for a comparison (P09)."))
    elif not PlaybookVersion.objects.filter(playbook=playbook, number=number).exists():
        raise Refused(_("Version %(number)d is not kept.") % {"number": number})


def stop_trial(trial: Trial, *, by: Member | None, now: datetime | None = None) -> None:
    """End it; new cases get the playbook as it stands. Ending twice changes nothing."""
    now = now or timezone.now()
    if Trial.objects.filter(pk=trial.pk, ended_at=None).update(ended_at=now):
        trial.ended_at = now
        audit(trial.shop, by.user if by else None, "trial_ended", playbook=trial.playbook.code)


def arm_of(trial: Trial, case: int) -> str:
    """A or B: by the hash of a secret, the trial and the case, so that it is random yet the same at every start."""
    text = f"{settings.SECRET_KEY}:trial:{trial.pk}:{case}"
    return ARMS[hashlib.sha256(text.encode()).digest()[0] & 1]


def version_of(trial: Trial, arm: str) -> int:
    """The version that an arm gets."""
    return trial.version_a if arm == "A" else trial.version_b


def books_for(shop_id: int, codes: Sequence[str], case: int) -> tuple[dict[str, Book], str]:
    """The named playbooks with their steps, and the case's arm ("" outside of trials).

    One query, two more where a trial is under way.
    """
    trial = Trial.objects.filter(playbook=OuterRef("playbook"), ended_at=None).values("pk")[:1]
    steps = Step.objects.filter(playbook__shop_id=shop_id, playbook__code__in=codes).select_related("playbook")
    found: dict[str, Book] = {}
    trials: dict[str, int] = {}
    for step in steps.annotate(trial=Subquery(trial)).order_by("position", "pk"):
        found.setdefault(step.playbook.code, (step.playbook, []))[1].append(step)
        if step.trial:
            trials[step.playbook.code] = step.trial
    if not trials:
        return found, ""
    code = next(code for code in codes if code in trials)
    return apply_trial(Trial.objects.get(pk=trials[code]), code, found, case)


def apply_trial(trial: Trial, code: str, books: Mapping[str, Book], case: int) -> tuple[dict[str, Book], str]:
    """The books with the trial's playbook at the version of the case's arm."""
    arm = arm_of(trial, case)
    number = version_of(trial, arm)
    playbook = books[code][0]
    if number != playbook.version:
        playbook.version = number
        steps = [] if number == HOLDOUT else steps_of(playbook, number)
    else:
        steps = books[code][1]
    return {**books, code: (playbook, steps)}, f"{arm}:{trial.pk}"


def steps_of(playbook: Playbook, number: int) -> list[Step]:
    """The steps of a kept version, not saved, in order."""
    kept = PlaybookVersion.objects.get(playbook=playbook, number=number).snapshot
    return [Step(playbook=playbook, position=place, **columns) for place, columns in enumerate(kept["steps"])]


def treated(trial: Trial) -> int:
    """Cases that were given an arm."""
    arms = [f"{arm}:{trial.pk}" for arm in ARMS]
    return Treatment.objects.filter(shop=trial.shop_id, arm__in=arms).values("case").distinct().count()


def is_complete(trial: Trial) -> bool:
    """True where the number of cases fixed at the start has been reached."""
    return treated(trial) >= trial.stop_after


def stop_complete(now: datetime | None = None) -> int:
    """End the trials that have their cases; returns how many. Rung by the tick."""
    complete = [
        trial for trial in Trial.objects.filter(ended_at=None).select_related("shop", "playbook") if is_complete(trial)
    ]
    for trial in complete:
        stop_trial(trial, by=None, now=now)
    return len(complete)
