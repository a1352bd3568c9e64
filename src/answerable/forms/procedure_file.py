"""Reads the file of a procedure: seats, acts, events and clocks, and whether they fit together."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from answerable.casework.procedures import Checked
from answerable.core.acts import ActCode, Seat
from answerable.core.case.act_codes import ACT_CODES, BY_ACTS, CASE_SEATS, DOERS, EVENT_STATES
from answerable.core.case.vocabulary import code_among
from answerable.core.period import Counting, Unit
from answerable.core.procedure import (
    ActRule,
    Bound,
    Clock,
    Door,
    Event,
    Procedure,
    ProcedureKind,
    SeatRule,
    Titles,
    Undertaking,
)
from answerable.core.proceeding.publication import PUBLISHED
from answerable.core.seats import COMPLAINANT
from answerable.forms.clock_form import clock, counting, sources
from answerable.forms.faults import (
    ActWidened,
    ClocksInACircle,
    CodeTaken,
    DoesNotRecur,
    EndlessStart,
    ImpossiblePeriod,
    NobodyRecords,
    NoSuchTimeZone,
    OnlyForCases,
    OnlyForProceedings,
    SignedByComplainant,
)
from answerable.forms.rules_file import opened
from answerable.forms.sheet import (
    Fields,
    Value,
    choice,
    code,
    count,
    day,
    line,
    reference,
    titles,
    version,
    yes,
)

T = TypeVar("T")

FORMAT = "answerable/procedure/v1"
_KEYS = (
    *("format", "id", "version", "in-force-from", "kind", "titles", "time-zone", "calendar"),
    *("counting", "sources", "seats", "events", "answer", "acts", "classes", "clocks", "recurring"),
    *("standard-of-proof", "drafts-read-by", "publication", "undertaking", "outside-doors"),
    "publishes",
)
STANDARDS = (
    "balance-of-probabilities",
    "reasonable-grounds",
    "clear-and-convincing",
    "beyond-reasonable-doubt",
)
"""The standards of proof; the first is meant where a procedure for cases names none."""
_OF_CASES = ("acts", "standard-of-proof", "drafts-read-by")
_OF_PROCEEDINGS = ("answer", "publishes")
_EVENT_OF_CASES = ("when", "class")


def read_procedure(
    data: bytes, name: str, calendars: Collection[str] | None = None
) -> Checked[Procedure]:
    """Return the procedure of a file, or all that is wrong with it.

    ``calendars`` are the codes that clocks may name; None where that is not to be looked at.
    """
    return opened(data, name, FORMAT, "procedure").read(lambda root: _procedure(root, calendars))


def _procedure(root: Value, calendars: Collection[str] | None) -> Procedure:
    fields = root.fields(*_KEYS)
    kind = fields.need("kind", choice(ProcedureKind), ProcedureKind.CASE)
    is_case = kind is ProcedureKind.CASE
    given = _counting(fields)
    made = Procedure(
        id=fields.need("id", code, ""),
        version=fields.need("version", version, ""),
        in_force_from=fields.read("in-force-from", day, None),
        kind=kind,
        titles=fields.need("titles", titles, {}),
        time_zone=fields.need("time-zone", _time_zone, ""),
        seats={Seat(key): one for key, one in _keyed(fields, "seats", _seat(kind)).items()},
        clocks=_clocks(fields, "clocks", given),
        acts={ActCode(key): one for key, one in _keyed(fields, "acts", _act).items()},
        events={ActCode(key): one for key, one in _keyed(fields, "events", _event(kind)).items()},
        answer=fields.read("answer", lambda value: ActCode(reference("event")(value)), None),
        recurring=_clocks(fields, "recurring", given),
        classes=_keyed(fields, "classes", _class),
        standard_of_proof=fields.read(
            "standard-of-proof", _standard, STANDARDS[0] if is_case else ""
        ),
        drafts_read_by=_seats(fields, "drafts-read-by"),
        publication=fields.read("publication", titles, {}),
        publishes=fields.read("publishes", _publishes, ""),
        undertaking=fields.read("undertaking", _undertaking, None),
        outside_doors=fields.every("outside-doors", _door),
        sources=sources(fields),
    )
    _check(fields, made, calendars)
    return made


def _counting(fields: Fields) -> Counting:
    plain = Counting(calendar=fields.read("calendar", reference("calendar"), ""))
    return fields.read("counting", lambda value: counting(value, plain), plain)


def _standard(value: Value) -> str:
    return code_among(value.raw, STANDARDS)


def _publishes(value: Value) -> str:
    return code_among(value.raw, PUBLISHED)


def _time_zone(value: Value) -> str:
    name = line(value)
    if not _is_zone(name) and _is_zone("UTC"):  # without any zones here, nobody can say
        raise NoSuchTimeZone("no such time zone", found=name)
    return name


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        return False
    return True


# --- What the file names by codes of its own. ---


def _keyed(fields: Fields, key: str, reader: Callable[[Value], T]) -> dict[str, T]:
    """Return what stands under each code of an object; what cannot be read is left out."""
    found: dict[str, T] = {}
    none: dict[str, Value] = {}
    for name, value in fields.read(key, Value.keyed, none).items():
        one = value.read(reader, None)
        if one is not None:
            found[name] = one
    return found


def _clocks(fields: Fields, key: str, given: Counting) -> dict[str, Clock]:
    return _keyed(fields, key, lambda value: clock(value, given))


def _seat(kind: ProcedureKind) -> Callable[[Value], SeatRule]:
    def read(value: Value) -> SeatRule:
        seat = value.name
        if kind is ProcedureKind.CASE:
            code_among(seat, CASE_SEATS)
        fields = value.fields("titles", "outside")
        return SeatRule(
            code=Seat(seat),
            titles=fields.need("titles", titles, {}),
            outside=fields.read("outside", yes, default=False),
        )

    return read


def _event(kind: ProcedureKind) -> Callable[[Value], Event]:
    def read(value: Value) -> Event:
        event = ActCode(value.name)
        if kind is ProcedureKind.CASE and event in ACT_CODES:
            raise CodeTaken("an act of cases", found=event, reason="act")
        fields = value.fields("titles", "by", "public", *_EVENT_OF_CASES)
        by = _seats(fields, "by")
        if kind is not ProcedureKind.CASE:
            _only_for_cases(fields, _EVENT_OF_CASES)
        if kind is ProcedureKind.CASE and not by and event not in BY_ACTS:
            fields.wrong("by", NobodyRecords("it could never happen", found=event))
        return Event(
            event,
            fields.need("titles", titles, {}),
            by,
            when=fields.read("when", lambda one: code_among(one.raw, EVENT_STATES), "any"),
            public=fields.read("public", yes, default=False),
            class_=fields.read("class", reference("class"), ""),
        )

    return read


def _act(value: Value) -> ActRule:
    act = ActCode(value.name)
    value.refer("act", act)
    fields = value.fields("by", "two-persons", "signed", "at-most")
    by = _seats(fields, "by")
    for seat in by:
        if seat in CASE_SEATS and seat not in DOERS.get(act, CASE_SEATS):
            known = ", ".join(DOERS[act])
            fields.wrong("by", ActWidened("not this seat", found=seat, act=act, known=known))
    signed = fields.read("signed", yes, default=False)
    if signed and COMPLAINANT in (by or DOERS.get(act, ())):
        # Who reports has a key only if they want one, and is never asked for it as a condition.
        fields.wrong("signed", SignedByComplainant("no condition", act=act))
    return ActRule(
        code=act,
        by=by,
        two_persons=fields.read("two-persons", yes, default=False),
        signed=signed,
        at_most=fields.read("at-most", count(1), None),
    )


def _class(value: Value) -> Titles:
    return value.fields("titles").need("titles", titles, {})


def _seats(fields: Fields, key: str) -> tuple[Seat, ...]:
    return fields.each(key, lambda value: Seat(reference("seat")(value)))


def _undertaking(value: Value) -> Undertaking:
    fields = value.fields("text", "signed-by", "signed-on")
    return Undertaking(
        text=fields.need("text", titles, {}),
        signed_by=fields.need("signed-by", line, ""),
        signed_on=fields.need("signed-on", day, date.min),
    )


def _door(value: Value) -> Door:
    fields = value.fields("titles", "how")
    return Door(fields.need("titles", titles, {}), fields.need("how", titles, {}))


# --- Whether it fits together. ---


def _check(fields: Fields, made: Procedure, calendars: Collection[str] | None) -> None:
    is_case = made.kind is ProcedureKind.CASE
    _only_for_cases(fields, () if is_case else _OF_CASES)
    for key in _OF_PROCEEDINGS if is_case else ():
        if fields.has(key):
            fields.wrong(key, OnlyForProceedings("a case has none"))
    events = _said(fields, "events")
    known: dict[str, Collection[str]] = {
        "act": sorted(ACT_CODES),
        "class": _said(fields, "classes"),
        "clock": (*_said(fields, "clocks"), *_said(fields, "recurring")),
        "event": (*events, *sorted(ACT_CODES)) if is_case else events,
        "seat": _said(fields, "seats"),
    }
    if calendars is not None:
        known["calendar"] = calendars
    fields.owner.sheet.check_references(known)
    _check_clocks(fields, made)


def _only_for_cases(fields: Fields, keys: Iterable[str]) -> None:
    for key in keys:
        if fields.has(key):
            fields.wrong(key, OnlyForCases("a proceeding has none"))


def _said(fields: Fields, key: str) -> tuple[str, ...]:
    """Return the codes that stand in the file, those too of what could not be read."""
    said = fields.given[key].raw if fields.has(key) else None
    return tuple(said) if isinstance(said, dict) else ()


def _check_clocks(fields: Fields, made: Procedure) -> None:
    for name, one in made.recurring.items():
        if name in made.clocks:
            fault = CodeTaken("a clock of this code", found=name, reason="clock")
            fields.wrong(f"recurring/{name}", fault)
        if not {start.event for start in one.starts} & set(one.met_by):
            fields.wrong(f"recurring/{name}/met-by", DoesNotRecur("not started by what meets it"))
    told: set[str] = set()
    for path, one in _with_paths(made):
        _check_hours(fields, path, one, made)
        _check_ends(fields, path, one, made)
        circle = _circle(one.code, made)
        if circle and not told & set(circle):
            told |= set(circle)
            shown = ", ".join((*circle, circle[0]))
            fields.wrong(
                f"{path}/starts", ClocksInACircle("they begin at each other", circle=shown)
            )


def _with_paths(made: Procedure) -> Iterator[tuple[str, Clock]]:
    yield from ((f"clocks/{name}", one) for name, one in made.clocks.items())
    yield from ((f"recurring/{name}", one) for name, one in made.recurring.items())


def _before(name: str, made: Procedure) -> list[str]:
    """Return the clocks at whose ends this one begins."""
    one = made.clocks.get(name) or made.recurring.get(name)
    return [start.end_of for start in one.starts if start.end_of] if one else []


def _check_hours(fields: Fields, path: str, one: Clock, made: Procedure) -> None:
    # An event that is recorded on a case has a day, and nobody knows its hour.
    units = {period.unit for period in (one.period, *one.by_class.values()) if period}
    recorded = {code for code, event in made.events.items() if event.by} - BY_ACTS
    begins = bool(recorded & {start.event for start in one.starts})
    if made.kind is ProcedureKind.CASE and Unit.HOUR in units and begins:
        fault = ImpossiblePeriod("an event has no hour", reason="hours-of-an-event")
        fields.wrong(f"{path}/starts", fault)


def _check_ends(fields: Fields, path: str, one: Clock, made: Procedure) -> None:
    for name in _before(one.code, made):
        before = made.clocks.get(name) or made.recurring.get(name)
        if before and not (before.period or before.by_class or before.bound is Bound.BEFORE):
            fields.wrong(f"{path}/starts", EndlessStart("no period, no end", found=name))


def _circle(name: str, made: Procedure) -> tuple[str, ...]:
    """Return the clocks by which the end of one leads back to its own beginning."""
    ways: list[tuple[str, ...]] = [(name,)]
    seen = {name}
    while ways:
        way = ways.pop()
        for before in _before(way[-1], made):
            if before == name:
                return way
            if before not in seen:
                seen.add(before)
                ways.append((*way, before))
    return ()
