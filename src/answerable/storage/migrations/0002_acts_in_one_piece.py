"""PostgreSQL keeps an act in one piece, and does not try to compress what is encrypted."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# By default a row of more than 2 kB is cut up and kept in a table beside, which has an index of its
# own: a third of the time that an act takes to store. A page holds rows of up to 8160 bytes.
WHOLE = "ALTER TABLE act SET (toast_tuple_target = 8160)"
UNCOMPRESSED = (
    "ALTER TABLE act ALTER content SET STORAGE EXTERNAL, ALTER digests SET STORAGE EXTERNAL"
)


def keep_whole(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(WHOLE)
        editor.execute(UNCOMPRESSED)


class Migration(migrations.Migration):
    dependencies = [("storage", "0001_first_tables")]
    operations = [migrations.RunPython(keep_whole, migrations.RunPython.noop)]
