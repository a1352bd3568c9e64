"""``answerable case clocks``: every clock of a case, owed or met, with how its date was counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answerable.casework.case_view import OwedToday
from answerable.cli.case_words import CaseWords
from answerable.cli.columns import indented
from answerable.cli.output import Json
from answerable.core.calendars import Calendar
from answerable.core.case.clocking import Clocks
from answerable.core.case.dated import Dated
from answerable.core.clocks import Due
from answerable.core.happened import EVENT_RECORDED
from answerable.core.owed import Owed


@dataclass(frozen=True, slots=True)
class ClockPage:
    """The clocks of one case, by its rules and the calendars in force."""

    words: CaseWords
    clocks: Clocks
    dated: Sequence[Dated]
    owed: Sequence[Owed]

    def lines(self, width: int) -> Iterator[str]:
        say = self.words.surface.say
        yield self.words.view.docket.number
        yield from indented(say("page.rules", rules=self.words.rules_name()), width)
        if not self.owed:
            yield from indented(say("page.no-clocks"), width)
        # What is still owed stands first; what was met stays readable.
        for item in sorted(self.owed, key=lambda item: item.met_by is not None):
            yield ""
            first, *rest = self._clock(item)
            yield from indented(first, width)
            for line in rest:
                margin = line[: len(line) - len(line.lstrip(" "))] + "  "
                yield from indented(line.lstrip(" "), width, first=margin, rest=f"{margin}  ")

    def facts(self) -> list[Json]:
        return [self._facts(item) for item in self.owed]

    def _clock(self, item: Owed) -> Iterator[str]:
        words, say = self.words, self.words.surface.say
        owed = words.view.today(item)
        yield say(
            "page.clock",
            owed=words.owed(item.code),
            allegations=words.surface.catalogue.numbers(item.allegations) or None,
        )
        yield from self._owing(owed)
        yield words.since(item)
        by = words.by_when(owed)
        if item.met_by is None and owed.is_late:
            by = say("today.late-line", late=words.late(owed), by=by)
        yield by
        if item.met_by is not None:
            yield self._met(item)
        elif words.view.case.erased and not owed.is_late:
            yield say("page.ended")
        elif owed.left is not None and not owed.is_late:
            yield words.left(owed)
        yield from self._weight(owed)
        yield from self._counted(item)

    def _owing(self, owed: OwedToday) -> Iterator[str]:
        words, say = self.words, self.words.surface.say
        if owed.is_owed:
            yield say("page.owed-by", owner=words.named(owed.seat, owed.owners))
        elif owed.item.met_by is None:
            yield say("page.may-contest")

    def _weight(self, owed: OwedToday) -> Iterator[str]:
        say = self.words.surface.say
        if owed.is_owed:
            yield say("page.binding" if owed.item.binding else "page.indicative")
        if not owed.item.confirmed:
            yield say("page.not-confirmed")

    def _met(self, item: Owed) -> str:
        act, words = self.words.view.envelopes[(item.met_by or 1) - 1], self.words
        code = act.facts["event"] if act.act == EVENT_RECORDED else act.act
        word, day = words.rules.event(str(code)), words.happened(act)
        return words.surface.say("page.met", act=word, sequence=act.sequence, day=day)

    def _counted(self, item: Owed) -> Iterator[str]:
        say, due = self.words.surface.say, self.due(item)
        if due is None:
            yield say("page.not-counted")
            return
        yield say("clock.working")
        for step in due.working:
            yield "  " + self.words.rules.step(step, self._calendars)
        if item.calendar:
            yield "  " + say("page.calendar", calendar=item.calendar)
        told = _on(due)
        if told is not None and item.due_on is not None and told != item.due_on[:10]:
            yield say("page.counted-otherwise", due=self.words.due(told))

    def due(self, item: Owed) -> Due | None:
        """Return how the date of a clock is counted, from what happened until it was met."""
        # What had been met before it was recorded that it began is counted from both.
        until = len(self.dated) if item.met_by is None else max(item.met_by, item.started_by)
        acts = [act for act in self.dated if act.sequence <= until]
        return self.clocks.due_of(item, acts, (item.allegations or (0,))[0])

    @property
    def _calendars(self) -> Mapping[str, Calendar]:
        return {one.code: one for one in self.clocks.calendars.values()}

    def _facts(self, item: Owed) -> dict[str, Json]:
        due, owed = self.due(item), self.words.view.today(item)
        steps = () if due is None else due.working
        return {
            **owed_facts(item),
            "late": item.met_by is None and owed.is_late,
            "calendar": item.calendar or None,
            "working": [
                {
                    "step": step.code,
                    "text": self.words.rules.step(step, self._calendars),
                    **step.facts,
                }
                for step in steps
            ],
        }


def owed_facts(item: Owed) -> dict[str, Json]:
    """Return an owed act as data."""
    return {
        "code": item.code,
        "seat": item.seat,
        "allegations": list(item.allegations),
        "started_by": item.started_by,
        "due_on": item.due_on,
        "met_by": item.met_by,
        "binding": item.binding,
        "confirmed": item.confirmed,
    }


def _on(due: Due) -> str | None:
    # Of a period in hours the record has the hour in UTC, whose day may be another.
    return None if due.on is None or due.at is not None else due.on.isoformat()
