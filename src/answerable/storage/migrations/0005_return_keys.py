"""Return keys open the dockets of senders without an account. There are none before this."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0004_figures_follow")]
    operations = [
        migrations.CreateModel(
            name="Keyed",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                ("docket", models.BigIntegerField()),
            ],
            options={"db_table": "keyed"},
        ),
    ]
