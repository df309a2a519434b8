from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('playbooks', '0003_leads_turns_silence'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='promise',
            options={'verbose_name': 'promise', 'verbose_name_plural': 'promises'},
        ),
        migrations.AlterModelOptions(
            name='remedy',
            options={'verbose_name': 'remedy', 'verbose_name_plural': 'remedies'},
        ),
        migrations.AlterModelOptions(
            name='treatment',
            options={'verbose_name': 'treatment', 'verbose_name_plural': 'treatments'},
        ),
    ]
