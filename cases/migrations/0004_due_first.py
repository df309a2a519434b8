"""The complaints list, due first."""

from datetime import UTC, datetime

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_search_indexes")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("shop"),
                models.F("kind"),
                Coalesce("next_due_at", models.Value(datetime(3000, 1, 1, tzinfo=UTC))),
                models.F("id"),
                name="cases_of_kind_due_first",
            ),
        ),
    ]
