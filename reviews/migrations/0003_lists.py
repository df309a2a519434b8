"""The reviews list: fewest stars first, and its search by parts of words (trigrams, on PostgreSQL)."""

from django.db import migrations, models

MAKE = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX reviews_search ON reviews_review USING gin (UPPER(text::text) gin_trgm_ops,"
    " UPPER(author::text) gin_trgm_ops, UPPER(product::text) gin_trgm_ops)",
]
DROP = ["DROP INDEX IF EXISTS reviews_search"]


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def make(apps, schema_editor):
    run(schema_editor, MAKE)


def drop(apps, schema_editor):
    run(schema_editor, DROP)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_links")]
    operations = [
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["shop", "stars", "-id"], name="reviews_fewest_stars"),
        ),
        migrations.RunPython(make, drop),
    ]
