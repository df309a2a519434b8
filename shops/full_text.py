"""Full text on SQLite: an FTS5 table beside a table, kept by triggers. PostgreSQL has trigram indexes in its place.

Trigrams and not words: so both databases find the same rows, by any part of a word or of an order's number.
"""

# ruff: noqa: S608, S611  (the names of tables and columns are our own; what people type is a parameter)
from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

MIN_LETTERS = 3  # a trigram


def index(table: str, *columns: str, key: str = "id") -> RunPython:
    """The migration's operation that makes the full text of a table's columns; nothing on PostgreSQL.

    SQLite remakes a table to alter a field or a constraint, and its triggers are gone: such a migration ends with this
    operation again. Landed migrations call it, so what it makes is changed only by one more migration that calls it.
    """
    return RunPython(partial(make, table=table, columns=columns, key=key), partial(drop, table=table))


def make(
    apps: object, schema_editor: BaseDatabaseSchemaEditor, *, table: str, columns: Iterable[str], key: str = "id"
) -> None:
    """The FTS5 table, its triggers, and the rows that are there already."""
    drop(apps, schema_editor, table=table)
    if schema_editor.connection.vendor == "sqlite":
        for statement in statements(table, list(columns), key):
            schema_editor.execute(statement)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor, *, table: str) -> None:
    """Away with them, whatever of them is there."""
    if schema_editor.connection.vendor == "sqlite":
        name = name_of(table)
        for trigger in ("add", "drop", "change"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_{trigger}")
        schema_editor.execute(f"DROP TABLE IF EXISTS {name}")


def name_of(table: str) -> str:
    """The FTS5 table of a table; its triggers add `_add`, `_drop` and `_change`."""
    return f"{table}_search"


def statements(table: str, columns: list[str], key: str) -> list[str]:
    """FTS5 with external content: it keeps the trigrams only and is told of every change."""
    name, listed = name_of(table), ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    forget = f"INSERT INTO {name}({name}, rowid, {listed}) VALUES ('delete', old.{key}, {old});"
    keep = f"INSERT INTO {name}(rowid, {listed}) VALUES (new.{key}, {new});"
    return [
        f"CREATE VIRTUAL TABLE {name}"
        f" USING fts5({listed}, content='{table}', content_rowid='{key}', tokenize='trigram')",
        f"CREATE TRIGGER {name}_add AFTER INSERT ON {table} BEGIN {keep} END",
        f"CREATE TRIGGER {name}_drop AFTER DELETE ON {table} BEGIN {forget} END",
        f"CREATE TRIGGER {name}_change AFTER UPDATE ON {table} WHEN ({old}) IS NOT ({new}) BEGIN {forget} {keep} END",
        f"INSERT INTO {name}({name}) VALUES ('rebuild')",
    ]


def keys(table: str, words: Iterable[str], *columns: str) -> RawSQL:
    """Keys of the rows that have every word, of MIN_LETTERS and more, in one of these columns."""
    name = name_of(table)
    wanted = f"{{{' '.join(columns)}}} : ({all_of(words)})"
    return RawSQL(f"SELECT rowid FROM {name} WHERE {name} MATCH %s", [wanted], BigIntegerField())


def all_of(words: Iterable[str]) -> str:
    """MATCH's words for "all of these". In quotes nothing has a meaning of its own: no star, no AND, no bracket."""
    return " AND ".join('"' + word.replace('"', '""') + '"' for word in words)
