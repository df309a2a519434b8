"""The list of ended bookings, the last to end on top, and its search by parts of words (trigrams, on PostgreSQL)."""

from django.db import migrations, models

MAKE = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX bookings_search ON bookings_booking USING gin (UPPER(item::text) gin_trgm_ops)",
]
DROP = ["DROP INDEX IF EXISTS bookings_search"]


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def make(apps, schema_editor):
    run(schema_editor, MAKE)


def drop(apps, schema_editor):
    run(schema_editor, DROP)


class Migration(migrations.Migration):
    dependencies = [("bookings", "0003_rules")]
    operations = [
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                fields=["shop", "-ended_at", "-id"], name="bookings_ended_last", condition=~models.Q(outcome="open")
            ),
        ),
        migrations.RunPython(make, drop),
    ]
