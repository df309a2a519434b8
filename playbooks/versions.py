"""History of a playbook: every saved state is a version; compare, restore, duplicate, take over our new default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from playbooks import loading
from playbooks.models import Playbook, PlaybookVersion, Step
from shops.models import User


@dataclass(frozen=True)
class Change:
    """One thing that differs: of which step ("" the playbook itself), which column, before and after in pieces."""

    step: str
    field: str
    pieces: list[tuple[str, str]]


def publish(playbook: Playbook, *, by: User | None, note: str = "") -> PlaybookVersion | None:
    """Keep the playbook as it is now as its next version; None where nothing changed. Running cases keep theirs."""
    with transaction.atomic():
        fresh = Playbook.objects.select_for_update().get(pk=playbook.pk)
        newest = fresh.versions.first()
        if newest and loading.content_hash(newest.snapshot) == loading.content_hash(loading.snapshot(fresh)):
            return None
        fresh.version = newest.number + 1 if newest else 1
        fresh.save(update_fields=["version"])
        playbook.version = fresh.version
        return loading.keep_version(fresh, by=by, note=note[:160])


def write_snapshot(playbook: Playbook, data: Mapping[str, Any]) -> None:
    """Write a snapshot over the playbook and its steps."""
    for name, value in data["playbook"].items():
        setattr(playbook, name, value)
    playbook.save()
    playbook.steps.all().delete()
    Step.objects.bulk_create(
        Step(playbook=playbook, position=position * 10, **step) for position, step in enumerate(data["steps"], start=1)
    )


def restore(playbook: Playbook, version: PlaybookVersion, *, by: User) -> PlaybookVersion | None:
    """Make an earlier version the current one; the history only grows."""
    with transaction.atomic():
        write_snapshot(playbook, version.snapshot)
        return publish(playbook, by=by, note=_("as in version %(n)d") % {"n": version.number})


def duplicate(playbook: Playbook, *, by: User) -> Playbook:
    """A copy under a free code, not active yet: no route leads to it."""
    with transaction.atomic():
        copy = Playbook(shop_id=playbook.shop_id, code=free_code(playbook), is_active=False)
        write_snapshot(copy, loading.snapshot(playbook))
        publish(copy, by=by, note=_("copy of %(code)s") % {"code": playbook.code})
    return copy


def free_code(playbook: Playbook) -> str:
    """P03-2, P03-3, ...: the first that the shop does not have."""
    taken = set(Playbook.objects.filter(shop=playbook.shop_id).values_list("code", flat=True))
    stem = playbook.code[:8]
    return next(code for n in range(2, 1000) if (code := f"{stem}-{n}") not in taken)


def take_default(playbook: Playbook, *, by: User) -> PlaybookVersion | None:
    """Replace the shop's words by our new default; the shop's own stay in the history."""
    ours = loading.default_snapshot(playbook.code)
    if ours is None:
        return None
    with transaction.atomic():
        write_snapshot(playbook, ours)
        playbook.default_hash = loading.content_hash(loading.snapshot(playbook))
        playbook.save(update_fields=["default_hash"])
        return publish(playbook, by=by, note=_("our new default"))


def keep_own(playbook: Playbook) -> None:
    """The shop has seen our new default and keeps its own words; it is asked again at the next change of ours."""
    if ours := loading.default_snapshot(playbook.code):
        playbook.default_hash = loading.content_hash(ours)
        playbook.save(update_fields=["default_hash"])


# --- comparing --------------------------------------------------------------------------------------------------------


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two snapshots: the playbook's columns, then step by step."""
    found = list(fields(before["playbook"], after["playbook"], ""))
    old = {step["key"]: step for step in before["steps"]}
    new = {step["key"]: step for step in after["steps"]}
    for key in dict.fromkeys([*old, *new]):
        found += fields(old.get(key, {}), new.get(key, {}), key)
    common = [key for key in old if key in new]
    if common != [key for key in new if key in old]:
        found.append(Change("", "order", [("del", ", ".join(old)), ("ins", ", ".join(new))]))
    return found


def fields(before: Mapping[str, Any], after: Mapping[str, Any], step: str) -> Iterator[Change]:
    """The columns that differ; empty values are all alike."""
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name) or "", after.get(name) or ""
        if old != new:
            yield Change(step, name, pieces(str(old), str(new)))


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """The text in pieces, word by word: same, del, ins."""
    old, new = before.split(" "), after.split(" ")
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", " ".join(old[a:b])))
            continue
        if a < b:
            found.append(("del", " ".join(old[a:b])))
        if c < d:
            found.append(("ins", " ".join(new[c:d])))
    return [(kind, text) for kind, text in found if text]
