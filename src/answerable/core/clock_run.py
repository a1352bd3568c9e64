"""One run of a clock: its pauses, its extensions, and what begins it anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answerable.core.calendars import EVERY_DAY, Calendar
from answerable.core.counting import Step, counted, step
from answerable.core.happened import Happened, of_codes
from answerable.core.pauses import paused_days
from answerable.core.period import Period
from answerable.core.procedure import (
    Clock,
    Extension,
)


@dataclass(frozen=True, slots=True)
class Run:
    """A clock that runs in days: its rules, what happened, and the calendar it is counted on.

    ``promised`` is the day that the promise names which the clock runs from: who promises is held
    to it, where the period alone would leave longer.
    """

    clock: Clock
    events: Sequence[Happened]
    calendar: Calendar
    promised: date | None = None

    def end(self, period: Period, start: date) -> tuple[date | None, list[Step]]:
        """Return the end of the last run: a reset before the end begins the count anew."""
        on, steps = self._extended(period, start)
        for event in of_codes(self.events, self.clock.resets):
            if event.on < start:
                continue
            if on is not None and event.on > on:
                return on, [*steps, step("reset-too-late", event=event.code, on=event.on)]
            start = event.on
            on, more = self._extended(period, start)
            steps = [*steps, step("reset", event=event.code, on=event.on), *more]
        return on, steps

    def _extended(self, period: Period, start: date) -> tuple[date | None, list[Step]]:
        """Return the end of one run with its extensions."""
        on, working = self._once(period, start)
        extensions = self._extensions(start)
        if self.promised is not None and on is not None and start <= self.promised < on:
            period, start = Period(0, period.unit), self.promised
            on = self.promised
            working.append(step("promised", to=on))
            extensions = [pair for pair in extensions if pair[0].promised is None]
        for event, rule in extensions:
            if on is None:
                break
            if event.on > on:
                working.append(step("extension-too-late", event=event.code, on=event.on))
            elif rule.by is None:
                on, more = _to_date(on, event)
                period, start = Period(0, period.unit), on
                working += more
            else:
                period, start = _longer(period, rule.by, start, on)
                on, more = self._once(period, start)
                told = step("extended", event=event.code, on=event.on, **_length(rule.by))
                working += [told, *more]
        return on, working

    def _extensions(self, start: date) -> list[tuple[Happened, Extension]]:
        found = [
            (event, rule)
            for rule in self.clock.extensions
            for event in [e for e in of_codes(self.events, [rule.event]) if e.on >= start][
                : rule.times
            ]
        ]
        return sorted(found, key=lambda pair: pair[0].on)

    def _once(self, period: Period, start: date) -> tuple[date | None, list[Step]]:
        # For working days only these use up the cap of a pause.
        counts = self.calendar if period.unit.skips_days_off else EVERY_DAY
        paused = paused_days(self.clock.pauses, self.events, after=start, counts=counts)
        told = step("period", backwards=int(period.backwards), **_length(period))
        end = counted(
            period,
            start,
            counting=self.clock.counting,
            calendar=self.calendar,
            paused=paused.days,
        )
        steps = [told, *paused.working, *end.working]
        since = paused.open_since
        if since is not None and end.on is not None and since <= end.on:
            return None, [told, *paused.working, step("paused-since", on=since)]
        return end.on, steps


def _to_date(on: date, event: Happened) -> tuple[date, list[Step]]:
    if event.until is None:
        return on, [step("extension-without-date", event=event.code, on=event.on)]
    if event.until <= on:
        return on, [step("extension-not-later", event=event.code, to=event.until)]
    return event.until, [step("extended-to", event=event.code, on=event.on, to=event.until)]


def _longer(period: Period, by: Period, start: date, on: date) -> tuple[Period, date]:
    """Return what is counted, and from when, once a period is extended by a length.

    Thirty working days more are counted on from the end as it was before a day off moved it.
    """
    if by.unit is period.unit:
        return period._replace(length=period.length + by.length), start
    return by, on


def _length(period: Period) -> dict[str, int | str]:
    return {"length": period.length, "unit": period.unit.value}
