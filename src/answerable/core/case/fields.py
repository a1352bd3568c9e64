"""Between the parts of a submission and the paths of a record's fields."""

from collections.abc import Iterator
from typing import Any

from answerable.core.acts import Json
from answerable.core.case.schema import Leaf, Part, specs

ADDED_TO_EXHIBITS = ("digest", "identity", "sealed", "size-below")
"""What is known of an exhibit once it is taken in; no file that is handed in may state it."""

WHO_REPORTS = ("speaker/organisation", "speaker/name")
"""Who speaks, without how to reach them: in public everyone reads it, else nobody outside."""


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Json, str]]:
    """Yield the path, value and privacy of every field that a part says something in."""
    cls: type = type(value)
    for key, (attribute, spec) in specs(cls).items():
        said = getattr(value, attribute)
        if said is None:
            continue
        here = f"{path}/{key}" if path else key
        if isinstance(spec, Leaf):
            yield here, spec.json(said), spec.privacy
        elif isinstance(spec, Part):
            yield from leaves(said, here)
        else:
            for one in said:
                yield from leaves(one, f"{here}/{one.ordinal}")
