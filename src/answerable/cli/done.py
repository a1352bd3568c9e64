"""What an act did to the clocks of its case: met in time or late, moved, and begun."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from answerable.cli.output import Json
from answerable.cli.rule_words import in_words
from answerable.cli.surface import Surface
from answerable.core.acts import ActCode
from answerable.core.case.acts.windows import is_owed, left_by
from answerable.core.happened import EVENT_RECORDED, happened_at
from answerable.core.owed import Owed
from answerable.core.procedure import Bound

if TYPE_CHECKING:
    from answerable.casework.application import Application
    from answerable.casework.ports import Issued


class Done:
    """An act that was just done, beside what was owed before it and after it."""

    def __init__(
        self,
        surface: Surface,
        application: "Application",
        issued: "Issued",
        before: Sequence[Owed],
    ) -> None:
        self._surface, self._issued, self._before = surface, issued, before
        self._owed = application.dockets.owed(issued.docket)
        self._acts = [act.kept.envelope for act in application.dockets.acts(issued.docket)]
        mechanism = application.reading.mechanism()
        self._procedure = application.ruling.of_case(mechanism, self._acts)
        self._calendars = application.ruling.by_name(mechanism, self._procedure)
        self._act = self._acts[issued.sequence - 1]
        self._zone = application.zone

    @cached_property
    def met(self) -> Sequence[Owed]:
        """What this act pays, and what it tells of and another one had paid before."""
        met = (item for item in self._owed if item.met_by is not None)
        return [one for one in met if self._issued.sequence in {one.met_by, one.started_by}]

    @cached_property
    def started(self) -> Sequence[Owed]:
        begun = [item for item in self._owed if item.started_by == self._issued.sequence]
        return [item for item in begun if item.met_by is None]

    @cached_property
    def moved(self) -> Sequence[tuple[Owed, Owed]]:
        """What is owed on another day than before: as it was, and as it is."""
        still = [item for item in self._owed if item.met_by is None]
        pairs = ((was, item) for item in still if (was := self._earlier(item)) is not None)
        return [(was, item) for was, item in pairs if was.due_on != item.due_on]

    @cached_property
    def widened(self) -> Sequence[Owed]:
        """What is owed for allegations that were split off, as it is for the whole: for these."""
        before = {item.key: item.allegations for item in self._before}
        more = [
            item._replace(
                allegations=tuple(
                    n for n in item.allegations if n not in before.get(item.key, item.allegations)
                ),
            )
            for item in self._owed
        ]
        return [item for item in more if item.allegations]

    def facts(self) -> Mapping[str, Json]:
        return {
            "started": [
                {"clock": item.code, "seat": item.seat, "due": item.due_on} for item in self.started
            ],
            "widened": [
                {"clock": item.code, "allegations": [*item.allegations], "due": item.due_on}
                for item in self.widened
            ],
            "met": [item.code for item in self.met],
            "late": [item.code for item in self.met if self._late(item)],
            "moved": [
                {"clock": item.code, "from": was.due_on, "to": item.due_on}
                for was, item in self.moved
            ],
        }

    def lines(self) -> Iterator[str]:
        say = self._surface.say
        if self._act.act == EVENT_RECORDED:
            titles = self._procedure.events[ActCode(str(self._act.facts["event"]))].titles
            event = in_words(self._surface, titles)
            yield say("case.event", event=event, on=str(self._act.facts["on"]))
        for item in self.met:
            late = self._late(item)
            met = "case.met" if self._is_owed(item) else "case.met-window"
            yield say(
                "case.met-late" if late else met,
                owed=self._word(item),
                due=self._due(item),
                late=late,
            )
        for was, item in self.moved:
            yield say(
                "case.moved",
                owed=self._word(item),
                was=self._due(was),
                due=self._due(item) or say("clock.no-date"),
                **self._marks(item),
            )
        for item in self.widened:
            is_owed = self._is_owed(item)
            yield say("case.also-owed" if is_owed else "case.also-may-be-done", **self._owing(item))
        for item in self.started:
            owed = "case.now-owed" if item.due_on is None else "case.now-owed-by"
            yield say(owed if self._is_owed(item) else "case.may-be-done", **self._owing(item))

    def _is_owed(self, item: Owed) -> bool:
        return is_owed(self._procedure.clocks.get(item.code))

    def _owing(self, item: Owed) -> Mapping[str, str | None]:
        return {
            "owed": self._word(item),
            "seat": self._owes(item),
            "due": self._due(item),
            **self._marks(item),
        }

    def _earlier(self, item: Owed) -> Owed | None:
        """Return what an owed act was before: a part of it was with the rest then."""
        for was in self._before:
            same = (was.started_by, was.code) == (item.started_by, item.code)
            if same and was.met_by is None and set(item.allegations) <= set(was.allegations):
                return was
        return None

    def _word(self, item: Owed) -> str:
        clock = self._procedure.clocks.get(item.code)
        if clock is None:
            return self._surface.catalogue.word("owed", item.code)
        word = in_words(self._surface, clock.titles, item.code)
        numbers = self._surface.catalogue.numbers(item.allegations)
        return self._surface.say("case.owed-on", owed=word, allegations=numbers or None)

    def _owes(self, item: Owed) -> str:
        # The seats of a monitor's procedure are its own: only it has words for them.
        seat, known = self._procedure.seats.get(item.seat), self._surface.catalogue
        if seat is None or known.has(f"seat.{item.seat}"):
            return known.word("seat", item.seat)
        return in_words(self._surface, seat.titles, item.seat)

    def _due(self, item: Owed) -> str | None:
        if item.due_on is None:
            return None
        clock = self._procedure.clocks.get(item.code)
        # What bodies owe one another is counted where the mechanism is.
        bound, zone = Bound.AT_LATEST, self._zone
        if clock is not None:
            bound, zone = clock.bound, self._procedure.time_zone
        if "T" not in item.due_on:
            return self._surface.say(f"due.{bound}", on=item.due_on, zone=zone)
        at = datetime.fromisoformat(item.due_on).astimezone(ZoneInfo(zone))
        return self._surface.say(
            f"due.{bound}-hour", at=at.isoformat(timespec="minutes"), zone=zone
        )

    def _marks(self, item: Owed) -> Mapping[str, str | None]:
        say = self._surface.say
        return {
            "doubt": None if item.confirmed else say("case.not-confirmed"),
            "weak": None if item.binding else say("clock.indicative"),
        }

    def _late(self, item: Owed) -> str | None:
        """Return by how much an act was late, None where it was not."""
        clock = self._procedure.clocks.get(item.code)
        paying = self._acts[(item.met_by or self._issued.sequence) - 1]
        at = happened_at(paying, ZoneInfo(self._procedure.time_zone))
        left = left_by(clock, item, at, self._calendars.get(item.calendar))
        if left is None or not left.late:
            return None
        # An hour that has begun, or a day, is counted.
        if left.hours is not None:
            return self._duration(-left.hours, "hour")
        if left.working is not None and (days := left.working.count()):
            return self._duration(days, "working-day")
        return self._duration(max(1, -left.days), "day")

    def _duration(self, length: int, unit: str) -> str:
        number = "one" if length == 1 else "many"
        return self._surface.say(f"duration.{unit}-{number}", length=length)
