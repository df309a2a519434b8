"""Everything a shop owns in open formats: a ZIP with one CSV and one JSON Lines file a table, and the uploaded files.

Which tables belong to a shop is read from the models themselves, so that a new table is never forgotten.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, FileField, ForeignKey, Model, QuerySet
from django.utils import timezone

from shops.models import Invitation, Shop, User
from tables.writing import csv_lines

ROOMS = ("shops", "cases", "messaging", "playbooks", "complaints", "reviews", "bookings", "dashboard")
LEFT_OUT = {Invitation}  # links that still work are no data
SECRETS = {"password", "token", "is_superuser", "user_permissions"}
CHUNK = 500

README = """This is everything ShopCare keeps for {name} ({slug}), exported {at}.

tables/*.csv    one table each, for Excel or LibreOffice (UTF-8, comma)
tables/*.jsonl  the same rows, one JSON object a line, exactly as stored
files/          photos and documents, under the code that tables/cases.attachment names

Texts that begin with = + - @ carry an apostrophe in the CSV files, so that no program takes them for a formula.
"""


def path_to_shop(model: type[Model], depth: int = 2) -> str | None:
    """How a table's rows hang on a shop ("shop", "playbook__shop", ...), None where they do not."""
    if model is Shop:
        return "pk"
    links = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    for field in links:
        if field.related_model is Shop:
            return field.name
    for field in links if depth > 1 else ():
        target = field.related_model
        if isinstance(target, type) and target is not User and not field.null:
            further = path_to_shop(target, depth - 1)
            if further and further != "pk":
                return f"{field.name}__{further}"
    return None


def tables_of(shop: Shop) -> Iterator[tuple[str, QuerySet[Any]]]:
    """(name, rows) of every table with rows of this shop; its people last, without their passwords."""
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS or model in LEFT_OUT:
            continue
        path = path_to_shop(model)
        if path is not None:
            value = shop.pk if path == "pk" else shop
            rows = model._default_manager.filter(**{path: value}).order_by("pk")
            yield f"{model._meta.app_label}.{model._meta.model_name}", rows
    yield "shops.user", User.objects.filter(memberships__shop=shop).distinct().order_by("pk")


def columns_of(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns that may leave the house."""
    return [field for field in model._meta.concrete_fields if field.name not in SECRETS]


def write_shop(shop: Shop, out: BinaryIO) -> dict[str, int]:
    """Write the ZIP; returns the number of rows by table. Memory stays flat: rows are streamed."""
    counts: dict[str, int] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        words = README.format(name=shop.name, slug=shop.slug, at=f"{timezone.localtime():%Y-%m-%d %H:%M %Z}")
        archive.writestr("README.txt", words)
        for name, rows in tables_of(shop):
            counts[name] = write_table(archive, name, rows)
            write_files(archive, rows)
    return counts


def write_table(archive: zipfile.ZipFile, name: str, rows: QuerySet[Any]) -> int:
    """One table as CSV and JSON Lines."""
    columns = columns_of(rows.model)
    heads = [column.attname for column in columns]
    with archive.open(f"tables/{name}.csv", "w") as file:
        for piece in csv_lines(heads, ([cell_of(value) for value in values] for values in values_of(rows, heads))):
            file.write(piece)
    count = 0
    with archive.open(f"tables/{name}.jsonl", "w") as file:
        for values in values_of(rows, heads):
            data = dict(zip(heads, values, strict=True))
            file.write(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def values_of(rows: QuerySet[Any], heads: list[str]) -> Iterator[tuple[Any, ...]]:
    """The rows' values, streamed."""
    return rows.values_list(*heads).iterator(chunk_size=CHUNK)


def cell_of(value: Any) -> Any:
    """A value as a CSV cell: lists and mappings as JSON."""
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return value


def write_files(archive: zipfile.ZipFile, rows: QuerySet[Any]) -> None:
    """The uploaded files of a table, if it has any; a missing file does not stop the export."""
    fields = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, FileField)]
    for field in fields:
        for (name,) in rows.exclude(**{field: ""}).values_list(field).iterator(chunk_size=CHUNK):
            if default_storage.exists(name):
                with default_storage.open(name) as source, archive.open(f"files/{name}", "w") as target:
                    while piece := source.read(1024 * 1024):
                        target.write(piece)
