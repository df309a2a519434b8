"""Uploaded files go when nobody needs them (UU 27/2022 art. 16: no longer than the purpose). A stage of the tick.

What an import stored stays; the file itself goes once it is read. Left over are files nobody imported, or whose import
broke off: after RETENTION_DAYS they go, too, and so do uploads that no row knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from cases.models import Attachment
from reviews.enums import RunState
from reviews.models import ImportRun
from shops.models import FileImport

AT_ONCE = 100
EVERY = timedelta(hours=6)
FOLDER = "imports"  # only files of imports lie here; attachments lie in a folder of their shop


def run(now: datetime | None = None) -> Counter[str]:
    """Remove what is due, a hundred at once; looks every six hours. Safe to run twice at once."""
    now = now or timezone.now()
    if settings.RETENTION_DAYS == 0 or not cache.add("retention", 1, EVERY.total_seconds()):
        return Counter()
    edge = now - timedelta(days=settings.RETENTION_DAYS)
    report: Counter[str] = Counter()
    report["files_removed"] = remove(old_file_imports(edge)) + remove(old_review_imports(edge)) + remove_orphans(edge)
    return +report


def old_file_imports(edge: datetime) -> QuerySet[FileImport]:
    """Imports of orders and complaints with a file, made before the edge."""
    return FileImport.objects.filter(made_at__lt=edge).exclude(file="").order_by("pk")


def old_review_imports(edge: datetime) -> QuerySet[ImportRun]:
    """The same of reviews; one that moved lately is left alone."""
    return ImportRun.objects.filter(started_at__lt=edge, touched_at__lt=edge).exclude(file="").order_by("pk")


def remove(rows: QuerySet[FileImport] | QuerySet[ImportRun]) -> int:
    """Take the files of these rows away; the rows with their reports stay. Returns how many."""
    found: list[FileImport | ImportRun] = list(rows[:AT_ONCE])
    for row in found:
        row.file.delete(save=False)  # a file that is already gone is no error
        row.save(update_fields=["file"])
    never_begun = [row.pk for row in found if isinstance(row, ImportRun)]
    ImportRun.objects.filter(pk__in=never_begun, state=RunState.MAPPING).update(state=RunState.FAILED)
    return len(found)


def remove_orphans(edge: datetime) -> int:
    """Files in the folder of imports that no row names: their row was deleted, or never written."""
    if not default_storage.exists(FOLDER):
        return 0
    _folders, names = default_storage.listdir(FOLDER)
    paths = [f"{FOLDER}/{name}" for name in sorted(names)]
    known = known_files(paths)
    gone = 0
    for path in paths:
        if gone < AT_ONCE and path not in known and default_storage.get_modified_time(path) < edge:
            default_storage.delete(path)
            gone += 1
    return gone


def known_files(paths: Iterable[str]) -> set[str]:
    """Of these paths, those that a row names."""
    wanted = Q(file__in=list(paths))
    models: tuple[type[Model], ...] = (FileImport, ImportRun, Attachment)
    return {name for model in models for name in model._default_manager.filter(wanted).values_list("file", flat=True)}
