"""What each docket gives to the figures is kept, and how far that has followed the acts.

Both begin empty, and fill when figures are first told or ``answerable rebuild`` is run.
"""

from django.db import migrations, models

import answerable.storage.models


class Migration(migrations.Migration):
    dependencies = [("storage", "0003_clocks_of_allegations")]
    operations = [
        migrations.CreateModel(
            name="Figures",
            fields=[
                ("docket", answerable.storage.models.Position(primary_key=True, serialize=False)),
                ("sequence", models.IntegerField()),
                ("text", models.TextField()),
            ],
            options={"db_table": "figures"},
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField()),
                ("version", models.IntegerField()),
            ],
            options={"db_table": "mark"},
        ),
    ]
