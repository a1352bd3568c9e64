"""What holds for every procedure and every calendar that can be written as a file."""

import json
from datetime import date
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.core.acts import ActCode, Seat
from answerable.core.calendars import Calendar
from answerable.core.case.act_codes import ACT_CODES, CASE_SEATS, DOERS, EVENT_STATES
from answerable.core.period import Counting, DayOfEvent, DayOff, Period, Unit
from answerable.core.procedure import (
    ActRule,
    Bound,
    Clock,
    Door,
    Ends,
    Event,
    Extension,
    Pause,
    Procedure,
    ProcedureKind,
    SeatRule,
    Source,
    Start,
    Undertaking,
)
from answerable.core.proceeding.publication import PUBLISHED
from answerable.core.seats import COMPLAINANT
from answerable.forms.calendar_file import read_calendar
from answerable.forms.procedure_file import STANDARDS, read_procedure
from tests.support.procedure_text import calendar_tree, procedure_tree

CODES = st.from_regex(r"[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
LINES = st.text(st.sampled_from("abកខ្ា é:#-'\"&*!{[%\U0001f600"), min_size=1, max_size=12)
WORDS = LINES.map(str.strip).filter(lambda text: text not in {"", "~", "null"})
TITLES = st.fixed_dictionaries({"en": WORDS}, optional={"km": WORDS, "fr": WORDS})
NOTHING: dict[str, str] = {}
TEXTS = st.just(NOTHING) | TITLES
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
URLS = st.just("") | st.just("https://rules.example/1")
SOURCES = st.lists(st.builds(Source, WORDS, URLS, st.just("") | WORDS), max_size=2).map(tuple)
LENGTHS = st.integers(1, 10_000)
SKIPPING = [Unit.WORKING_DAY, Unit.BUSINESS_DAY]
DAYLIKE = [Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR]
BACK, FORTH = st.just(True), st.just(False)  # noqa: FBT003 - values of a field
FORWARDS = st.builds(Period, LENGTHS, st.sampled_from([*SKIPPING, *DAYLIKE]), FORTH)
THROUGH = st.one_of(
    st.builds(Period, LENGTHS, st.sampled_from([*SKIPPING, *DAYLIKE, Unit.HOUR]), BACK),
    st.builds(Period, LENGTHS, st.just(Unit.HOUR), FORTH),
)
OFTEN = st.booleans()
SMALL = st.none() | st.integers(1, 1000)


@st.composite
def clocks(
    draw: st.DrawFn, code: str, *, seats: list[Seat], events: list[ActCode], ended: list[Clock]
) -> Clock:
    """Draw a clock; it may begin at the ends of clocks that were drawn before."""
    some = st.lists(st.sampled_from(events), min_size=1, max_size=2, unique=True).map(tuple)
    starts = [Start(event) for event in draw(some)]
    dated: list[str] = [one.code for one in ended if one.period or one.bound is Bound.BEFORE]
    begins_later: bool = draw(OFTEN)
    if dated and begins_later:
        starts.append(Start(end_of=draw(st.sampled_from(dated))))
    period = draw(st.none() | FORWARDS | THROUGH)
    moves = period is not None and not period.backwards and period.unit is not Unit.HOUR
    none: st.SearchStrategy[tuple[()]] = st.just(())
    pauses = st.builds(Pause, some, some, st.sampled_from(Ends), SMALL)
    by = st.builds(Extension, st.sampled_from(events), st.none() | FORWARDS, st.integers(1, 1000))
    is_daylike = period is not None and period.unit in DAYLIKE
    confirmed = draw(st.booleans())
    return Clock(
        code=code,
        titles=draw(TITLES),
        owes=draw(st.sampled_from(seats)),
        starts=tuple(starts),
        period=period,
        bound=draw(st.sampled_from(Bound)),
        binding=draw(st.booleans()),
        counting=Counting(
            draw(st.sampled_from(["", "kh", "lake"])),
            draw(st.sampled_from(DayOfEvent)),
            draw(st.sampled_from(DayOff)),
            draw(st.integers(0, 3)) if is_daylike else 0,
        ),
        pauses=draw(st.lists(pauses, max_size=2).map(tuple) if moves else none),
        resets=draw(none | some) if moves else (),
        extensions=draw(st.lists(by, max_size=2).map(tuple) if moves else none),
        met_by=draw(none | some),
        missed=draw(TEXTS),
        note=draw(TEXTS),
        confirmed=confirmed,
        doubt="" if confirmed else draw(WORDS),
        sources=draw(SOURCES),
    )


def act_rules(act: ActCode, seats: list[Seat]) -> st.SearchStrategy[ActRule]:
    by = tuple(seat for seat in DOERS[act] if seat in seats)
    return st.builds(
        ActRule,
        st.just(act),
        st.just(by),
        two_persons=st.booleans(),
        # Who reports is never asked for a key as a condition.
        signed=st.sampled_from((False,) if COMPLAINANT in (by or DOERS[act]) else (False, True)),
        at_most=SMALL,
    )


def in_hours(clock: Clock) -> bool:
    periods = (clock.period, *clock.by_class.values())
    return any(period is not None and period.unit is Unit.HOUR for period in periods)


@st.composite
def event(
    draw: st.DrawFn, code: ActCode, seats: list[Seat], classes: dict[str, Any], *, is_case: bool
) -> Event:
    by = draw(st.lists(st.sampled_from(seats), min_size=int(is_case), max_size=2, unique=True))
    return Event(
        code,
        draw(TITLES),
        tuple(by),
        when=draw(st.sampled_from(EVENT_STATES)) if is_case else "any",
        public=draw(st.booleans()),
        class_=draw(st.sampled_from(["", *classes])) if is_case else "",
    )


VERSIONS = st.sampled_from(["1", "2012", "2024-08-23"])


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    kind = draw(st.sampled_from(ProcedureKind))
    is_case = kind is ProcedureKind.CASE
    free = st.sampled_from(CASE_SEATS) if is_case else CODES.map(Seat)
    seats = draw(st.lists(free, min_size=1, unique=True))
    own = CODES.filter(lambda code: code not in ACT_CODES).map(ActCode)
    events = draw(st.lists(own, min_size=1, max_size=4, unique=True))
    known = [*events, *sorted(ACT_CODES)] if is_case else events
    made: list[Clock] = []
    for code in draw(st.lists(CODES, max_size=4, unique=True)):
        one = draw(clocks(code, seats=seats, events=known, ended=made))
        # On a case what happens has its day, and nobody knows its hour.
        if not is_case or not in_hours(one) or not {s.event for s in one.starts} & {*events}:
            made.append(one)
    again = {one.code: one for one in made[2:] if {s.event for s in one.starts} & {*one.met_by}}
    classes = draw(st.dictionaries(CODES, TITLES, max_size=2))
    some_seats = st.lists(st.sampled_from(seats), max_size=2, unique=True).map(tuple)
    acts = draw(st.lists(st.sampled_from(sorted(ACT_CODES)), max_size=2 * is_case))
    return Procedure(
        id=draw(CODES),
        version=draw(VERSIONS),
        in_force_from=draw(st.none() | DAYS),
        kind=kind,
        titles=draw(TITLES),
        time_zone=draw(st.sampled_from(["Asia/Phnom_Penh", "UTC"])),
        seats={seat: SeatRule(seat, draw(TITLES), draw(st.booleans())) for seat in seats},
        clocks={one.code: one for one in made if one.code not in again},
        acts={act: draw(act_rules(act, seats)) for act in acts},
        events={code: draw(event(code, seats, classes, is_case=is_case)) for code in events},
        recurring=again,
        classes=classes,
        standard_of_proof=draw(st.sampled_from(STANDARDS)) if is_case else "",
        drafts_read_by=draw(some_seats) if is_case else (),
        publication=draw(TEXTS),
        publishes="" if is_case else draw(st.sampled_from(["", *PUBLISHED])),
        undertaking=draw(st.none() | st.builds(Undertaking, TITLES, WORDS, DAYS)),
        outside_doors=tuple(draw(st.lists(st.builds(Door, TITLES, TITLES), max_size=2))),
        sources=draw(SOURCES),
    )


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    first, last = sorted(draw(st.tuples(DAYS, DAYS)))
    within = st.dates(first, last)
    return Calendar(
        code=draw(CODES),
        version=draw(st.sampled_from(["1", "2020-04"])),
        weekend=draw(st.frozensets(st.integers(0, 6))),
        holidays=draw(st.dictionaries(within, WORDS, max_size=4)),
        first=first,
        last=last,
        sessions=tuple(sorted(draw(st.sets(within, max_size=3)))),
        confirmed=draw(st.booleans()),
        titles=draw(TITLES),
        sources=draw(SOURCES),
    )


@given(procedures())
@settings(deadline=None, max_examples=40)
def test_any_procedure_written_as_a_file_reads_back_equal(procedure: Procedure) -> None:
    tree = procedure_tree(procedure)
    for name, text in (
        ("a.yaml", yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)),
        ("a.json", json.dumps(tree)),
    ):
        read = read_procedure(text.encode(), name, ["kh", "lake"])
        assert read.faults == ()
        assert read.value == procedure


@given(calendars())
@settings(deadline=None)
def test_any_calendar_written_as_a_file_reads_back_equal(calendar: Calendar) -> None:
    text = yaml.safe_dump(calendar_tree(calendar), allow_unicode=True, sort_keys=False)
    read = read_calendar(text.encode(), "a.yaml")
    assert read.faults == ()
    assert read.value == calendar


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | LINES,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["titles", "owes", "starts", "period", "counting", "en", "end-of", "a"]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
@settings(deadline=None, max_examples=60)
def test_whatever_stands_in_a_clock_is_read_or_refused_and_never_a_crash(value: object) -> None:
    tree = {
        "format": "answerable/procedure/v1",
        "id": "a",
        "version": "1",
        "kind": "case",
        "titles": {"en": "A"},
        "time-zone": "UTC",
        "seats": value,
        "clocks": {"one": value},
        "recurring": value,
    }
    read = read_procedure(json.dumps(tree).encode(), "a.json", ())
    assert (read.value is None) == bool(read.faults)
