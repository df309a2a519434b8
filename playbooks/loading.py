"""Playbooks as YAML: reading and loading the defaults into a shop. An upgrade never overwrites a shop's edits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from playbooks.models import Playbook, PlaybookVersion, Route, Step
from shops.models import Shop, User

FOLDER = Path(__file__).parent / "defaults"
LANGUAGES = ("id", "en")


def read_file(path: Path) -> dict[str, Any]:
    """One playbook's YAML as plain data."""
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=1)
def default_playbooks() -> dict[str, dict[str, Any]]:
    """All shipped playbooks by code."""
    return {data["code"]: data for data in map(read_file, sorted(FOLDER.glob("P*.yaml")))}


@lru_cache(maxsize=1)
def default_routes() -> dict[str, list[dict[str, Any]]]:
    """The shipped routes by slot, in order."""
    return read_file(FOLDER / "routes.yaml")


def content_hash(data: Mapping[str, Any]) -> str:
    """A hash of a playbook's content: equal hashes mean equal words, steps and times.

    Empty values do not count, so that a new column of ours does not make every playbook look edited.
    """
    text = json.dumps(without_empty(data), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def without_empty(data: Any) -> Any:
    """The data without empty strings, None, False and 0 in its mappings."""
    if isinstance(data, Mapping):
        return {key: without_empty(value) for key, value in data.items() if value or isinstance(value, list)}
    return [without_empty(item) for item in data] if isinstance(data, list) else data


def both(data: Mapping[str, Any], name: str, field: str = "") -> dict[str, str]:
    """{"id": ..., "en": ...} under `name` as the two columns field_id and field_en."""
    texts = data.get(name) or {}
    return {f"{field or name}_{language}": str(texts.get(language, "")).strip() for language in LANGUAGES}


def playbook_fields(data: Mapping[str, Any]) -> dict[str, Any]:
    """A playbook's columns from its YAML data."""
    ladder, exits = data.get("ladder") or {}, data.get("exit") or {}
    return {
        "slot": data["slot"],
        **both(data, "name"),
        **both(data, "when"),
        **both(data, "objective"),
        **both(data, "forbidden"),
        "ladder_from": ladder.get("from", "L0"),
        "ladder_to": ladder.get("to", "L0"),
        **both(ladder, "text", "ladder"),
        **both(exits, "text", "exit"),
        "silence_days": exits.get("silence_days", 7),
    }


def parse_after(text: str) -> dict[str, Any]:
    """ "2 days from previous" or "first_reply from start" -> offset, unit, anchor. ValueError: another form."""
    words = str(text).split()
    if len(words) == 3 and words[1] == "from":
        return {"offset": 0, "unit": words[0], "anchor": words[2]}
    if len(words) == 4 and words[2] == "from" and words[0].isdigit():
        return {"offset": int(words[0]), "unit": words[1], "anchor": words[3]}
    raise ValueError(f"after: write “2 days from previous” or “first_reply from start”, not “{text}”")


def step_fields(data: Mapping[str, Any]) -> dict[str, Any]:
    """A step's columns from its YAML data."""
    return {
        "key": data["key"],
        "kind": data["kind"],
        "actor": data["actor"],
        **both(data, "title"),
        **both(data, "help"),
        **both(data, "subject"),
        **both(data, "body"),
        **parse_after(data["after"]),
        "gate": data.get("gate", ""),
        "purpose": data.get("purpose", ""),
        "action": data.get("action", ""),
        "is_automatic": bool(data.get("automatic", False)),
        "is_optional": bool(data.get("optional", False)),
        "expires_h": data.get("expires_h"),
        "leads": bool(data.get("leads", False)),
        "repeat_h": data.get("repeat_h"),
        "until": data.get("until", ""),
    }


NOT_CONTENT = {"id", "shop", "code", "is_active", "version", "default_hash", "updated_at"}
NOT_STEP_CONTENT = {"id", "playbook", "position"}


def snapshot(playbook: Playbook) -> dict[str, Any]:
    """A playbook with its steps as plain data: what versions keep and what default hashes compare."""
    return snapshot_of(playbook, playbook.steps.all())


def snapshot_of(playbook: Playbook, steps: Iterable[Step]) -> dict[str, Any]:
    """The same for steps at hand."""
    return {
        "playbook": columns(playbook, NOT_CONTENT),
        "steps": [columns(step, NOT_STEP_CONTENT) for step in steps],
    }


def columns(row: Playbook | Step, besides: set[str]) -> dict[str, Any]:
    """A row's own columns by name; choices as plain text."""
    return {f.name: plain(getattr(row, f.name)) for f in row._meta.concrete_fields if f.name not in besides}


def plain(value: Any) -> Any:
    """Enum members as the text the database keeps."""
    return str(value) if isinstance(value, str) else value


@lru_cache(maxsize=64)
def default_snapshot(code: str) -> dict[str, Any] | None:
    """What our default of this code would be in a shop; None where we ship none."""
    data = default_playbooks().get(code)
    if data is None:
        return None
    return snapshot_of(Playbook(**playbook_fields(data)), [Step(**step_fields(step)) for step in data["steps"]])


def has_new_default(playbook: Playbook) -> bool:
    """True where the shop edited the playbook and our default has changed since."""
    ours = default_snapshot(playbook.code)
    return bool(ours and playbook.default_hash and content_hash(ours) != playbook.default_hash)


def apply_data(playbook: Playbook, data: Mapping[str, Any]) -> None:
    """Write YAML data over a playbook and its steps."""
    for name, value in playbook_fields(data).items():
        setattr(playbook, name, value)
    playbook.save()
    playbook.steps.all().delete()
    Step.objects.bulk_create(
        Step(playbook=playbook, position=position, **step_fields(step)) for position, step in enumerate(data["steps"])
    )


def keep_version(playbook: Playbook, *, by: User | None = None, note: str = "") -> PlaybookVersion:
    """Freeze the playbook as it is now under its current number."""
    version, _made = PlaybookVersion.objects.update_or_create(
        playbook=playbook, number=playbook.version, defaults={"snapshot": snapshot(playbook), "by": by, "note": note}
    )
    return version


def was_edited(playbook: Playbook) -> bool:
    """True where the shop changed the playbook since our default was loaded."""
    return content_hash(snapshot(playbook)) != playbook.default_hash


def load_defaults(shop: Shop) -> dict[str, str]:
    """Load every default into the shop. Returns per code: added, same, updated, or kept (the shop edited it)."""
    report: dict[str, str] = {}
    with transaction.atomic():
        for code, data in default_playbooks().items():
            report[code] = load_one(shop, code, data)
        if not shop.routes.exists():
            load_routes(shop)
    return report


def load_one(shop: Shop, code: str, data: Mapping[str, Any]) -> str:
    """Add or upgrade one default playbook, unless the shop edited it."""
    playbook = Playbook.objects.filter(shop=shop, code=code).first()
    if playbook is None:
        playbook = Playbook(shop=shop, code=code)
        outcome = "added"
    elif was_edited(playbook):
        return "kept"
    else:
        outcome = "updated"
    with transaction.atomic():
        before = playbook.default_hash
        apply_data(playbook, data)
        playbook.default_hash = content_hash(snapshot(playbook))
        if before and before != playbook.default_hash:
            playbook.version += 1
        playbook.save(update_fields=["default_hash", "version"])
        keep_version(playbook, note="default")
    return "same" if before == playbook.default_hash else outcome


def load_routes(shop: Shop) -> None:
    """The shipped routes, in order, for a shop that has none."""
    books = {playbook.code: playbook for playbook in shop.playbooks.all()}
    Route.objects.bulk_create(
        Route(shop=shop, slot=slot, position=position * 10, playbook=books[rule["playbook"]], **conditions(rule))
        for slot, rules in default_routes().items()
        for position, rule in enumerate(rules, start=1)
        if rule["playbook"] in books
    )


def conditions(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule's conditions without its playbook."""
    return {name: value for name, value in rule.items() if name != "playbook"}
