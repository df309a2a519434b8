"""Which column of a file is which field, and a row's values by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tables.cells import Parser, as_text, fold
from tables.problems import BadCell, Problem, gettext_noop
from tables.rows import Row

EMPTY = gettext_noop("This cell must not be empty.")


@dataclass(frozen=True)
class Field:
    """One thing a file may tell: name, words for people, how its column may be headed, how its cells are read."""

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    parse: Parser = as_text
    required: bool = False
    max_length: int = 0


def words_of(text: str) -> tuple[str, ...]:
    """ "a|b|c" as synonyms."""
    return tuple(text.split("|"))


@dataclass(frozen=True)
class Columns:
    """Which column head each field is read from, what nobody reads, and which required fields are missing."""

    heads: Mapping[str, str]
    unused: list[str] = field(default_factory=list)
    missing: list[Field] = field(default_factory=list)


def match_columns(
    headers: Sequence[str], fields: Sequence[Field], remembered: Mapping[str, str] | None = None
) -> Columns:
    """Find each field's column: as remembered ("" = leave it out), else by name and synonyms. A column serves once."""
    heads: dict[str, str] = {name: head for name, head in (remembered or {}).items() if head in headers}
    left_out = {name for name, head in (remembered or {}).items() if head == ""}
    by_folded: dict[str, str] = {}
    for head in headers:
        by_folded.setdefault(fold(head), head)
    for wanted in fields:
        if wanted.name in heads or wanted.name in left_out:
            continue
        named = [by_folded.get(fold(name)) for name in (wanted.name, *wanted.synonyms)]
        free = [head for head in named if head is not None and head not in heads.values()]
        if free:
            heads[wanted.name] = free[0]
    unused = [head for head in headers if head not in heads.values()]
    return Columns(heads, unused, [f for f in fields if f.required and f.name not in heads])


def read_fields(row: Row, columns: Columns, fields: Sequence[Field]) -> tuple[dict[str, Any], list[Problem]]:
    """A row's values by field name (blank cells are left out), and everything that is wrong with it."""
    if row.problem is not None:
        return {}, [row.problem.at(row.line)]
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for wanted in fields:
        head = columns.heads.get(wanted.name)
        cell = row.cells.get(head) if head is not None else None
        try:
            if not (cell is None or cell == ""):
                values[wanted.name] = checked(wanted.parse(cell), wanted)
            elif wanted.required:
                problems.append(
                    Problem(gettext_noop("This cell must not be empty."), {}, row.line, head or wanted.label)
                )
        except BadCell as bad:
            problems.append(bad.problem.at(row.line, head or wanted.label))
    return values, problems


def checked(value: Any, wanted: Field) -> Any:
    """The value, if it is not too long."""
    if wanted.max_length and isinstance(value, str) and len(value) > wanted.max_length:
        raise BadCell(
            gettext_noop("The text has %(length)d characters; at most %(limit)d are kept."),
            length=len(value),
            limit=wanted.max_length,
        )
    return value
