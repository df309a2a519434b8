"""The lists of customers and orders: who wrote last, newest, highest value; search by parts of words (PostgreSQL)."""

from datetime import UTC, datetime

from django.db import migrations, models
from django.db.models.functions import Coalesce

MAKE = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX customers_search ON shops_customer USING gin (UPPER(name::text) gin_trgm_ops)",
    "CREATE INDEX contacts_search ON shops_contactpoint USING gin (UPPER(address::text) gin_trgm_ops)",
    "CREATE INDEX orders_search ON shops_order USING gin (UPPER(number::text) gin_trgm_ops,"
    " UPPER(item::text) gin_trgm_ops)",
]
DROP = [f"DROP INDEX IF EXISTS {name}" for name in ("customers_search", "contacts_search", "orders_search")]


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def make(apps, schema_editor):
    run(schema_editor, MAKE)


def drop(apps, schema_editor):
    run(schema_editor, DROP)


def fill(apps, schema_editor):
    """When each customer wrote last, from their addresses."""
    points = apps.get_model("shops", "ContactPoint").objects.filter(customer=models.OuterRef("pk"))
    last = points.order_by().values("customer").annotate(last=models.Max("last_inbound_at")).values("last")
    apps.get_model("shops", "Customer").objects.update(heard_at=models.Subquery(last))


class Migration(migrations.Migration):
    dependencies = [("shops", "0002_indexes_of_reports")]
    operations = [
        migrations.AddField(
            model_name="customer",
            name="heard_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="last message from the customer"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                models.F("shop"),
                Coalesce("heard_at", models.Value(datetime(1970, 1, 1, tzinfo=UTC))),
                models.F("id"),
                name="customers_wrote_last",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["shop", "-created_at", "-id"], name="customers_newest"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["shop", "-total", "-id"], name="orders_highest_value"),
        ),
        migrations.RunPython(make, drop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
