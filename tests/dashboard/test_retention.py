"""Files of imports go when their days are over; what was imported, and what is new, stays."""

import os
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from dashboard import retention
from dashboard.tick import STAGES
from reviews.models import ImportRun
from shops.models import FileImport

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def file_import(shop, days_ago):
    made = FileImport.objects.create(shop=shop, kind="orders", file=ContentFile(b"Kode\nA1\n", "a.csv"), name="a.csv")
    FileImport.objects.filter(pk=made.pk).update(made_at=timezone.now() - days_ago * DAY)
    return made


def names(uploads):
    return sorted(path.name for path in (uploads / "imports").iterdir())


def test_old_files_go_and_their_rows_stay(shop, uploads):
    old, new = file_import(shop, 31), file_import(shop, 29)
    assert retention.run(timezone.now()) == {"files_removed": 1}
    old.refresh_from_db()
    assert (old.file.name, names(uploads)) == ("", [new.file.name.split("/")[1]])


def test_files_of_old_review_imports_go(shop, uploads):
    at = timezone.now() - 40 * DAY
    run = ImportRun.objects.create(shop=shop, source="x", file=ContentFile(b"x", "x"), started_at=at, touched_at=at)
    retention.run(timezone.now())
    run.refresh_from_db()
    assert (run.file.name, run.state, names(uploads)) == ("", "failed", [])


def test_files_that_no_row_knows_go(shop, uploads):
    kept = file_import(shop, 1)
    FileImport.objects.filter(pk=file_import(shop, 1).pk).delete()
    past = (timezone.now() - 40 * DAY).timestamp()
    for name in names(uploads):
        os.utime(uploads / "imports" / name, (past, past))
    retention.run(timezone.now())
    assert names(uploads) == [kept.file.name.split("/")[1]]


def test_it_looks_every_six_hours_and_not_at_all_when_switched_off(shop, settings):
    retention.run(timezone.now())
    file_import(shop, 90)
    assert retention.run(timezone.now()) == {}
    cache.clear()
    settings.RETENTION_DAYS = 0
    assert retention.run(timezone.now()) == {}


def test_tick_has_the_stage():
    assert retention.run in STAGES


def test_page_of_a_file_that_is_gone_asks_for_it_again(shop, budi, as_):
    made = file_import(shop, 31)
    retention.run(timezone.now())
    response = as_(budi).get(reverse("shops:import_columns", args=["orders", made.pk]), follow=True)
    assert "Upload it again" in response.content.decode()
