"""Today's first lane reads one column of one table."""

from django.db import migrations, models

UNENDED = "acknowledged assessed executing investigating offered open reopened resolved waiting_customer".split()


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_names")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="cases_spreading"),
        migrations.AddField(
            model_name="case",
            name="is_public",
            field=models.BooleanField(default=False, editable=False, verbose_name="seen in public"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", UNENDED), ("is_public", True)),
                fields=["shop", "-opened_at"],
                name="cases_public",
            ),
        ),
    ]
