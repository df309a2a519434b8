"""The names people read in the admin, in both languages."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import shops.codes


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_recommend_scale"),
        ("shops", "0004_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="case",
            options={"verbose_name": "case", "verbose_name_plural": "cases"},
        ),
        migrations.AlterModelOptions(
            name="caseevent",
            options={"verbose_name": "case event", "verbose_name_plural": "case events"},
        ),
        migrations.AlterField(
            model_name="case",
            name="assignee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="cases",
                to="shops.member",
                verbose_name="assigned to",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="case",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="logged by",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="customer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="cases",
                to="shops.customer",
                verbose_name="customer",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="decided"),
        ),
        migrations.AlterField(
            model_name="case",
            name="decision_due_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="decision due"),
        ),
        migrations.AlterField(
            model_name="case",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ended"),
        ),
        migrations.AlterField(
            model_name="case",
            name="first_replied_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="first replied"),
        ),
        migrations.AlterField(
            model_name="case",
            name="first_reply_due_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="first reply due"),
        ),
        migrations.AlterField(
            model_name="case",
            name="improvements",
            field=models.ManyToManyField(
                blank=True, related_name="cases", to="shops.improvement", verbose_name="improvements"
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="intake_key",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="key of the form"),
        ),
        migrations.AlterField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged",
                to="cases.case",
                verbose_name="merged into",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="next_due_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="next due"),
        ),
        migrations.AlterField(
            model_name="case",
            name="order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="cases",
                to="shops.order",
                verbose_name="order",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="reopened_count",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="times reopened"),
        ),
        migrations.AlterField(
            model_name="case",
            name="resolved_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="resolved"),
        ),
        migrations.AlterField(
            model_name="case",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="shops.shop", verbose_name="shop"
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="token",
            field=models.CharField(
                default=shops.codes.new_token,
                editable=False,
                max_length=40,
                unique=True,
                verbose_name="secret of the link",
            ),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="actor",
            field=models.CharField(
                choices=[("staff", "Staff"), ("owner", "Owner"), ("system", "System"), ("customer", "Customer")],
                default="system",
                max_length=10,
                verbose_name="who",
            ),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="events", to="cases.case", verbose_name="case"
            ),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="code",
            field=models.CharField(max_length=40, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="data",
            field=models.JSONField(default=dict, verbose_name="details"),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shops.shop", verbose_name="shop"
            ),
        ),
    ]
