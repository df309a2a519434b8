"""Cases that were raised in public, or spread there, say so themselves: Today's first lane reads them."""

from django.db import migrations
from django.db.models import Q


def say_so(apps, schema_editor):
    Case = apps.get_model("cases", "Case")
    public = Q(is_spreading=True) | Q(complaint__voice="elsewhere_public")
    Case.objects.filter(pk__in=Case.objects.filter(public).values("pk")).update(is_public=True)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_links"), ("cases", "0007_public")]
    operations = [migrations.RunPython(say_so, migrations.RunPython.noop)]
