from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('playbooks', '0002_initial')]

    operations = [
        migrations.AlterModelOptions(
            name='treatmentstep',
            options={'ordering': ['position', 'pk']},
        ),
        migrations.RemoveConstraint(
            model_name='treatmentstep',
            name='treatment_step_once',
        ),
        migrations.AddField(
            model_name='step',
            name='leads',
            field=models.BooleanField(default=False, help_text='Playbooks that stand behind this one wait until this step is done.', verbose_name='leads'),
        ),
        migrations.AddField(
            model_name='step',
            name='repeat_h',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='again every so many hours'),
        ),
        migrations.AddField(
            model_name='step',
            name='until',
            field=models.CharField(blank=True, choices=[('customer_replied', "the customer's reply"), ('delivered', 'delivery'), ('choice', "the customer's choice"), ('fixed', 'the repair')], max_length=18, verbose_name='until'),
        ),
        migrations.AddField(
            model_name='treatment',
            name='silence_days',
            field=models.PositiveSmallIntegerField(default=7, verbose_name='close after days of silence'),
        ),
        migrations.AddField(
            model_name='treatmentstep',
            name='leads',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='treatmentstep',
            name='repeat_h',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='treatmentstep',
            name='turn',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='treatmentstep',
            name='until',
            field=models.CharField(blank=True, choices=[('customer_replied', "the customer's reply"), ('delivered', 'delivery'), ('choice', "the customer's choice"), ('fixed', 'the repair')], max_length=18),
        ),
        migrations.AddConstraint(
            model_name='treatmentstep',
            constraint=models.UniqueConstraint(fields=('treatment', 'playbook_code', 'key', 'turn'), name='treatment_step_once'),
        ),
    ]
