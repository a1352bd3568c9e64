"""The figures of cases at one instant: what is open, late or was met in time is judged here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from answerable.core.acts import instant_text
from answerable.core.figures.case_figures import CaseFigures, Waited
from answerable.core.figures.tally import Tally
from answerable.core.figures.told import UNCONFIRMED, Figure, figures_of

DAY = 24 * 60 * 60 * 1000
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class AsOf:
    """The instant at which figures are told, and the day that an instant falls on there.

    Days are those of the mechanism's time zone. They are asked for here and nowhere before, so that
    what a case contributes says instants only.
    """

    at: int
    day_of: Callable[[int], date]


def told(cases: Iterable[CaseFigures], as_of: AsOf) -> list[Figure]:
    """Return every figure of cases at an instant; their order changes nothing."""
    tally = Tally()
    for case in cases:
        add_case(tally, case, as_of)
    return figures_of(tally)


def add_case(tally: Tally, case: CaseFigures, as_of: AsOf) -> None:
    """Add what a case contributes to what was counted of others."""
    tally.across[case.number] = case.across
    counts = dict(case.counts)
    if case.open_since is not None:
        counts["age"] = 1
        tally.lasted("age", age_of(case, as_of), ended=True)
    for given in case.given:
        code = f"given/{given.side}"
        counts[code] = counts.get(code, 0) + 1
        days = day_number(given.until) - day_at(given.asked_at, as_of)
        tally.lasted(code, days, ended=True)
    for step in case.steps:
        code, how = codes_of(step, as_of)
        counts[code] = counts.get(code, 0) + 1
        counts[how] = counts.get(how, 0) + 1
        tally.lasted(code, days_of(step, as_of), ended=step.met_at is not None)
    tally.add_each(counts, case.number)


def age_of(case: CaseFigures, as_of: AsOf) -> int:
    """Return for how many days a case has been open; one that was erased grows no older."""
    end = as_of.at if case.ended_at is None else case.ended_at
    return (end - (case.open_since or 0)) // DAY


def codes_of(step: Waited, as_of: AsOf) -> tuple[str, str]:
    """Return the codes that count a step: by how long it lasted, and by how it stands."""
    name = name_of(step)
    return f"days/{name}", f"steps/{name}/{_how(step, as_of)}"


def name_of(step: Waited) -> str:
    """Return by which name a step is counted: one whose period nobody confirmed has its own."""
    return step.clock if step.confirmed else f"{UNCONFIRMED}{step.clock}"


def day_at(at: int, as_of: AsOf) -> int:
    """Return the day on which an instant falls, as days from 1970."""
    return as_of.day_of(at).toordinal() - _EPOCH


def days_of(step: Waited, as_of: AsOf) -> int:
    """Return whole days of 24 hours, and days of the calendar where only days are known."""
    end = _end_of(step, as_of)
    if step.since_on is None and step.met_on is None:
        return (end - step.since) // DAY
    first = step.since_on or as_of.day_of(step.since).isoformat()
    last = (step.met_at and step.met_on) or as_of.day_of(end).isoformat()
    return max(0, day_number(last) - day_number(first))


def _end_of(step: Waited, as_of: AsOf) -> int:
    """Return the instant at which a step is judged: when it was met, or ended, or else now."""
    if step.met_at is not None:
        return step.met_at
    return as_of.at if step.ended_at is None else step.ended_at


def _how(step: Waited, as_of: AsOf) -> str:
    if step.due_on is None:
        return "met-without-date" if step.met_at is not None else "open-without-date"
    if step.met_at is not None and step.met_on is not None and "T" not in step.due_on:
        return "met-late" if step.met_on > step.due_on else "met-in-time"
    late = _is_late(_end_of(step, as_of), step.due_on, as_of)
    if step.met_at is None:
        return "open-late" if late else "open"
    return "met-late" if late else "met-in-time"


def _is_late(at: int, due_on: str, as_of: AsOf) -> bool:
    """Whether an instant is after a due date, which is a day, or a second in UTC."""
    if "T" in due_on:
        return f"{instant_text(at)[:19]}Z" > due_on
    # No zone is a whole day away from UTC: only near its date has the day there to be asked for.
    days = at // DAY - day_number(due_on)
    if days in {0, 1}:
        return as_of.day_of(at).isoformat() > due_on
    return days > 1


@lru_cache(maxsize=1 << 12)
def day_number(day: str) -> int:
    """Return the days from 1970 until a day."""
    return date.fromisoformat(day).toordinal() - _EPOCH
