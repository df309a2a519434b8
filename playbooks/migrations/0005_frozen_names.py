"""A treatment keeps the names of its playbook as they were, like its steps keep theirs."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject


def name_treatments(apps, schema_editor):
    """What is kept already gets the playbook's names of today."""
    playbooks = apps.get_model("playbooks", "Playbook").objects.filter(pk=OuterRef("playbook"))
    names = playbooks.annotate(names=JSONObject(id="name_id", en="name_en")).values("names")
    apps.get_model("playbooks", "Treatment").objects.update(title=Subquery(names))


class Migration(migrations.Migration):
    dependencies = [("playbooks", "0004_names")]

    operations = [
        migrations.AddField("treatment", "title", models.JSONField(default=dict, verbose_name="title")),
        migrations.RunPython(name_treatments, migrations.RunPython.noop),
    ]
