"""What seats, dates, debts and acts are called on public pages, in one language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, By, Envelope, Json, PartyId, Seat
from answerable.core.case.acts.widened import FIELDS
from answerable.core.procedure import Procedure, Titles
from answerable.core.register.showing import LINK_ACTS
from answerable.core.register.shown import ShownAct
from answerable.core.seats import COMPLAINANT
from answerable.locale.catalogue import Catalogue, capital
from answerable.locale.due_words import by_when, due_in_words, left_in_words
from answerable.locale.field_words import place_in_words
from answerable.locale.spoken import Spoken, spoken
from answerable.locale.step_words import titled
from answerable.locale.visible import visible
from answerable.web.source import Due, Source, is_for_answer


class Cited(str):
    """A value that names acts of its case. A page leads to those of them that it shows."""

    __slots__ = ("acts", "shown")
    acts: tuple[int, ...]
    shown: frozenset[int]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one source in one language."""

    catalogue: Catalogue
    source: Source

    @property
    def language(self) -> str:
        return self.catalogue.language

    def say(self, key: str, /, **facts: str | int | None) -> str:
        """Return a sentence; it knows what of it is in another language where a fact does."""
        said = self.catalogue.say(key, **facts)
        for one in facts.values():
            if type(one) is Spoken:
                return spoken(said, one.own, one.language)
        return said

    def number(self, number: int) -> str:
        return self.catalogue.number(number)

    def numbers(self, numbers: Iterable[int]) -> str:
        return self.catalogue.numbers(numbers)

    def week(self, text: str) -> str:
        return self.catalogue.week(text)

    def word(self, family: str, code: str) -> str:
        return self.catalogue.word(family, code)

    def titled(self, titles: Titles, code: str = "") -> str:
        return titled(self.catalogue, titles, code)

    # --- When ---

    def instant(self, at: int) -> str:
        """Return an instant, in milliseconds, in the source's zone, which is named."""
        zone = self.catalogue.zone(self.source.zone_name)
        return self.catalogue.instant(at // 1000, self.source.zone, zone)

    def signed(self, _: Envelope, /) -> tuple[str, ...]:
        """Return what is said of a party's signature, nothing where nobody here knows its key."""
        return ()

    def day(self, at: int) -> str:
        on = datetime.fromtimestamp(at / 1000, UTC).astimezone(self.source.zone).date()
        return self.catalogue.day(on.isoformat())

    def due_on(self, due_on: str) -> str:
        return due_in_words(self.catalogue, due_on, self.source.zone)

    # --- Who ---

    def seat(self, seat: str) -> str:
        return self.word("seat", seat)

    def turn(self, seat: str | None, bodies: Sequence[str] = ()) -> str:
        """Return whose turn it is: the bodies where they are known, else those of a seat."""
        if seat is None:
            return self.say("page.nobody")
        held = (self.by(By(PartyId(body), Seat(seat))) for body in bodies)
        return ", ".join(held) or self.seat(seat)

    def by(self, by: By) -> str:
        """Return who did an act: by seat, and by number; names are in no register."""
        if by.seat == COMPLAINANT or not by.party:
            return self.seat(by.seat)
        return self.say("page.seat", seat=self.seat(by.seat), parties=str(by.party))

    def who(self, act: ShownAct) -> str:
        if act.envelope.act in LINK_ACTS:
            return self.say("web.not-told-who")
        return self.by(act.envelope.by)

    def act(self, act: ShownAct) -> str:
        """Return what an act is called: of an answer that is not shown yet, that it is one."""
        withheld = self.source.withholds(act)
        return self.word("part", "answer") if withheld else self.word("act", act.envelope.act)

    def entered(self, act: ShownAct) -> str | None:
        """Return that an act was entered for another, None where it was not."""
        envelope = act.envelope
        if envelope.entered_by is None or envelope.act in LINK_ACTS:
            return None
        return self.say(
            "page.according-to",
            principal=self.by(envelope.by),
            typist=self.by(envelope.entered_by),
            evidence=None,
        )

    # --- What is owed ---

    def owed(self, code: str, procedure: Procedure | None) -> str:
        """Return what an owed act is called: by its procedure, else here."""
        clock = None if procedure is None else procedure.clocks.get(code)
        return self.word("owed", code) if clock is None else self.titled(clock.titles, code)

    def window(self, due: Due) -> str:
        """Return what is said of a window: that it stands open, or stood open in vain."""
        over = due.left is not None and due.left.passed
        return self.say("web.box-not-contested" if over else "web.box-contest")

    def box(self, due: Due, procedure: Procedure | None) -> str:
        """Return what the empty box of something owed is called, for who sees it and who does not.

        Where the rules are not there, what is owed is taken for an answer.
        """
        if not due.is_owed:
            return self.window(due)
        late = self.left(due) if due.is_late else None
        key = "web.box" if is_for_answer(due, procedure) else "web.box-other"
        return self.say(key, owed=self.owed(due.item.code, procedure), late=late)

    def box_of(self, name: str) -> str:
        """Return what the empty box of something is called that is not there."""
        return self.say("web.box-other", owed=name, late=None)

    def by_when(self, due: Due) -> str:
        return by_when(self.catalogue, due.item.due_on, due.bound, self.source.zone)

    def left(self, due: Due) -> str:
        """Return how many days were left, or by how many it was late."""
        return left_in_words(self.catalogue, due.left, due.bound)

    def left_sentence(self, due: Due) -> str:
        """Return how many days were left, or by how many it was late, as a sentence of its own."""
        left = self.left(due)
        return self.say("web.late-sentence", late=capital(left)) if due.is_late else left

    # --- What an act says ---

    def part(self, part: Part, value: Json, procedure: Procedure | None) -> tuple[str, str]:
        """Return the name of a part of an act and what it says."""
        return capital(self.word("part", part.name)), self._valued(part, value, procedure)

    def party(self, number: str) -> str:
        """Return what a party is called: by its number, where no names are."""
        return number

    def _cited(self, acts: Sequence[Json]) -> Cited:
        numbers = tuple(act for act in acts if isinstance(act, int))
        told = Cited(", ".join(self.say("web.act-link", act=act) for act in numbers))
        told.acts = numbers
        told.shown = frozenset()
        return told

    def _valued(self, part: Part, value: Json, procedure: Procedure | None) -> str:
        if isinstance(value, list):
            return self._listed(part, value)
        if isinstance(value, int):
            return self._number(part, value)
        return self._one(part, str(value), procedure)

    def _number(self, part: Part, value: int) -> str:
        if isinstance(value, bool):
            return self.say("page.yes" if value else "page.no")
        # Of texts that are not shown, the envelope has how many they are.
        return (
            self.say("web.counted-only", count=value)
            if part.shape is Shape.TEXTS
            else self.catalogue.number(value)
        )

    def _one(self, part: Part, text: str, procedure: Procedure | None) -> str:
        if part.name == "clock":
            return self.owed(text, procedure)
        if part.name == "event":
            return self._event(text, procedure)
        if part.shape is Shape.PARTY:
            return self.party(text)
        if part.shape is Shape.CODE:
            return self.word("choice", text)
        return self.catalogue.day(text) if part.shape is Shape.DAY else visible(text)

    def _listed(self, part: Part, values: list[Json]) -> str:
        if part.shape is Shape.ACTS:
            return self._cited(values)
        if part.shape is Shape.READERS:
            return ", ".join(self.word("reader", str(one)) for one in values)
        if part.name == FIELDS:
            return "; ".join(place_in_words(self.catalogue, str(one)) for one in values)
        return ", ".join(visible(str(one)) for one in values)

    def _event(self, code: str, procedure: Procedure | None) -> str:
        """Return what an event is called by its procedure, where the register has that."""
        event = None if procedure is None else procedure.events.get(ActCode(code))
        return self.word("act", code) if event is None else self.titled(event.titles, code)
