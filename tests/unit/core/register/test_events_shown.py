"""A register shows an event that is recorded on a case where its procedure declares it public."""

from answerable.core.acts import Json
from answerable.core.register.showing import is_shown, is_tellable
from tests.support.cases import BODY, OFFICE, REVIEWER, Told, lodged

REQUESTED: dict[str, Json] = {"event": "review-requested", "on": "2026-05-04"}
STARTS: Json = {"starts": [{"clock": "review", "owes": "reviewer"}]}
MEETS: Json = {"meets": [{"clock": "review", "started-by": 2}]}


def requested(**facts: Json) -> Told:
    return lodged().did("event-recorded", BODY, (1,), {**REQUESTED, **facts, "clocks": STARTS})


def test_only_an_event_that_is_declared_public_is_shown() -> None:
    assert is_shown(requested(public=True).last)
    assert not is_shown(requested().last)
    # A word of someone's own is no declaration.
    assert not is_shown(requested(public="yes").last)


def test_a_hidden_event_whose_clock_a_shown_one_meets_keeps_the_case_from_being_told() -> None:
    decided: dict[str, Json] = {"event": "board-decided", "on": "2026-05-06", "public": True}
    met: dict[str, Json] = {**decided, "clocks": MEETS}
    hidden = requested().did("event-recorded", REVIEWER, (1,), met)
    assert not is_tellable(hidden.acts)
    assert is_tellable(requested(public=True).did("event-recorded", REVIEWER, (1,), met).acts)


def test_a_hidden_event_that_tells_of_what_was_done_before_tells_nothing_else() -> None:
    starts: Json = {"starts": [{"clock": "complaint", "owes": "complainant", "met-by": 1}]}
    violation: dict[str, Json] = {"event": "violation", "on": "2026-05-04", "clocks": starts}
    assert is_tellable(lodged().did("event-recorded", OFFICE, (1,), violation).acts)
