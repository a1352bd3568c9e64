"""Writes procedures and calendars as files: the opposite of what ``forms`` reads."""

from collections.abc import Mapping, Sequence
from typing import Any

from answerable.core.calendars import Calendar
from answerable.core.period import Counting, Period
from answerable.core.procedure import (
    Clock,
    Extension,
    Pause,
    Procedure,
    ProcedureKind,
    Source,
    Start,
)

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def procedure_tree(procedure: Procedure) -> dict[str, Any]:
    """Return what a file of the procedure says: every value written out, none left to a default."""
    tree: dict[str, Any] = {
        **_head(procedure),
        "seats": {
            code: {"titles": dict(seat.titles), "outside": _yes(seat.outside)}
            for code, seat in procedure.seats.items()
        },
        "events": {
            code: {
                "titles": dict(event.titles),
                "by": list(event.by),
                "when": event.when if procedure.kind is ProcedureKind.CASE else "",
                "public": _yes(event.public),
                "class": event.class_,
            }
            for code, event in procedure.events.items()
        },
        "acts": {
            code: {
                "by": list(rule.by),
                "two-persons": _yes(rule.two_persons),
                "signed": _yes(rule.signed),
                "at-most": _number(rule.at_most),
            }
            for code, rule in procedure.acts.items()
        },
        "classes": {code: {"titles": dict(t)} for code, t in procedure.classes.items()},
        "clocks": {code: _clock(clock) for code, clock in procedure.clocks.items()},
        "recurring": {code: _clock(clock) for code, clock in procedure.recurring.items()},
        "standard-of-proof": procedure.standard_of_proof,
        "drafts-read-by": list(procedure.drafts_read_by),
        **_rest(procedure),
    }
    return without_nothing(tree)


def _head(procedure: Procedure) -> dict[str, Any]:
    return {
        "format": "answerable/procedure/v1",
        "id": procedure.id,
        "version": procedure.version,
        "in-force-from": procedure.in_force_from and procedure.in_force_from.isoformat(),
        "kind": procedure.kind.value,
        "titles": dict(procedure.titles),
        "time-zone": procedure.time_zone,
    }


def _rest(procedure: Procedure) -> dict[str, Any]:
    undertaking = procedure.undertaking
    return {
        "publication": dict(procedure.publication),
        "publishes": procedure.publishes,
        "undertaking": undertaking
        and {
            "text": dict(undertaking.text),
            "signed-by": undertaking.signed_by,
            "signed-on": undertaking.signed_on.isoformat(),
        },
        "outside-doors": [
            {"titles": dict(door.titles), "how": dict(door.how)} for door in procedure.outside_doors
        ],
        "sources": list(map(_source, procedure.sources)),
    }


def calendar_tree(calendar: Calendar) -> dict[str, Any]:
    return {
        "format": "answerable/calendar/v1",
        "code": calendar.code,
        "version": calendar.version,
        "titles": dict(calendar.titles),
        "weekend": [_WEEK[day] for day in sorted(calendar.weekend)],
        "first": calendar.first.isoformat(),
        "last": calendar.last.isoformat(),
        "holidays": {day.isoformat(): name for day, name in calendar.holidays.items()},
        "sessions": [day.isoformat() for day in calendar.sessions],
        "confirmed": _yes(calendar.confirmed),
        "sources": list(map(_source, calendar.sources)),
    }


def without_nothing(tree: dict[str, Any]) -> dict[str, Any]:
    """Return a tree without the fields that hold nothing."""
    return {
        key: without_nothing(value) if isinstance(value, dict) else value
        for key, value in tree.items()
        if value not in (None, "", [], {})
    }


def period_text(period: Period) -> str:
    unit = period.unit.value.replace("-", " ")
    before = " before" if period.backwards else ""
    return f"{period.length} {unit}{'' if period.length == 1 else 's'}{before}"


def _clock(clock: Clock) -> dict[str, Any]:
    return {
        "titles": dict(clock.titles),
        "owes": clock.owes,
        "starts": [_start(start) for start in clock.starts],
        "period": clock.period and period_text(clock.period),
        "period-by-class": {code: period_text(one) for code, one in clock.by_class.items()},
        "bound": clock.bound.value,
        "binding": _yes(clock.binding),
        "calendar": clock.counting.calendar,
        "counting": _counting(clock.counting),
        "pauses": list(map(_pause, clock.pauses)),
        "resets": list(clock.resets),
        "extensions": list(map(_extension, clock.extensions)),
        "met-by": list(clock.met_by),
        "missed": dict(clock.missed),
        "note": dict(clock.note),
        "confirmed": _yes(clock.confirmed),
        "doubt": clock.doubt,
        "sources": list(map(_source, clock.sources)),
    }


def _start(start: Start) -> str | Mapping[str, str]:
    return start.event or {"end-of": start.end_of or ""}


def _counting(counting: Counting) -> dict[str, str]:
    return {
        "reading": counting.reading.value,
        "day-off": counting.day_off.value,
        "least-working-days": str(counting.least_working_days or ""),
    }


def _pause(pause: Pause) -> Mapping[str, Any]:
    return without_nothing(
        {
            "starts": list(pause.starts),
            "ends": list(pause.ends),
            "leaves-out": pause.leaves_out.value,
            "at-most": _number(pause.at_most),
        }
    )


def _extension(extension: Extension) -> Mapping[str, Any]:
    return without_nothing(
        {
            "event": extension.event,
            "by": extension.by and period_text(extension.by),
            "times": str(extension.times),
        }
    )


def _source(source: Source) -> Mapping[str, str]:
    fields: Sequence[tuple[str, str]] = (
        ("title", source.title),
        ("url", source.url),
        ("confidence", source.confidence),
    )
    return {key: value for key, value in fields if value}


def _yes(value: bool) -> str:  # noqa: FBT001 - what is written for either
    return "yes" if value else "no"


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
