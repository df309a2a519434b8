"""SQLite: the full text of cases is made as that of the other lists; what 0003 made goes."""

from importlib import import_module

from django.db import migrations

from shops import full_text

earlier = import_module("cases.migrations.0003_search_indexes")


def take_away(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        earlier.drop(apps, schema_editor)


def put_back(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        earlier.make(apps, schema_editor)
        schema_editor.execute("INSERT INTO cases_search(cases_search) VALUES ('rebuild')")


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_public")]
    operations = [
        migrations.RunPython(take_away, put_back),
        full_text.index("cases_searchtext", "text", key="case_id"),
    ]
