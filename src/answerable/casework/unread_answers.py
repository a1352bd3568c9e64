"""Answers that wait for their first reading, and until when each can be contested."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from answerable.casework.do_act import Before, DoAct
from answerable.casework.ruling import dated, local
from answerable.core.act_form import Asked
from answerable.core.acts import By, Draft, Seat
from answerable.core.calendars import Calendar
from answerable.core.case.acts.answers import (
    ANSWER_READ,
    READINGS,
    last_day_to_contest,
    standing_answer,
    unread_answers,
    window_ends,
    windows_begun,
)
from answerable.core.case.acts.kind import Deciding
from answerable.core.clock_facts import Clocks as Facts
from answerable.core.clock_facts import Entry
from answerable.core.clocks import Due
from answerable.core.owed import Owed
from answerable.core.procedure import Procedure


class Last(NamedTuple):
    """The last day on which an answer can be contested, and whether that day is over."""

    day: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer whose first reading begins days to contest, as it would begin them today.

    ``answer`` is the number of its act. ``ends`` is None where these days have no end. ``due``
    has the working of each window that begins, by the code of its clock.
    """

    answer: int
    allegations: tuple[int, ...]
    ends: str | None
    due: Mapping[str, Due]
    procedure: Procedure
    calendars: Mapping[str, Calendar]


def unread_of(do_act: DoAct, by: By, before: Before) -> tuple[Unread, ...]:
    """Return the answers that wait to be read by the sender of a case.

    Where no day depends on the reading, an answer waits for nobody: it is simply there.
    """
    deciding = do_act.deciding(READINGS[0], Asked(by=by, by_key=True), before)
    found = (
        _unread(do_act, deciding, before, answer=answer, numbers=numbers)
        for answer, numbers in sorted(unread_answers(deciding).items())
    )
    return tuple(one for one in found if one is not None)


def last_days(do_act: DoAct, by: By, before: Before) -> Mapping[int, Last]:
    """Return the last day to contest of each allegation whose answer has one, over or not."""
    deciding = do_act.deciding(READINGS[0], Asked(by=by, by_key=True), before)
    days = (
        (number, last_day_to_contest(deciding, number))
        for number in deciding.case.allegations
        if standing_answer(deciding, number)
    )
    return {
        number: Last(day.isoformat(), day < deciding.today)
        for number, day in days
        if day is not None
    }


def _unread(
    do_act: DoAct,
    deciding: Deciding,
    before: Before,
    *,
    answer: int,
    numbers: Sequence[int],
) -> Unread | None:
    ruling, procedure = do_act.ruling, deciding.procedure
    clocks = ruling.clocks(deciding.mechanism, procedure)
    # Nothing of this is recorded: it is what the act would say, done now.
    draft = Draft(
        act=ANSWER_READ,
        by=deciding.asked.by,
        secret=b"",
        allegations=tuple(numbers),
        facts={"acts": [answer]},
    )
    told = ruling.with_clocks(draft, clocks, acts=before.acts, owed=before.owed)
    begun = windows_begun(deciding, cast("Facts", told.facts.get("clocks", {})))
    if not begun:
        return None
    acts = ruling.dated(procedure, before.acts)
    acts.append(dated(draft, len(acts) + 1, local(ruling.now(), procedure)))
    working = {
        entry["clock"]: due
        for entry, item in _owed(begun, len(acts), numbers)
        if (due := clocks.due_of(item, acts, item.allegations[0])) is not None
    }
    return Unread(answer, tuple(numbers), window_ends(begun), working, procedure, clocks.calendars)


def _owed(
    begun: Sequence[Entry], sequence: int, numbers: Sequence[int]
) -> Iterator[tuple[Entry, Owed]]:
    for entry in begun:
        hit = tuple(entry.get("allegations", numbers))
        owes = Seat(entry["owes"])
        yield entry, Owed(entry["clock"], owes, since=0, started_by=sequence, allegations=hit)
