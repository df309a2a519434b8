"""Keys of rows go into pages as machines read them: people group digits (7.007), forms must get them back whole."""

import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from messaging.models import Message
from playbooks.models import Promise, TreatmentStep
from shops.models import Member, Shop
from tests.browser.places import staff_pages

TEMPLATES = Path(__file__).parents[1] / "templates"
FIRST = 7_007_007_007  # beyond a thousand rows in every table, and nothing else that a page shows


def begin_at(first):
    """The next row of every table of ours gets this key."""
    for model in apps.get_models(include_auto_created=True):
        key = model._meta.pk
        if not isinstance(key, models.BigAutoField):
            continue
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, first])
            else:
                names = [model._meta.db_table, key.column, first]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", names)


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_groups_the_digits_of_a_key(db, as_, language):
    begin_at(FIRST)
    call_command("demo", verbosity=0, stdout=io.StringIO())
    shop = Shop.objects.get(slug="demo")
    Promise.objects.create(
        shop=shop, text_id="1 pecah ganti 10", text_en="1 for 10", multiple=10, valid_from="2020-01-01"
    )
    owner = Member.objects.select_related("user").filter(shop=shop, role="owner").earliest("pk")
    owner.user.language = language
    owner.user.save()
    client = as_(owner)
    shown = {path: client.get(path, follow=True).content.decode() for path in staff_pages(shop)}
    assert all(row.pk > FIRST for row in (owner, TreatmentStep.objects.earliest("pk"), Message.objects.earliest("pk")))
    grouped = [path for path, page in shown.items() if "7.007.007" in page or "7,007,007" in page]
    assert grouped == []


def test_templates_never_write_a_key_for_people():
    """Also where no page of the demo shop leads."""
    bare = re.compile(r"\{\{ [\w.]*\bpk \}\}")
    found = [path.name for path in TEMPLATES.rglob("*.html") if bare.search(path.read_text())]
    assert found == []
