"""What groups of dockets give to the figures is kept beside what each of them gives.

It begins empty. What was kept of each docket counts as not kept, since the version of the fold is
another, and all of it fills when figures are next told or ``answerable rebuild`` is run.
"""

from django.db import migrations, models

import answerable.storage.models


class Migration(migrations.Migration):
    dependencies = [("storage", "0005_return_keys")]
    operations = [
        migrations.CreateModel(
            name="FiguresSum",
            fields=[
                ("first", answerable.storage.models.Position(primary_key=True, serialize=False)),
                ("text", models.TextField(null=True)),
            ],
            options={"db_table": "figures_sum"},
        ),
    ]
