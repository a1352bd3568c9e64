"""The rules that lie in a published register, as far as they can be read."""

from collections.abc import Iterable, Iterator

from answerable.casework.procedures import Procedures
from answerable.core.procedure import Procedure
from answerable.core.register.pages import RULES
from answerable.core.register.sums import Files

_PROCEDURES = f"{RULES}procedures/"


def published_procedures(
    files: Files, named: Iterable[str], procedures: Procedures
) -> Iterator[Procedure]:
    """Yield each procedure among the files that an index names, if this version can read it."""
    for name in sorted(one for one in named if one.startswith(_PROCEDURES)):
        data = files.read(name)
        made = None if data is None else procedures.read_procedure(data, name, None).value
        if made is not None:
            yield made
