"""SQLite: full text of the lists of bookings (PostgreSQL has a trigram index since 0004)."""

from django.db import migrations

from shops import full_text


class Migration(migrations.Migration):
    dependencies = [("bookings", "0004_lists")]
    operations = [full_text.index("bookings_booking", "item")]
