"""The names people read in the admin, in both languages."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_names"),
        ("messaging", "0002_links"),
        ("shops", "0004_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="guardfeedback",
            options={"verbose_name": "guard feedback", "verbose_name_plural": "guard feedback"},
        ),
        migrations.AlterModelOptions(
            name="guardword",
            options={"verbose_name": "guard word", "verbose_name_plural": "guard words"},
        ),
        migrations.AlterModelOptions(
            name="message",
            options={"verbose_name": "message", "verbose_name_plural": "messages"},
        ),
        migrations.AlterModelOptions(
            name="messagetemplate",
            options={"verbose_name": "message template", "verbose_name_plural": "message templates"},
        ),
        migrations.AlterField(
            model_name="guardfeedback",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
        ),
        migrations.AlterField(
            model_name="guardfeedback",
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
            model_name="guardfeedback",
            name="reviewed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reviewed"),
        ),
        migrations.AlterField(
            model_name="guardfeedback",
            name="rule",
            field=models.CharField(blank=True, max_length=4, verbose_name="rule"),
        ),
        migrations.AlterField(
            model_name="guardfeedback",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shops.shop", verbose_name="shop"
            ),
        ),
        migrations.AlterField(
            model_name="guardfeedback",
            name="text",
            field=models.TextField(max_length=8000, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="guardfeedback",
            name="verdict",
            field=models.CharField(
                choices=[("false_alarm", "Not a problem"), ("missed", "You missed this")],
                max_length=12,
                verbose_name="verdict",
            ),
        ),
        migrations.AlterField(
            model_name="guardword",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="guard_words",
                to="shops.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="approved by",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="cases.case",
                verbose_name="case",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="claimed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="claimed"),
        ),
        migrations.AlterField(
            model_name="message",
            name="contact_point",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="messages",
                to="shops.contactpoint",
                verbose_name="address",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="message",
            name="customer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="messages",
                to="shops.customer",
                verbose_name="customer",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="direction",
            field=models.CharField(
                choices=[("in", "from the customer"), ("out", "to the customer"), ("internal", "to staff")],
                max_length=10,
                verbose_name="direction",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="external_id",
            field=models.CharField(blank=True, max_length=200, verbose_name="id at the mail server"),
        ),
        migrations.AlterField(
            model_name="message",
            name="guard",
            field=models.JSONField(blank=True, default=dict, verbose_name="tone guard"),
        ),
        migrations.AlterField(
            model_name="message",
            name="held_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="held until"),
        ),
        migrations.AlterField(
            model_name="message",
            name="is_automatic",
            field=models.BooleanField(default=False, verbose_name="automatic"),
        ),
        migrations.AlterField(
            model_name="message",
            name="key",
            field=models.CharField(editable=False, max_length=120, verbose_name="key"),
        ),
        migrations.AlterField(
            model_name="message",
            name="language",
            field=models.CharField(default="id", max_length=5, verbose_name="language"),
        ),
        migrations.AlterField(
            model_name="message",
            name="member",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="shops.member",
                verbose_name="member",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="needs_open_case",
            field=models.BooleanField(default=False, verbose_name="only while the case is open"),
        ),
        migrations.AlterField(
            model_name="message",
            name="next_try_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="next try"),
        ),
        migrations.AlterField(
            model_name="message",
            name="passed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="passed the last look"),
        ),
        migrations.AlterField(
            model_name="message",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="shops.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AlterField(
            model_name="messagetemplate",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="templates",
                to="shops.shop",
                verbose_name="shop",
            ),
        ),
    ]
