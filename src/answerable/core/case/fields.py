"""Between the parts of a submission and the paths of a record's fields."""

from collections.abc import Iterable, Iterator
from typing import Any

from answerable.core.acts import Field, Json
from answerable.core.case.problems import UnknownKey
from answerable.core.case.reading import Numbered, Recorded
from answerable.core.case.schema import Leaf, Part, Parts, specs

ADDED_TO_EXHIBITS = ("digest", "identity", "sealed", "size-below")
"""What is known of an exhibit once it is taken in; no file that is handed in may state it."""

WHO_REPORTS = ("speaker/organisation", "speaker/name")
"""Who speaks, without how to reach them: in public everyone reads it, else nobody outside."""

_DIGITS = 4


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


def tree_of(cls: type, fields: Iterable[Field]) -> dict[str, Any]:
    """Return the fields as nested objects, as SubmissionReading.part reads them.

    What the intake adds to the record of a submission is no part of it, and is left out.

    Raises:
        UnknownKey: a path that no field of the part has, or the same path twice.
    """
    tree: dict[str, Any] = {}
    for one in fields:
        path = one.path.split("/")
        if not _is_added(path):
            _place(tree, cls, path, Recorded(one.value, one.readers))
    return tree


def _place(tree: dict[str, Any], cls: type, path: list[str], value: Recorded) -> None:
    key, *rest = path
    _, spec = specs(cls).get(key, ("", None))
    match spec:
        case Leaf() if not rest and key not in tree:
            tree[key] = value
        case Part() if rest:
            _place(tree.setdefault(key, {}), spec.part, rest, value)
        case Parts() if rest[1:] and _is_ordinal(rest[0]):
            one = tree.setdefault(key, Numbered()).setdefault(rest[0], {})
            _place(one, spec.part, rest[1:], value)
        case _:
            raise UnknownKey("no submission has this path", field=key, line=None, nearest=None)


def _is_added(path: list[str]) -> bool:
    match path:
        case ["entered", _]:
            return True
        case ["exhibits", _, key]:
            return key in ADDED_TO_EXHIBITS
        case _:
            return False


def _is_ordinal(text: str) -> bool:
    return text.isascii() and text.isdecimal() and text[0] != "0" and len(text) <= _DIGITS
