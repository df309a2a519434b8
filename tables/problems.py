"""What is wrong with a file, a row or a cell: English words with named blanks, ready for the reader's gettext."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


def gettext_noop(text: str) -> str:
    """Marks words for the translators (makemessages knows this name); they are translated when shown."""
    return text


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where, and how to mend it. line 0: the whole file; column "": the whole row."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    line: int = 0
    column: str = ""

    def words(self, translate: Callable[[str], str] = str) -> str:
        """The reason in the reader's language."""
        return translate(self.text) % dict(self.values) if self.values else translate(self.text)

    def at(self, line: int, column: str = "") -> Problem:
        """The same problem at its place."""
        return replace(self, line=line, column=column or self.column)

    def to_json(self) -> dict[str, Any]:
        """As it is kept with a report; from_json reads it back."""
        return {"line": self.line, "column": self.column, "text": self.text, "values": dict(self.values)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Problem:
        return cls(str(data["text"]), dict(data.get("values") or {}), int(data["line"]), str(data.get("column", "")))


class Unreadable(Exception):
    """The file as a whole cannot be read; `.problem` says why."""

    def __init__(self, text: str, **values: object) -> None:
        self.problem = Problem(text, values)
        super().__init__(self.problem.words())


class BadCell(ValueError):
    """One cell is not what its column needs; `.problem` says why."""

    def __init__(self, text: str, **values: object) -> None:
        self.problem = Problem(text, values)
        super().__init__(self.problem.words())
