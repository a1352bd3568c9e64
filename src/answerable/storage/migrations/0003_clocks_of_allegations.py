"""A clock may be owed for some allegations of a case; what a case's fold goes on with is kept.

Both tables are projections: they are folded anew by ``answerable rebuild``, which migrates first.
Until that is done they are empty: a case is not found, rather than shown or acted on wrongly.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0002_acts_in_one_piece")]
    operations = [
        migrations.RunSQL("DELETE FROM docket", migrations.RunSQL.noop),
        migrations.AddField("docket", "state", models.TextField(default="")),
        migrations.DeleteModel("Owed"),
        migrations.CreateModel(
            name="Owed",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "docket",
                        "started_by",
                        "code",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("docket", models.BigIntegerField()),
                ("started_by", models.IntegerField()),
                ("code", models.TextField()),
                ("part", models.IntegerField()),
                ("seat", models.TextField()),
                ("since", models.BigIntegerField()),
                ("due_on", models.TextField(null=True)),
                ("met_by", models.IntegerField(null=True)),
                ("allegations", models.TextField()),
                ("binding", models.IntegerField()),
                ("confirmed", models.IntegerField()),
                ("calendar", models.TextField()),
            ],
            options={"db_table": "owed"},
        ),
    ]
