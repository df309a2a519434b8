"""The names people read in the admin, in both languages."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import shops.codes


class Migration(migrations.Migration):
    dependencies = [
        ("shops", "0003_lists"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="auditevent",
            options={"verbose_name": "audit event", "verbose_name_plural": "audit events"},
        ),
        migrations.AlterModelOptions(
            name="customer",
            options={"verbose_name": "customer", "verbose_name_plural": "customers"},
        ),
        migrations.AlterModelOptions(
            name="improvement",
            options={"verbose_name": "improvement", "verbose_name_plural": "improvements"},
        ),
        migrations.AlterModelOptions(
            name="member",
            options={"verbose_name": "member", "verbose_name_plural": "members"},
        ),
        migrations.AlterModelOptions(
            name="order",
            options={"verbose_name": "order", "verbose_name_plural": "orders"},
        ),
        migrations.AlterModelOptions(
            name="shop",
            options={"verbose_name": "shop", "verbose_name_plural": "shops"},
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="code",
            field=models.CharField(max_length=40, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="data",
            field=models.JSONField(default=dict, verbose_name="details"),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shops.shop", verbose_name="shop"
            ),
        ),
        migrations.AlterField(
            model_name="customer",
            name="code",
            field=models.CharField(default=shops.codes.new_code, editable=False, max_length=12, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="customer",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="customer",
            name="erased_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="erased"),
        ),
        migrations.AlterField(
            model_name="customer",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="customers",
                to="shops.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AlterField(
            model_name="improvement",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="improvement",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="improvements",
                to="shops.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AlterField(
            model_name="improvement",
            name="told_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="customers told"),
        ),
        migrations.AlterField(
            model_name="member",
            name="joined_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="joined"),
        ),
        migrations.AlterField(
            model_name="member",
            name="next_digest_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="next digest"),
        ),
        migrations.AlterField(
            model_name="member",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="shops.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AlterField(
            model_name="member",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="customer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="orders",
                to="shops.customer",
                verbose_name="customer",
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="orders", to="shops.shop", verbose_name="shop"
            ),
        ),
        migrations.AlterField(
            model_name="shop",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="shop",
            name="set_up_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="set up"),
        ),
    ]
