"""Who reads what of a case: the readers in its records, and those that its sender added since."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from answerable.core.acts import Field
from answerable.core.case.fields import ADDED_TO_EXHIBITS
from answerable.core.commitment import in_order

_PLACE = re.compile(r"([1-9][0-9]{0,8})/([a-z0-9_-]+(?:/[a-z0-9_-]+)*)")
_ADDED = re.compile(rf"(exhibits/[0-9]+)/(?:{'|'.join(ADDED_TO_EXHIBITS)})")


class Place(NamedTuple):
    """A field of a case: the number of its act, and its path there. Written ``1/title``."""

    act: int
    path: str

    def __str__(self) -> str:
        return f"{self.act}/{self.path}"


def place_of(text: str) -> Place | None:
    """Return the field that a text names, None where it is no name of one."""
    found = _PLACE.fullmatch(text)
    return None if found is None else Place(int(found[1]), found[2])


def named_with(path: str) -> str:
    """Return the path by which a field is named: who may read a file's name may open it.

    So say the records themselves (act.md, rule 22).
    """
    file = _ADDED.fullmatch(path)
    return path if file is None else f"{file[1]}/file"


@dataclass(frozen=True, slots=True)
class Asking:
    """An asking for more readers that stands: its act, the day of that, which fields, for whom."""

    act: int
    on: date
    places: tuple[Place, ...]
    readers: tuple[str, ...]

    @property
    def earliest(self) -> date:
        """The first day on which it can be confirmed."""
        return self.on + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Widened:
    """The readers that were added to fields of a case after these were on record."""

    added: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)

    def of(self, act: int, item: Field) -> Field:
        """Return a field with all who read it now. Its disclosure stays the one on record."""
        more = self.added.get(Place(act, named_with(item.path)), ())
        return item._replace(readers=in_order((*item.readers, *more))) if more else item


NOTHING_WIDENED = Widened()


@dataclass(frozen=True, slots=True)
class Exposure:
    """What rules about readers need to know. ``said`` has the fields of each act, by their paths.

    ``is_told`` is False where a register shows a silhouette of the case only; ``shown`` are the
    acts that it shows, if it shows the case.
    """

    said: Mapping[int, Mapping[str, Field]] = field(default_factory=dict)
    widened: Widened = NOTHING_WIDENED
    asking: Asking | None = None
    is_told: bool = False
    shown: frozenset[int] = frozenset()

    def at(self, place: Place) -> Field | None:
        """Return a field with all who read it now, None where the case has no such field."""
        found = self.said.get(place.act, {}).get(place.path)
        return None if found is None else self.widened.of(place.act, found)
