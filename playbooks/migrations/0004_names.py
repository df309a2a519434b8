"""The names people read in the admin, in both languages."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_names"),
        ("playbooks", "0003_steps_in_time"),
        ("shops", "0004_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="playbook",
            name="default_hash",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="our default"),
        ),
        migrations.AlterField(
            model_name="playbook",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="playbooks",
                to="shops.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AlterField(
            model_name="playbook",
            name="updated_at",
            field=models.DateTimeField(auto_now=True, verbose_name="changed"),
        ),
        migrations.AlterField(
            model_name="promise",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="promises",
                to="shops.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="remedies",
                to="cases.case",
                verbose_name="case",
            ),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="chosen_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="chosen"),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="condition",
            field=models.CharField(default="none", editable=False, max_length=10, verbose_name="condition"),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="decided"),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="done_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="done"),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="promise",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="playbooks.promise",
                verbose_name="promise",
            ),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="proof",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cases.attachment",
                verbose_name="proof",
            ),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="proposed_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposed"),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="proposed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="proposed by",
            ),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="remedies",
                to="shops.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AlterField(
            model_name="route",
            name="playbook",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="routes",
                to="playbooks.playbook",
                verbose_name="playbook",
            ),
        ),
        migrations.AlterField(
            model_name="route",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="routes", to="shops.shop", verbose_name="shop"
            ),
        ),
        migrations.AlterField(
            model_name="treatment",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="treatments",
                to="cases.case",
                verbose_name="case",
            ),
        ),
        migrations.AlterField(
            model_name="treatment",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ended"),
        ),
        migrations.AlterField(
            model_name="treatment",
            name="entry_code",
            field=models.CharField(blank=True, max_length=12, verbose_name="entry"),
        ),
        migrations.AlterField(
            model_name="treatment",
            name="facts",
            field=models.JSONField(default=dict, verbose_name="facts"),
        ),
        migrations.AlterField(
            model_name="treatment",
            name="overlay_codes",
            field=models.JSONField(default=list, verbose_name="overlays"),
        ),
        migrations.AlterField(
            model_name="treatment",
            name="playbook",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="treatments",
                to="playbooks.playbook",
                verbose_name="playbook",
            ),
        ),
        migrations.AlterField(
            model_name="treatment",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="treatments",
                to="shops.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AlterField(
            model_name="treatment",
            name="started_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="started"),
        ),
        migrations.AlterField(
            model_name="treatment",
            name="why",
            field=models.JSONField(default=list, verbose_name="why"),
        ),
    ]
