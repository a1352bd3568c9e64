"""Which clocks an act of a case starts, meets, moves and widens: facts for its envelope."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from answerable.core.acts import Json
from answerable.core.calendars import Calendar
from answerable.core.case.dated import (
    Dated,
    answers,
    is_of_docket,
    is_of_one_act,
    line_of,
    owes_for,
    run_of,
)
from answerable.core.case.paying import ends_window, is_overtaken, paid_before, pays
from answerable.core.clocks import Due, Matter, due
from answerable.core.errors import Malformed, Undecidable
from answerable.core.owed import Owed
from answerable.core.procedure import Clock, Procedure


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of a procedure on the calendars of a day."""

    procedure: Procedure
    calendars: Mapping[str, Calendar]

    def facts(
        self,
        before: Sequence[Dated],
        act: Dated,
        owed: Sequence[Owed],
        every: tuple[int, ...] = (),
    ) -> dict[str, Json] | None:
        """Return the fact ``clocks`` of an act, None where it touches no clock.

        ``every`` are the allegations of the case. What an act of the whole case starts is owed for
        each of them, so that an answer to one never ends what is owed on another.
        """
        still = [item for item in owed if item.met_by is None]
        met = list(self._met(before, act, still))
        moved = self._moved((*before, act), act, still, {key for key, _ in met})
        facts: dict[str, Json] = {}
        for name, entries in (
            ("starts", self.started(before, act, owed, every)),
            ("meets", [entry for _, entry in met]),
            ("moves", moved),
            ("widens", self._widened(act, still, {key for key, _ in met})),
        ):
            if entries:
                facts[name] = list(entries)
        return facts or None

    def started(
        self,
        before: Sequence[Dated],
        act: Dated,
        owed: Sequence[Owed],
        every: tuple[int, ...] = (),
    ) -> list[dict[str, Json]]:
        """Return what an act starts, each with its date, as ``facts`` has it."""
        begun: dict[str, Clock] = {}
        for code, clock in self.procedure.clocks.items():
            starts = _begins(clock, act) or any(s.end_of in begun for s in clock.starts)
            # What is met by the act that would start it was never owed.
            if starts and not set(act.codes) & set(clock.met_by):
                begun[code] = clock
        concerned, acts = act.allegations or every or (0,), (*before, act)
        entries = []
        for clock in begun.values():
            mine = [item for item in owed if item.code == clock.code]
            still = [item for item in mine if item.met_by is None and not is_of_one_act(clock)]
            running = {
                n
                for item in still
                for n in item.allegations or (0,)
                if not is_overtaken(clock, acts, item, n)
            }
            numbers = [n for n in concerned if n not in running]
            spent = {item.met_by for item in mine}
            for entry, hit in self._alike(clock, acts, numbers, spent):
                if tuple(hit) != (act.allegations or (0,)):
                    entry["allegations"] = list(hit)
                entries.append(entry)
        return entries

    def moved_dates(self, acts: Sequence[Dated], owed: Sequence[Owed]) -> list[dict[str, Json]]:
        """Return what moves where nothing happened but that a calendar or a rule was changed."""
        return [
            entry
            for item in owed
            if item.met_by is None
            for entry in self._entries_of(item, acts, item.allegations or (0,))
        ]

    def due_of(self, item: Owed, acts: Sequence[Dated], allegation: int) -> Due | None:
        """Return when an owed act is due for an allegation, 0 for the case as a whole.

        None stands for a clock that the procedure does not have, and for one that nobody can
        count: its calendar has run out, say. Then the act is owed without a date.
        """
        clock = self.procedure.clocks.get(item.code)
        if clock is None:
            return None
        run = run_of(line_of(acts, allegation), item.started_by, clock)
        if is_of_one_act(clock):
            # Another promise, or another contest, has a clock of its own.
            run = [a for a in run if a.sequence == item.started_by or not _begins(clock, a)]
        return self._due(clock, run)

    def _class(self, acts: Iterable[Dated]) -> str:
        """Return the class that the last event gave the matter, "" where none did."""
        given = [self.procedure.events.get(code) for act in acts for code in act.codes]
        return next((one.class_ for one in reversed(given) if one and one.class_), "")

    def _due(self, clock: Clock, acts: Iterable[Dated]) -> Due | None:
        counting = [act for act in acts if act.clock in {"", clock.code}]
        events = tuple(event for act in counting for event in act.happened)
        matter = Matter(events, self.calendars, self._class(counting))
        try:
            return due(self.procedure, clock.code, matter)
        except (Undecidable, Malformed):
            return None

    def _alike(
        self,
        clock: Clock,
        acts: Sequence[Dated],
        numbers: Sequence[int],
        spent: set[int | None],
    ) -> Iterable[tuple[dict[str, Json], list[int]]]:
        """Return what the last act starts, for each group of allegations for which it is alike."""
        groups: list[tuple[dict[str, Json], list[int]]] = []
        for number in numbers:
            run = run_of(line_of(acts, number), acts[-1].sequence, clock)
            met_by = paid_before(self.procedure, clock, run, spent)
            entry = self._start_entry(clock, run, acts[-1])
            if met_by is not None:
                entry["met-by"] = met_by
            alike = next((hit for one, hit in groups if one == entry), None)
            if alike is None:
                groups.append((entry, [number]))
            else:
                alike.append(number)
        return groups

    def _start_entry(self, clock: Clock, run: Sequence[Dated], act: Dated) -> dict[str, Json]:
        entry: dict[str, Json] = {"clock": clock.code, "owes": owes_for(clock, act)}
        answer = self._due(clock, run)
        if answer is not None and answer.on is not None:
            entry["due"] = _told(answer)
            entry["calendar"] = answer.calendar.name
        if not clock.binding:
            entry["binding"] = False
        if not (clock.confirmed if answer is None else answer.confirmed):
            entry["confirmed"] = False
        return entry

    def _met(
        self, before: Sequence[Dated], act: Dated, still: Iterable[Owed]
    ) -> Iterable[tuple[tuple[int, str, int], dict[str, Json]]]:
        for item in still:
            clock = self.procedure.clocks.get(item.code)
            if clock is None or not (
                pays(self.procedure, clock, act, item.seat) or ends_window(clock, act)
            ):
                continue
            # What happened before it was owed pays nothing.
            began = next((one for one in before if one.sequence == item.started_by), act)
            if act.day < began.day:
                continue
            if is_of_one_act(clock) and not answers(act, began):
                continue
            hit = [n for n in item.allegations if act.concerns(n)]
            if hit or not item.allegations:
                yield item.key, _entry(item, hit)

    def _moved(
        self,
        acts: Sequence[Dated],
        act: Dated,
        still: Iterable[Owed],
        met: set[tuple[int, str, int]],
    ) -> list[dict[str, Json]]:
        return [
            entry
            for item in still
            if item.key not in met
            for entry in self._entries_of(
                item, acts, [n for n in item.allegations or (0,) if act.concerns(n)]
            )
        ]

    def _widened(
        self, act: Dated, still: Iterable[Owed], met: set[tuple[int, str, int]]
    ) -> list[dict[str, Json]]:
        """Return what is owed for an allegation that is split, and so for each part of it."""
        return [
            {**_entry(item, act.made), "as": number}
            for item in still
            for number in act.allegations
            if act.made and item.key not in met and number in item.allegations
            if not self._is_owed_once(item)
        ]

    def _is_owed_once(self, item: Owed) -> bool:
        """Whether a split leaves an owed act as it is: one of the docket, or of an act that stays.

        One paper is read once however many allegations it has; an action that was promised, and a
        contest, are of the allegation that they name.
        """
        clock = self.procedure.clocks.get(item.code)
        return clock is not None and (is_of_docket(clock) or is_of_one_act(clock))

    def _entries_of(
        self, item: Owed, acts: Sequence[Dated], numbers: Iterable[int]
    ) -> Iterable[dict[str, Json]]:
        """Yield where one owed act moves to, for each group of allegations that moves alike."""
        groups: dict[tuple[str | None, str], list[int]] = {}
        for number in numbers:
            answer = self.due_of(item, acts, number)
            if answer is not None and _told(answer) != item.due_on:
                groups.setdefault((_told(answer), answer.calendar.name), []).append(number)
        for (told, calendar), hit in groups.items():
            entry = {**_entry(item, [n for n in hit if n]), "due": told}
            yield {**entry, "calendar": calendar} if told else entry


def _begins(clock: Clock, act: Dated) -> bool:
    return any(start.event in act.codes for start in clock.starts)


def _entry(item: Owed, hit: Sequence[int]) -> dict[str, Json]:
    entry: dict[str, Json] = {"clock": item.code, "started-by": item.started_by}
    if hit:
        # Always named: the same clock may run for other allegations by another date.
        entry["allegations"] = list(hit)
    return entry


def _told(answer: Due) -> str | None:
    if answer.at is not None:
        return answer.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None if answer.on is None else answer.on.isoformat()
