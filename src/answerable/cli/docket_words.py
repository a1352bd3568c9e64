"""What parties, dates, debts and the parts of acts are called, on the pages of every docket."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from answerable.cli.rule_words import Words, in_words
from answerable.cli.surface import Surface
from answerable.core.act_form import Part, Shape
from answerable.core.acts import By, Json
from answerable.core.mechanism import Mechanism
from answerable.core.procedure import Bound, Procedure
from answerable.locale.visible import visible

if TYPE_CHECKING:
    from answerable.casework.case_view import OwedToday
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

    def seat(self, seat: str) -> str:
        return self.surface.catalogue.word("seat", seat)

    def who(self, by: By) -> str:
        return self.surface.say("page.who", party=self.party(by.party), seat=self.seat(by.seat))

    def day(self, at: int) -> str:
        """Return the day of an instant in words, where the procedure counts its days."""
        zone = ZoneInfo(self.view.procedure.time_zone)
        on = datetime.fromtimestamp(at / 1000, UTC).astimezone(zone).date()
        return self.surface.catalogue.day(on.isoformat())

    def due(self, due_on: str) -> str:
        """Return a due date in words: a day, or an hour where the procedure is."""
        if "T" not in due_on:
            return self.surface.catalogue.day(due_on)
        at = datetime.fromisoformat(due_on).astimezone(ZoneInfo(self.view.procedure.time_zone))
        return self.surface.catalogue.hour(at.isoformat(timespec="minutes"))

    def owed(self, code: str) -> str:
        """Return what an owed act is called: by its procedure, else here."""
        clock = self.view.procedure.clocks.get(code)
        if clock is not None:
            return in_words(self.surface, clock.titles, code)
        return self.surface.catalogue.word("owed", code)

    def left(self, owed: "OwedToday") -> str:
        """Return how many days are left, or by how many it is late."""
        left = owed.left
        if left is None:
            return ""
        say = self.surface.say
        if left.late:
            if left.days == 0:
                return say("page.late-today" if left.hours is None else "page.late-hours")
            return say("page.late-one" if left.days == -1 else "page.late", days=-left.days)
        if left.passed:
            return say("page.open-since" if owed.bound is Bound.NOT_BEFORE else "page.lapsed")
        if left.days == 0:
            return say("page.today")
        return say("page.left-one" if left.days == 1 else "page.left", days=left.days)

    def late(self, owed: "OwedToday") -> str:
        """Return by how many days something is late, as the beginning of a sentence."""
        return capital(self.left(owed))

    def by_when(self, owed: "OwedToday") -> str:
        """Return by when an act is owed, as one sentence."""
        item, say = owed.item, self.surface.say
        if item.due_on is None:
            return say("page.no-date")
        due = self.due(item.due_on)
        if owed.bound is Bound.NOT_BEFORE:
            return say("page.not-before", due=due)
        if owed.bound is Bound.BEFORE:
            return say("page.before", due=due)
        return say("page.by", due=due)

    def part(self, part: Part, value: Json) -> str:
        name = capital(self.surface.catalogue.word("part", part.name))
        said = self._valued(part, value)
        if "\n" not in said:
            return self.surface.say("page.part", part=name) + said
        return self.surface.say("page.parts", part=name) + "\n" + said.lstrip("\n")

    def _valued(self, part: Part, value: Json) -> str:
        if isinstance(value, list):
            if part.shape in {Shape.ACTS, Shape.EXHIBITS}:
                return ", ".join(map(str, value))
            return "\n" + "\n".join(f"{at}. {plain(one)}" for at, one in enumerate(value, 1))
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


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def plain(value: Json) -> str:
    return "\n".join(visible(line) for line in str(value).split("\n"))
