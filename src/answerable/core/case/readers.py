"""Who may read a field: the codes, and what holds where the sender chose nothing."""

from answerable.core.acts import READERS
from answerable.core.case import limits
from answerable.core.case.problems import NotAList, TooMany, UnknownReader
from answerable.core.case.text import kind_of
from answerable.core.commitment import is_named_key

Readers = tuple[str, ...]

DEFAULT: Readers = ("complainant", "secretariat")

AS_GIVEN = "as-given"
INSIDE = "inside"
"""Never public, unless the field itself says so: risk, contact, the names of files."""
NAME = "name"
"""Neither public nor shown to a body that answers, unless the field itself says so: persons."""

_KEPT_FROM = {
    AS_GIVEN: frozenset[str](),
    INSIDE: frozenset({"public"}),
    NAME: frozenset({"public", "member"}),
}


def read_readers(value: object) -> Readers:
    """Return the readers that a person chose, each once, codes first and then keys.

    Raises:
        Problem: no list, an empty one, or a reader that is neither a code nor key: and a key.
    """
    if not isinstance(value, list):
        raise NotAList("a list of readers is wanted", found=kind_of(value))
    if len(value) > limits.READERS:
        raise TooMany("too many readers", found=len(value), limit=limits.READERS)
    chosen = {reader.strip() for reader in value if isinstance(reader, str)}
    codes = [code for code in READERS if code in chosen]
    keys = sorted(filter(is_named_key, chosen.difference(codes)))
    if not value or len(codes) + len(keys) < len(chosen) or not _all_text(value):
        raise UnknownReader("not a reader")
    return (*codes, *keys)


def _all_text(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def kept(readers: Readers, privacy: str) -> Readers:
    """Return who of these readers sees a field of this privacy that names no readers itself."""
    hidden = _KEPT_FROM[privacy]
    left = tuple(reader for reader in readers if reader not in hidden)
    return left or DEFAULT
