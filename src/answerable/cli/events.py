"""What happened when, as it is typed on a command line: ``report-sent=2019-11-12``."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from answerable.cli.errors import UnknownZone
from answerable.core.acts import ActCode
from answerable.core.case.act_codes import ACT_CODES
from answerable.core.case.vocabulary import nearest
from answerable.core.errors import Malformed
from answerable.core.happened import Happened
from answerable.core.procedure import Clock, Procedure, ProcedureKind

_WHEN = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2})(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_UNTIL = ".."
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d"))


class UnreadableEvent(Malformed):
    """An event is not written as ACT=DATE; ``reason`` is form, date or impossible."""

    code = "unreadable-event"


class UnknownEvent(Malformed):
    """The procedure knows no such act or event; ``known`` lists those that move the clock."""

    code = "unknown-event"


def happened(typed: str, procedure: Procedure, clock: Clock) -> Happened:
    """Return what was typed as ACT=DATE, or as ACT=DATE..DATE where the act names a date.

    Raises:
        UnreadableEvent, UnknownEvent, UnknownZone.
    """
    code, equals, when = typed.translate(_NO_WIDTH).partition("=")
    if not equals or not code.strip():
        raise UnreadableEvent("not ACT=DATE", found=typed, reason="form")
    act = _act(code.strip(), procedure, clock)
    first, _, until = _in_ascii(when).partition(_UNTIL)
    on, at = _moment(first, procedure.time_zone, typed)
    return Happened(act, on, at, _moment(until, procedure.time_zone, typed)[0] if until else None)


def that_move(clock: Clock, procedure: Procedure) -> Sequence[ActCode]:
    """Return what a clock refers to, and the clocks at whose ends it begins."""
    return tuple(dict.fromkeys(_that_move(clock, procedure, {clock.code})))


def _that_move(clock: Clock, procedure: Procedure, seen: set[str]) -> Iterator[ActCode]:
    for start in clock.starts:
        if start.event is not None:
            yield start.event
        elif start.end_of and start.end_of not in seen:
            seen.add(start.end_of)
            yield from _that_move(procedure.clock(start.end_of), procedure, seen)
    for pause in clock.pauses:
        yield from (*pause.starts, *pause.ends)
    yield from clock.resets
    yield from (extension.event for extension in clock.extensions)


def _act(code: str, procedure: Procedure, clock: Clock) -> ActCode:
    acts = ACT_CODES if procedure.kind is ProcedureKind.CASE else ()
    known = {*procedure.events, *acts}
    if ActCode(code) in known:
        return ActCode(code)
    moving = that_move(clock, procedure)
    raise UnknownEvent(
        f"no event {code}",
        found=code,
        procedure=procedure.name,
        nearest=nearest(code, moving) or nearest(code, known),
        known=", ".join(moving),
    )


def _in_ascii(text: str) -> str:
    """Return text with Khmer and other digits as those of ASCII."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.strip())


def _moment(text: str, zone: str, typed: str) -> tuple[date, datetime | None]:
    """Return the day in the zone, and the instant where an hour was typed."""
    found = _WHEN.fullmatch(text)
    if found is None:
        raise UnreadableEvent("not a date", found=typed, reason="date")
    try:
        day = date.fromisoformat(found["day"])
        if found["time"] is None:
            return day, None
        at = datetime.fromisoformat(f"{found['day']}T{found['time']}{found['offset'] or ''}")
    except ValueError:
        raise UnreadableEvent("no such day or hour", found=typed, reason="impossible") from None
    return _in_zone(at, zone)


def _in_zone(at: datetime, zone: str) -> tuple[date, datetime]:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only who gives an hour waits for it

    try:
        there = ZoneInfo(zone)
    except (KeyError, OSError, ValueError) as problem:  # ZoneInfoNotFoundError is a KeyError
        raise UnknownZone(str(problem), zone=zone) from None
    local = at.replace(tzinfo=there) if at.tzinfo is None else at.astimezone(there)
    # With a fixed offset, hours that are added pass on the clock of the world.
    fixed = timezone(local.utcoffset() or timedelta())
    return local.date(), local.astimezone(UTC).astimezone(fixed)
