"""What parties, dates, debts and the parts of acts are called, on the pages of every docket."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from answerable.cli.rule_words import Words, in_words
from answerable.cli.surface import Surface
from answerable.core.act_form import Part, Shape
from answerable.core.acts import By, Json
from answerable.core.case.acts.widened import FIELDS
from answerable.core.mechanism import Mechanism
from answerable.core.procedure import Procedure
from answerable.locale.catalogue import capital
from answerable.locale.due_words import by_when, due_in_words, left_in_words
from answerable.locale.field_words import place_in_words
from answerable.locale.visible import visible

if TYPE_CHECKING:
    from answerable.casework.case_view import OwedToday
    from answerable.casework.ports import ActOnFile
    from answerable.casework.reading import Reading


class View(Protocol):
    """What the pages of every docket know of it."""

    @property
    def procedure(self) -> Procedure: ...

    @property
    def mechanism(self) -> Mechanism: ...


Viewed = TypeVar("Viewed", bound=View)


@dataclass(frozen=True, slots=True)
class DocketWords(Generic[Viewed]):
    """The words of one docket in one language."""

    surface: Surface
    reading: "Reading"
    view: Viewed

    @property
    def rules(self) -> Words:
        return Words(self.surface, self.view.procedure)

    def party(self, party: str) -> str:
        """Return a party's name where the reader may read it, else its number."""
        raise NotImplementedError

    def signed(
        self, act: "ActOnFile", *, always: bool = False, with_key: bool = False
    ) -> Iterator[str]:
        """Yield whether an act is signed by its party, and with which key.

        That it is not is said where its party had a key, or ``always``. Else nobody expects one.
        """
        envelope = act.kept.envelope
        party, key = envelope.by.party, envelope.signed_with
        known = self.view.mechanism.parties.get(party)
        if key:
            shown = key if with_key else None
            yield self.surface.say("page.signed", party=self.party(party), key=shown)
        elif known is not None and any(one.is_in_force(envelope.at) for one in known.keys):
            yield self.surface.say("page.not-signed", party=self.party(party))
        elif always:
            yield self.surface.say("page.unsigned", party=self.party(party))

    def seat(self, seat: str) -> str:
        return self.surface.catalogue.word("seat", seat)

    def who(self, by: By) -> str:
        return self.surface.say("page.who", party=self.party(by.party), seat=self.seat(by.seat))

    def day(self, at: int) -> str:
        """Return the day of an instant in words, where the procedure counts its days."""
        on = datetime.fromtimestamp(at / 1000, UTC).astimezone(self._zone).date()
        return self.surface.catalogue.day(on.isoformat())

    def due(self, due_on: str) -> str:
        """Return a due date in words: a day, or an hour where the procedure is."""
        return due_in_words(self.surface.catalogue, due_on, self._zone)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.view.procedure.time_zone)

    def owed(self, code: str) -> str:
        """Return what an owed act is called: by its procedure, else here."""
        clock = self.view.procedure.clocks.get(code)
        if clock is not None:
            return in_words(self.surface, clock.titles, code)
        return self.surface.catalogue.word("owed", code)

    def left(self, owed: "OwedToday") -> str:
        """Return how many days are left, or by how many it is late."""
        return left_in_words(self.surface.catalogue, owed.left, owed.bound)

    def late(self, owed: "OwedToday") -> str:
        """Return by how many days something is late, as the beginning of a sentence."""
        return capital(self.left(owed))

    def by_when(self, owed: "OwedToday") -> str:
        """Return by when an act is owed, as one sentence."""
        return by_when(self.surface.catalogue, owed.item.due_on, owed.bound, self._zone)

    def part(self, part: Part, value: Json) -> str:
        name = capital(self.surface.catalogue.word("part", part.name))
        said = self._valued(part, value)
        if "\n" not in said:
            return self.surface.say("page.part", part=name) + said
        return self.surface.say("page.parts", part=name) + "\n" + said.lstrip("\n")

    def _valued(self, part: Part, value: Json) -> str:
        if isinstance(value, list):
            return self._listed(part, value)
        if isinstance(value, bool):
            return self.surface.say("page.yes" if value else "page.no")
        called = {
            Shape.CODE: lambda code: self.surface.catalogue.word("choice", code),
            Shape.DAY: self.surface.catalogue.day,
            Shape.PARTY: self.party,
        }
        if part.name == "clock":
            return self.owed(str(value))
        if part.name == "event":
            return self.rules.event(str(value))
        return called.get(part.shape, plain)(str(value))

    def _listed(self, part: Part, values: list[Json]) -> str:
        words = self.surface.catalogue
        if part.shape in {Shape.ACTS, Shape.EXHIBITS}:
            return ", ".join(map(str, values))
        if part.shape is Shape.READERS:
            return ", ".join(words.word("reader", str(one)) for one in values)
        told = [place_in_words(words, str(one)) if part.name == FIELDS else one for one in values]
        return "\n" + "\n".join(f"{at}. {plain(one)}" for at, one in enumerate(told, 1))


def plain(value: Json) -> str:
    return "\n".join(visible(line) for line in str(value).split("\n"))
