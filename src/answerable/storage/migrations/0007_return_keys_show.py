"""With a return key is kept whether it shows what was sent. Of those before nothing was chosen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0006_figures_are_summed")]
    operations = [
        migrations.AddField(
            model_name="keyed", name="shows", field=models.BigIntegerField(null=True)
        ),
    ]
