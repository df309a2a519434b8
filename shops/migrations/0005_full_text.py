"""SQLite: full text of the lists of customers and orders (PostgreSQL has trigram indexes since 0003)."""

from django.db import migrations

from shops import full_text


class Migration(migrations.Migration):
    dependencies = [("shops", "0004_names")]
    operations = [
        full_text.index("shops_customer", "name"),
        full_text.index("shops_contactpoint", "address"),
        full_text.index("shops_order", "number", "item"),
    ]
