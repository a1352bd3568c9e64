"""What a proceeding's bodies, dates and sendings are called on its public page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from answerable.core.acts import By
from answerable.core.calendars import EVERY_DAY
from answerable.core.happened import happened_at
from answerable.core.lateness import day_of, days_by, left_of
from answerable.core.owed import Owed
from answerable.core.procedure import Bound, Procedure
from answerable.core.register.shown_response import ShownResponse
from answerable.web.register.rendering import RegisterWords
from answerable.web.source import Due

_HOUR, _DAY = 3600, 24


@dataclass(frozen=True, slots=True)
class ResponseWords:
    """The words of one proceeding. Everything is told as of the register's instant."""

    words: RegisterWords
    one: ShownResponse

    @property
    def procedure(self) -> Procedure | None:
        return self.words.register.rules.procedures.get(str(self.one.first.facts.get("procedure")))

    @property
    def theirs(self) -> tzinfo:
        """The time zone in which the monitor counts its days."""
        return ZoneInfo(self.procedure.time_zone) if self.procedure else self.words.source.zone

    def say(self, key: str, /, **facts: str | int | None) -> str:
        return self.words.say(key, **facts)

    def body(self, party: str) -> str:
        return self.words.body(party)

    def by(self, by: By) -> str:
        return self.body(by.party)

    def turn(self) -> str:
        """Return whose turn it is: bodies by name."""
        _, seat = self.one.place()
        if seat is None:
            return self.say("page.nobody")
        now = self.one.now
        waiting = {
            party: None
            for point in now.points.values()
            for party, body in point.asked().items()
            if not body.given
        }
        parties = {"collector": [now.collector], "monitor": [now.monitor], "body": [*waiting]}
        names = ", ".join(map(self.body, parties.get(seat, [])))
        return self.say("page.seat", seat=self.words.seat(seat), parties=names or None)

    # --- When ---

    def moment(self, at: datetime) -> str:
        told = self.words.catalogue.hour(at.replace(tzinfo=None).isoformat(timespec="minutes"))
        place = self.words.catalogue.city(str(at.tzinfo))
        return self.say("proceeding.moment", at=told, place=place)

    def instant(self, at: int) -> str:
        """Return an instant in both time zones, where they differ."""
        moment = datetime.fromtimestamp(at / 1000, UTC)
        ours = self.moment(moment.astimezone(self.words.source.zone))
        if str(self.theirs) == str(self.words.source.zone):
            return ours
        theirs = self.moment(moment.astimezone(self.theirs))
        return self.say("proceeding.both", theirs=ours, ours=theirs)

    def deadline(self, due_on: str) -> tuple[datetime, str]:
        """Return the instant at which a date is over, and its words in both time zones."""
        if "T" in due_on:
            end = datetime.fromisoformat(due_on).astimezone(self.theirs)
            told = self.moment(end)
        else:
            on = date.fromisoformat(due_on)
            end = datetime(on.year, on.month, on.day, tzinfo=self.theirs) + timedelta(days=1)
            place = self.words.catalogue.city(str(self.theirs))
            day = self.words.catalogue.day(due_on)
            told = self.say("proceeding.end-of-day", day=day, place=place)
        if str(self.theirs) == str(self.words.source.zone):
            return end, told
        ours = self.moment(end.astimezone(self.words.source.zone))
        return end, self.say("proceeding.both", theirs=told, ours=ours)

    # --- Sent, or not ---

    def sent_or_not(self) -> Iterator[str]:
        """Yield whether the response was sent, and when; or not, and what time is left."""
        now = self.one.now
        for act in self.one.sendings:
            envelope = act.envelope
            acknowledged = envelope.sequence in now.acknowledged
            key = "proceeding.sent-acknowledged" if acknowledged else "proceeding.sent"
            yield self.say(key, at=self.instant(envelope.at), act=envelope.sequence)
            yield from self._was_late(envelope.sequence)
        answer = None if self.one.sendings else self.the_answer()
        if self.one.sendings:
            return
        if answer is None or answer.due_on is None:
            yield self.say("proceeding.not-sent")
            return
        end, told = self.deadline(answer.due_on)
        left = (end - self._now()).total_seconds() / _HOUR
        unit = "hours" if abs(left) < 2 * _DAY else "days"
        key = f"proceeding.late-{unit}" if left <= 0 else f"proceeding.not-sent-{unit}"
        hours = int(abs(left))
        yield self.say(key, due=told, hours=hours, days=hours // _DAY)
        yield from self._days(answer.due_on)
        if not answer.confirmed:
            yield self.say("web.period-not-confirmed")

    def is_late(self) -> bool:
        """Whether the response was not sent, and its day is over."""
        answer = None if self.one.sendings else self.the_answer()
        due = None if answer is None or answer.due_on is None else answer.due_on
        return due is not None and self.deadline(due)[0] <= self._now()

    def the_answer(self) -> Owed | None:
        """Return what is owed until the response is sent, None where nothing waits for it."""
        procedure = self.procedure
        answer = None if procedure is None else procedure.events.get(procedure.answer)  # type: ignore[arg-type]
        if procedure is None or answer is None:
            return None
        codes = {
            code
            for code, clock in procedure.clocks.items()
            if answer.code in clock.met_by and clock.owes in answer.by
        }
        waiting = [one for one in self.one.owed if one.met_by is None and one.code in codes]
        return min(waiting, key=lambda one: one.due_on or "~", default=None)

    def _now(self) -> datetime:
        return self.words.source.now.astimezone(self.theirs)

    def _was_late(self, sent: int) -> Iterator[str]:
        act = self.one.act(sent)
        for item in self.one.owed if act is not None else ():
            if act is not None and item.met_by == sent and self._is_of_monitor(item):
                left = left_of(item, happened_at(act.envelope, self.theirs))
                if left is not None and left.late:
                    due = self.deadline(str(item.due_on))[1]
                    yield self.say("proceeding.sent-late", days=max(1, -left.days), due=due)

    def _is_of_monitor(self, item: Owed) -> bool:
        return self.procedure is not None and item.code in self.procedure.clocks

    def _days(self, due_on: str) -> Iterator[str]:
        """Yield the working days that are left, by each calendar of the register."""
        now = self._now()
        until = day_of(due_on, now)
        for calendar in self.words.register.rules.calendars.values():
            left = calendar.working_days(now.date(), until)
            if left and calendar != EVERY_DAY:
                title = self.words.titled(calendar.titles, calendar.name)
                yield self.say("proceeding.working-days", days=left, calendar=title)

    # --- What is owed ---

    def due(self, item: Owed) -> Due:
        """Return what is owed with what is left, by the days of the monitor's procedure."""
        clock = None if self.procedure is None else self.procedure.clocks.get(item.code)
        bound = Bound.AT_LATEST if clock is None else clock.bound
        if clock is not None and not clock.met_by:
            # What no act meets only ends.
            bound = Bound.NOT_BEFORE
        zone = self._now() if self._is_of_monitor(item) else self.words.source.now
        counted = days_by(clock, self.words.register.calendar_of(item))
        return Due(self.one.number, item, left_of(item, zone, bound, counted), bound)

    def owner(self, item: Owed) -> str:
        """Return who owes something: bodies by name, others as the procedure calls them."""
        now = self.one.now
        party = {"collector": now.collector, "monitor": now.monitor}.get(item.seat)
        seat = None if self.procedure is None else self.procedure.seats.get(item.seat)
        if party:
            return self.body(party)
        if seat is None:
            return self.words.seat(item.seat)
        return self.words.titled(seat.titles, item.seat)
