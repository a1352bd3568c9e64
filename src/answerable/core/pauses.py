"""Which days a clock stands still: from a question to its answer, within a cap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from answerable.core.calendars import ONE_DAY, Calendar
from answerable.core.counting import Step, step
from answerable.core.happened import Happened, of_codes
from answerable.core.procedure import Ends, Pause


@dataclass(frozen=True, slots=True)
class Paused:
    """The days left out, and ``open_since`` where a pause without a cap has not ended yet."""

    days: frozenset[date] = frozenset()
    open_since: date | None = None
    working: tuple[Step, ...] = ()


def paused_days(
    rules: Sequence[Pause], events: Sequence[Happened], *, after: date, counts: Calendar
) -> Paused:
    """Return the days after a start on which a clock stands still.

    ``counts`` tells which days use up a cap: for a period in working days only these do.
    """
    days: set[date] = set()
    working: list[Step] = []
    open_since = None
    for rule in rules:
        used: set[date] = set()
        for first, last in _spans(rule, events):
            if last is not None and last <= after:
                continue
            begins = first if rule.leaves_out in {Ends.BOTH, Ends.FIRST} else first + ONE_DAY
            span, capped = _within_cap(
                rule, max(begins, after + ONE_DAY), last, used=used, counts=counts
            )
            if span is None:
                open_since = first
                continue
            used |= {day for day in span if counts.is_working(day)}
            days |= set(span)
            working += _told(rule, first, last, span, capped=capped)
    return Paused(frozenset(days), open_since, tuple(working))


def _told(
    rule: Pause, first: date, last: date | None, span: Sequence[date], *, capped: bool
) -> Iterator[Step]:
    if last is None:
        yield step("pause-open", first=first)
    else:
        yield step("pause", first=first, last=last)
    if capped:
        yield step("pause-cap", at_most=rule.at_most, on=span[-1] if span else first)


def _spans(rule: Pause, events: Sequence[Happened]) -> Iterator[tuple[date, date | None]]:
    """Yield the first and last day of each pause; None while it is open.

    A question that is repeated while it is open prolongs nothing: the pause ends on the day that
    the first question named, or on the day of the repetition where it named none.
    """
    begun: Happened | None = None
    for event in of_codes(events, (*rule.starts, *rule.ends)):
        if begun is not None and begun.until is not None and event.on > begun.until:
            yield begun.on, begun.until
            begun = None
        if event.code in rule.ends and begun is not None:
            yield begun.on, event.on
            begun = None
        elif event.code in rule.starts:
            if begun is None:
                begun = event
            elif begun.until is None:
                yield begun.on, event.on
                begun = None
    if begun is not None:
        yield begun.on, begun.until


def _within_cap(
    rule: Pause, day: date, last: date | None, *, used: set[date], counts: Calendar
) -> tuple[list[date] | None, bool]:
    """Return the days of a pause from a day on, cut at the cap, and whether it was cut.

    None stands for a pause with no end in sight.
    """
    if last is None and rule.at_most is None:
        return None, False
    left = None if rule.at_most is None else rule.at_most - len(used)
    days: list[date] = []
    while last is None or day <= last:
        if day == last and rule.leaves_out in {Ends.FIRST, Ends.NEITHER}:
            break
        if left is not None and counts.is_working(day) and day not in used:
            if not left:
                return days, True
            left -= 1
        days.append(day)
        day += ONE_DAY
    return days, False
