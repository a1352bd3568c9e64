"""One version of a mechanism's rules, as docs/specs/procedure.md has them in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from answerable.core.acts import ActCode, Seat
from answerable.core.errors import Refusal
from answerable.core.period import Counting, Period

Titles = Mapping[str, str]
"""A text in each language it exists in; English is always there."""


class UnknownClock(Refusal):
    """The procedure has no clock of this code; ``known`` lists those it has."""

    code = "unknown-clock"


class Bound(StrEnum):
    """What the date of a clock means for the act that is owed."""

    AT_LATEST = "at-latest"
    BEFORE = "before"
    NOT_BEFORE = "not-before"


class Ends(StrEnum):
    """Which end days of a pause are left out of the count."""

    BOTH = "both"
    FIRST = "first"
    LAST = "last"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days between two events are left out, together at most ``at_most`` days of the clock."""

    starts: tuple[ActCode, ...]
    ends: tuple[ActCode, ...]
    leaves_out: Ends = Ends.LAST
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """An event moves the end: by a length, or (None) to a date which the event names."""

    event: ActCode
    by: Period | None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Start:
    """What a clock runs from: an event, or the end of another clock of the procedure."""

    event: ActCode | None = None
    end_of: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule was read, in words and by address. ``confidence`` is as its reader put it."""

    title: str
    url: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Who owes what by when. Without a period it is an owed act without a date.

    The first of ``starts`` that happened counts. ``doubt`` says what was not read in a source.
    """

    code: str
    titles: Titles
    owes: Seat
    starts: tuple[Start, ...]
    period: Period | None = None
    by_class: Mapping[str, Period] = field(default_factory=dict)
    bound: Bound = Bound.AT_LATEST
    binding: bool = True
    counting: Counting = field(default_factory=Counting)
    pauses: tuple[Pause, ...] = ()
    resets: tuple[ActCode, ...] = ()
    extensions: tuple[Extension, ...] = ()
    met_by: tuple[ActCode, ...] = ()
    missed: Titles = field(default_factory=dict)
    note: Titles = field(default_factory=dict)
    confirmed: bool = True
    doubt: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def is_in_working_days(self) -> bool:
        """Whether its days are counted on a calendar, of whatever class a case is."""
        periods = [self.period] if self.period else [*self.by_class.values()]
        return bool(periods) and all(one.unit.skips_days_off for one in periods)


@dataclass(frozen=True, slots=True)
class SeatRule:
    """A seat of the procedure; ``outside`` where it does not belong to the mechanism."""

    code: Seat
    titles: Titles
    outside: bool = False


@dataclass(frozen=True, slots=True)
class ActRule:
    """How this procedure narrows who does an act, how often, and whether two persons sign it.

    ``signed`` asks for the signature of whoever does it, with their party's own key.
    """

    code: ActCode
    by: tuple[Seat, ...] = ()
    two_persons: bool = False
    signed: bool = False
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What a clock refers to beside the acts of a case, or a step of a proceeding.

    On a case ``by`` may record it, in the states of ``when``; it may give the matter a class.
    """

    code: ActCode
    titles: Titles
    by: tuple[Seat, ...] = ()
    when: str = "any"
    public: bool = False
    class_: str = ""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """The host's word against reprisals, and who signed it."""

    text: Titles
    signed_by: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class Door:
    """Where someone can turn whom this mechanism cannot hear, or whose host is accused."""

    titles: Titles
    how: Titles


class ProcedureKind(StrEnum):
    """Which kind of docket a procedure is for."""

    CASE = "case"
    PROCEEDING = "proceeding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One version, in force from a day; ``answer`` is the event that sending a response is."""

    id: str
    version: str
    in_force_from: date | None
    kind: ProcedureKind
    titles: Titles
    time_zone: str
    seats: Mapping[Seat, SeatRule]
    clocks: Mapping[str, Clock]
    acts: Mapping[ActCode, ActRule] = field(default_factory=dict)
    events: Mapping[ActCode, Event] = field(default_factory=dict)
    answer: ActCode | None = None
    recurring: Mapping[str, Clock] = field(default_factory=dict)
    classes: Mapping[str, Titles] = field(default_factory=dict)
    standard_of_proof: str = ""
    drafts_read_by: tuple[Seat, ...] = ()
    publication: Titles = field(default_factory=dict)
    publishes: str = ""
    undertaking: Undertaking | None = None
    outside_doors: tuple[Door, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def name(self) -> str:
        """The id with its version, as ``india-cpgrams@2021``."""
        return f"{self.id}@{self.version}"

    def clock(self, code: str) -> Clock:
        """Return the clock of this code; UnknownClock lists those that there are."""
        if (found := self.clocks.get(code) or self.recurring.get(code)) is None:
            known = ", ".join((*self.clocks, *self.recurring))
            raise UnknownClock(f"no clock {code}", clock=code, procedure=self.name, known=known)
        return found
