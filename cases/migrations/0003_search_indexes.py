"""The full-text indexes behind cases.search: a stored tsvector with trigrams on PostgreSQL, FTS5 on SQLite."""

from django.db import migrations

POSTGRES = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "ALTER TABLE cases_searchtext ADD COLUMN words tsvector GENERATED ALWAYS AS"
    " (to_tsvector('indonesian', text) || to_tsvector('simple', text)) STORED",
    "CREATE INDEX cases_search_words ON cases_searchtext USING gin (words)",
    "CREATE INDEX cases_search_parts ON cases_searchtext USING gin (UPPER(text) gin_trgm_ops)",
]
POSTGRES_BACK = [
    "DROP INDEX IF EXISTS cases_search_parts",
    "DROP INDEX IF EXISTS cases_search_words",
    "ALTER TABLE cases_searchtext DROP COLUMN IF EXISTS words",
]
SQLITE = [
    "CREATE VIRTUAL TABLE cases_search USING fts5(text, content='cases_searchtext', content_rowid='case_id', tokenize='trigram')",
    "CREATE TRIGGER cases_search_add AFTER INSERT ON cases_searchtext BEGIN"
    " INSERT INTO cases_search(rowid, text) VALUES (new.case_id, new.text); END",
    "CREATE TRIGGER cases_search_drop AFTER DELETE ON cases_searchtext BEGIN"
    " INSERT INTO cases_search(cases_search, rowid, text) VALUES ('delete', old.case_id, old.text); END",
    "CREATE TRIGGER cases_search_change AFTER UPDATE ON cases_searchtext BEGIN"
    " INSERT INTO cases_search(cases_search, rowid, text) VALUES ('delete', old.case_id, old.text);"
    " INSERT INTO cases_search(rowid, text) VALUES (new.case_id, new.text); END",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS cases_search_add",
    "DROP TRIGGER IF EXISTS cases_search_drop",
    "DROP TRIGGER IF EXISTS cases_search_change",
    "DROP TABLE IF EXISTS cases_search",
]


def run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement)


def make(apps, schema_editor):
    run(schema_editor, POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps, schema_editor):
    run(schema_editor, POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_links")]
    operations = [migrations.RunPython(make, drop)]
