"""SQLite: full text of the reviews list (PostgreSQL has a trigram index since 0003)."""

from django.db import migrations

from shops import full_text


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_lists")]
    operations = [full_text.index("reviews_review", "text", "author", "product")]
