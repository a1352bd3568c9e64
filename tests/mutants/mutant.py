"""What a mutant is."""

from typing import NamedTuple


class Mutant(NamedTuple):
    """One wrong line: what it breaks, where it goes, and the tests of which each must fail.

    ``file`` lies below src/answerable and holds ``old`` exactly once.
    """

    name: str
    breaks: str
    file: str
    old: str
    new: str
    killed_by: tuple[str, ...]
