"""Which clocks an act starts, meets and moves, by the procedure of its case."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from answerable.core.acts import ActCode, Seat
from answerable.core.calendars import Calendar
from answerable.core.case.clocking import Clocks
from answerable.core.case.dated import Dated
from answerable.core.owed import Owed
from answerable.core.period import Counting, Period, Unit
from answerable.core.procedure import Clock, Event, Extension, Pause, Start
from tests.support.clocks import a_procedure

WEEKENDS = Calendar("training", "1")


def clock(code: str, starts: str, met_by: str, owes: str = "secretariat", **rest: Any) -> Clock:
    return Clock(
        code=code,
        titles={"en": code},
        owes=Seat(owes),
        starts=rest.pop("start", (Start(ActCode(starts)),)),
        period=rest.pop("period", Period(10, Unit.WORKING_DAY)),
        counting=Counting(calendar="training"),
        met_by=(ActCode(met_by),),
        **rest,
    )


INTAKE = clock("intake", "delivered", "accepted")
FINDING = clock(
    "finding",
    "accepted",
    "finding-issued",
    "handler",
    pauses=(Pause((ActCode("asked"),), (ActCode("answered"),)),),
    extensions=(Extension(ActCode("extended"), None),),
)
CLOCKS = Clocks(a_procedure(INTAKE, FINDING), {"training": WEEKENDS})


def act(
    code: str,
    sequence: int,
    day: str,
    *allegations: int,
    seat: str = "secretariat",
    until: str = "",
    of: str = "",
) -> Dated:
    codes = tuple(ActCode(one) for one in code.split())
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    named = date.fromisoformat(until) if until else None
    return Dated(codes, sequence, at, allegations, named, Seat(seat), of)


def event(code: str, sequence: int, day: str, on: str, *allegations: int, **rest: str) -> Dated:
    """Return an event that was recorded on a day, and happened on another."""
    recorded = act(f"event-recorded {code}", sequence, day, *allegations, **rest)
    return recorded._replace(on=date.fromisoformat(on))


def split(sequence: int, day: str, allegation: int, *made: int) -> Dated:
    return act("split", sequence, day, allegation)._replace(made=made)


def owed(code: str, started_by: int, due: str | None, *allegations: int, seat: str) -> Owed:
    return Owed(code, Seat(seat), 0, started_by, due_on=due, allegations=allegations)


def entries(facts: Any, name: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = facts[name]
    return listed


def clocks_in(facts: Any, name: str) -> list[str]:
    return [entry["clock"] for entry in entries(facts, name)]


LODGED = act("submitted delivered", 1, "2026-05-04", 1, 2, seat="complainant")
ACCEPTED = act("accepted", 2, "2026-05-06", 1, 2)
OPEN = owed("finding", 2, "2026-05-20", 1, 2, seat="handler")


def test_lodging_where_the_body_hosts_starts_what_a_delivery_starts() -> None:
    assert CLOCKS.facts([], LODGED, []) == {
        "starts": [
            {
                "clock": "intake",
                "owes": "secretariat",
                "due": "2026-05-18",
                "calendar": "training@1",
            }
        ]
    }


def test_an_act_that_touches_no_clock_says_nothing_of_clocks() -> None:
    assert CLOCKS.facts([LODGED], act("opened", 2, "2026-05-05"), []) is None


def test_what_the_same_act_meets_was_never_owed() -> None:
    delivery = clock("delivery", "submitted", "delivered")
    assert Clocks(a_procedure(delivery), {"training": WEEKENDS}).facts([], LODGED, []) is None


def test_accepting_one_allegation_meets_and_starts_for_that_one() -> None:
    one = act("accepted", 2, "2026-05-06", 1)
    facts = CLOCKS.facts([LODGED], one, [owed("intake", 1, "2026-05-18", 1, 2, seat="secretariat")])
    assert facts is not None
    assert facts["meets"] == [{"clock": "intake", "started-by": 1, "allegations": [1]}]
    assert clocks_in(facts, "starts") == ["finding"]


def test_another_seat_pays_no_debt() -> None:
    other = act("accepted", 2, "2026-05-06", 1, 2, seat="monitor")
    facts = CLOCKS.facts([LODGED], other, [owed("intake", 1, None, 1, 2, seat="secretariat")])
    assert facts is not None
    assert "meets" not in facts


def test_what_has_arrived_has_arrived_whoever_proves_it() -> None:
    delivery = clock("delivery", "submitted", "delivered")
    clocks = Clocks(a_procedure(delivery), {"training": WEEKENDS})
    sent = act("submitted", 1, "2026-05-04", 1, 2, seat="complainant")
    arrived = act("delivered", 2, "2026-05-12", seat="complainant")
    still = [owed("delivery", 1, "2026-05-18", 1, 2, seat="secretariat")]
    assert clocks_in(clocks.facts([sent], arrived, still), "meets") == ["delivery"]


def test_what_an_act_of_the_whole_case_starts_is_owed_for_each_allegation() -> None:
    sent = act("submitted", 1, "2026-05-04", 1, 2, seat="complainant")
    facts = CLOCKS.facts([sent], act("delivered", 2, "2026-05-12"), [], (1, 2))
    assert [entry["allegations"] for entry in entries(facts, "starts")] == [[1, 2]]
    # Of concerns alone there is no allegation, and it is owed for the case.
    (whole,) = entries(CLOCKS.facts([sent], act("delivered", 2, "2026-05-12"), []), "starts")
    assert "allegations" not in whole


def test_what_only_another_seat_ever_does_ends_what_is_owed() -> None:
    redress = clock("redress", "accepted", "finding-issued")
    withdrawal = clock("withdrawal", "withdrawal-asked", "withdrawal-revoked", "chair")
    clocks = Clocks(a_procedure(redress, withdrawal), {"training": WEEKENDS})
    open_ = [
        owed("redress", 2, "2026-05-20", 1, 2, seat="secretariat"),
        owed("withdrawal", 3, "2026-05-20", 1, 2, seat="chair"),
    ]
    for code, seat, name in (
        ("finding-issued", "chair", "redress"),
        ("withdrawal-revoked", "complainant", "withdrawal"),
    ):
        facts = clocks.facts([LODGED, ACCEPTED], act(code, 4, "2026-05-12", seat=seat), open_)
        assert clocks_in(facts, "meets") == [name]


def test_the_handler_pays_from_the_secretariat_or_from_a_member_body() -> None:
    for seat in ("secretariat", "member"):
        issued = act("finding-issued", 3, "2026-05-12", 1, 2, seat=seat)
        facts = CLOCKS.facts([LODGED, ACCEPTED], issued, [OPEN])
        assert facts == {"meets": [{"clock": "finding", "started-by": 2, "allegations": [1, 2]}]}


def test_a_question_stops_the_clock_of_its_allegation_and_its_answer_sets_the_new_date() -> None:
    asked = act("asked", 3, "2026-05-11", 1)
    assert CLOCKS.facts([LODGED, ACCEPTED], asked, [OPEN]) == {
        "moves": [{"clock": "finding", "started-by": 2, "allegations": [1], "due": None}]
    }
    waiting = owed("finding", 2, None, 1, seat="handler")
    answered = act("answered", 4, "2026-05-13", 1, seat="complainant")
    assert CLOCKS.facts([LODGED, ACCEPTED, asked], answered, [waiting]) == {
        "moves": [
            {
                "clock": "finding",
                "started-by": 2,
                # Named, for the same clock runs for the other allegation by another date.
                "allegations": [1],
                "due": "2026-05-22",
                "calendar": "training@1",
            }
        ]
    }


def test_an_extension_that_names_a_clock_moves_that_clock_only() -> None:
    other = clock("other", "accepted", "done", extensions=(Extension(ActCode("extended"), None),))
    clocks = Clocks(a_procedure(FINDING, other), {"training": WEEKENDS})
    extended = act("extended", 3, "2026-05-11", 1, 2, until="2026-06-30", of="finding")
    also = owed("other", 2, "2026-05-20", 1, 2, seat="secretariat")
    facts = clocks.facts([LODGED, ACCEPTED], extended, [OPEN, also])
    assert facts is not None
    assert clocks_in(facts, "moves") == ["finding"]


def test_what_began_for_an_allegation_does_not_begin_again_while_it_runs() -> None:
    again = act("accepted", 3, "2026-05-08", 2)
    assert CLOCKS.facts([LODGED, ACCEPTED], again, [OPEN]) is None


def test_where_the_calendar_has_run_out_the_act_is_owed_without_a_date() -> None:
    short = Calendar("training", "1", first=date(2026, 1, 1), last=date(2026, 5, 10))
    facts = Clocks(a_procedure(INTAKE), {"training": short}).facts([], LODGED, [])
    assert facts == {"starts": [{"clock": "intake", "owes": "secretariat"}]}


def test_a_holiday_put_in_moves_what_is_still_owed_and_nothing_else() -> None:
    moved = Calendar("training", "2", holidays={date(2026, 5, 14): "a new holiday"})
    clocks = Clocks(a_procedure(INTAKE, FINDING), {"training": moved})
    met = Owed("intake", Seat("secretariat"), 0, 1, due_on="2026-05-18", met_by=2)
    assert clocks.moved_dates([LODGED, ACCEPTED], [met, OPEN]) == [
        {
            "clock": "finding",
            "started-by": 2,
            "allegations": [1, 2],
            "due": "2026-05-21",
            "calendar": "training@2",
        }
    ]


def test_hours_are_told_as_an_instant() -> None:
    danger = clock("danger", "danger-claimed", "danger-answered", period=Period(24, Unit.HOUR))
    claimed = act("danger-claimed", 2, "2026-05-09T22:30:00", seat="complainant")
    facts = Clocks(a_procedure(danger), {"training": WEEKENDS}).facts([LODGED], claimed, [])
    assert facts is not None
    assert entries(facts, "starts")[0]["due"] == "2026-05-10T22:30:00Z"


ONCE = (("opening", "2026-05-18"), ("danger", None))
SPLIT = split(3, "2026-05-07", 2, 3, 4)


def test_what_is_owed_for_an_allegation_that_is_split_is_owed_for_each_part() -> None:
    assert CLOCKS.facts([LODGED, ACCEPTED], SPLIT, [OPEN]) == {
        "widens": [{"clock": "finding", "started-by": 2, "as": 2, "allegations": [3, 4]}]
    }


def test_a_split_leaves_what_is_owed_for_others_and_what_was_met() -> None:
    other = owed("finding", 2, "2026-05-20", 1, seat="handler")
    met = Owed("finding", Seat("handler"), 0, 2, met_by=2, allegations=(2,))
    assert CLOCKS.facts([LODGED, ACCEPTED], SPLIT, [other, met]) is None


def test_what_is_owed_once_for_the_case_and_what_answers_one_act_is_not_owed_for_parts() -> None:
    opening = clock("opening", "delivered", "opened")
    danger = clock("danger", "danger-claimed", "danger-answered")
    action = clock("action", "action-promised", "action-done")
    clocks = Clocks(a_procedure(opening, danger, action), {"training": WEEKENDS})
    open_ = [owed(code, 1, on, 1, 2, seat="secretariat") for code, on in ONCE]
    open_.append(owed("action", 2, None, 1, 2, seat="member"))
    assert clocks.facts([LODGED], SPLIT, open_) is None


def test_a_part_stood_still_where_the_whole_did_and_goes_its_own_way_from_there() -> None:
    asked = act("asked", 3, "2026-05-11", 2)
    answered = act("answered", 4, "2026-05-13", 2, seat="complainant")
    parted = split(5, "2026-05-14", 2, 3)
    before = [LODGED, ACCEPTED, asked, answered, parted]
    moved = owed("finding", 2, "2026-05-22", 2, 3, seat="handler")
    assert CLOCKS.moved_dates(before, [moved]) == []
    again = act("asked", 6, "2026-05-15", 3)
    assert CLOCKS.facts(before, again, [moved]) == {
        "moves": [{"clock": "finding", "started-by": 2, "allegations": [3], "due": None}]
    }
    of_the_whole = act("asked", 6, "2026-05-15", 2)
    assert CLOCKS.facts(before, of_the_whole, [moved]) == {
        "moves": [{"clock": "finding", "started-by": 2, "allegations": [2], "due": None}]
    }


def test_a_part_of_a_part_has_the_dates_of_the_first_whole() -> None:
    asked = act("asked", 3, "2026-05-11", 2)
    answered = act("answered", 4, "2026-05-13", 2, seat="complainant")
    twice = [
        split(5, "2026-05-14", 2, 3),
        split(6, "2026-05-14", 3, 4),
    ]
    moved = owed("finding", 2, "2026-05-22", 2, 3, 4, seat="handler")
    answer = CLOCKS.due_of(moved, [LODGED, ACCEPTED, asked, answered, *twice], 4)
    assert answer is not None
    assert str(answer.on) == "2026-05-22"


# --- Events that happened elsewhere, or before they were recorded. ---

REVIEW = clock(
    "review",
    "review-requested",
    "board-decided",
    "reviewer",
    pauses=(Pause((ActCode("asked"),), (ActCode("answered"),)),),
)
COMPLAINT = clock("complaint", "violation", "submitted", "complainant")
WORK = clock("work", "", "done", start=(Start(ActCode("accepted")),), period=None)
WORK = replace(WORK, by_class={"grave": Period(5, Unit.WORKING_DAY)})
EVENTS = {
    ActCode("board-decided"): Event(ActCode("board-decided"), {}, (Seat("reviewer"),)),
    ActCode("found-grave"): Event(
        ActCode("found-grave"), {}, (Seat("secretariat"),), class_="grave"
    ),
}
ELSEWHERE = Clocks(
    replace(a_procedure(REVIEW, COMPLAINT, WORK), events=EVENTS), {"training": WEEKENDS}
)


def test_a_clock_counts_from_the_day_on_which_its_event_happened() -> None:
    asked = event("review-requested", 3, "2026-05-20", "2026-05-06", 1, 2)
    assert ELSEWHERE.facts([LODGED, ACCEPTED], asked, []) == {
        "starts": [
            {
                "clock": "review",
                "owes": "reviewer",
                "due": "2026-05-20",
                "calendar": "training@1",
            }
        ]
    }


def test_what_was_recorded_before_but_happened_since_counts_for_the_clock() -> None:
    before = [
        act("asked", 3, "2026-05-11", 1, 2),
        act("answered", 4, "2026-05-13", 1, 2, seat="complainant"),
    ]
    asked = event("review-requested", 5, "2026-05-20", "2026-05-06", 1, 2)
    facts = ELSEWHERE.facts([LODGED, ACCEPTED, *before], asked, [])
    assert entries(facts, "starts")[0]["due"] == "2026-05-22"
    # And goes on counting, when something happens later.
    item = owed("review", 5, "2026-05-22", 1, 2, seat="reviewer")
    opened = act("opened", 6, "2026-05-21", 1, 2)
    assert ELSEWHERE.facts([LODGED, ACCEPTED, *before, asked], opened, [item]) is None


def test_a_debt_that_was_paid_before_its_beginning_was_recorded_is_not_owed_again() -> None:
    violation = event("violation", 3, "2026-05-20", "2026-04-14", 1)
    facts = ELSEWHERE.facts([LODGED, ACCEPTED], violation, [])
    assert entries(facts, "starts") == [
        {
            "clock": "complaint",
            "owes": "complainant",
            "due": "2026-04-28",
            "calendar": "training@1",
            "met-by": 1,
        }
    ]


def test_what_paid_another_debt_before_pays_no_second_one() -> None:
    first = event("review-requested", 3, "2026-05-08", "2026-05-06", 1, 2)
    decided = event("board-decided", 4, "2026-05-20", "2026-05-08", 1, 2)
    again = event("review-requested", 5, "2026-05-20", "2026-05-08", 1, 2)
    met = Owed("review", Seat("reviewer"), 0, 3, met_by=4, allegations=(1, 2))
    acts = [LODGED, ACCEPTED, first, decided]
    assert "met-by" not in entries(ELSEWHERE.facts(acts, again, [met]), "starts")[0]


def test_what_happened_before_it_was_owed_pays_nothing() -> None:
    asked = event("review-requested", 3, "2026-05-20", "2026-05-18", 1, 2)
    open_ = owed("review", 3, "2026-06-01", 1, 2, seat="reviewer")
    for day, paid in (("2026-05-15", False), ("2026-05-18", True), ("2026-05-19", True)):
        decided = event("board-decided", 4, "2026-05-21", day, seat="reviewer")
        facts = ELSEWHERE.facts([LODGED, ACCEPTED, asked], decided, [open_]) or {}
        assert ("meets" in facts) is paid, day


def test_the_event_of_a_seat_pays_the_debt_of_that_seat_and_no_others_words_do() -> None:
    asked = event("review-requested", 3, "2026-05-18", "2026-05-18", 1, 2)
    open_ = owed("review", 3, "2026-06-01", 1, 2, seat="reviewer")
    decided = event("board-decided", 4, "2026-05-21", "2026-05-20")
    assert ELSEWHERE.facts([LODGED, ACCEPTED, asked], decided, [open_]) is None


def test_that_an_event_was_entered_for_another_happened_when_it_was_entered() -> None:
    entry = clock("entry", "entered-for-another", "entry-confirmed")
    clocks = Clocks(a_procedure(entry), {"training": WEEKENDS})
    typed = event("x entered-for-another", 3, "2026-05-18", "2026-05-04")
    assert entries(clocks.facts([LODGED], typed, []), "starts")[0]["due"] == "2026-06-01"


def test_a_period_of_a_class_has_its_date_once_an_event_gives_the_class() -> None:
    began = ELSEWHERE.facts([LODGED], ACCEPTED, [])
    assert entries(began, "starts") == [{"clock": "work", "owes": "secretariat"}]
    grave = event("found-grave", 3, "2026-05-07", "2026-05-07", 1, 2)
    open_ = owed("work", 2, None, 1, 2, seat="secretariat")
    assert entries(ELSEWHERE.facts([LODGED, ACCEPTED], grave, [open_]), "moves") == [
        {
            "clock": "work",
            "started-by": 2,
            "allegations": [1, 2],
            "due": "2026-05-13",
            "calendar": "training@1",
        }
    ]
