"""Which rules are in force, and acts as clocks see them: one act may be several events."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from answerable.casework.ruling import Ruling, dated
from answerable.core.acts import ActCode, By, Draft, PartyId, Seat
from answerable.core.mechanism import Mechanism
from answerable.forms.shipped import ShippedProcedures

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def codes(act: str, seat: str = "secretariat", **more: Any) -> list[str]:
    return [*seen(act, seat, **more).codes]


def seen(act: str, seat: str = "secretariat", *, entered: bool = False, **facts: Any) -> Any:
    by = By(PartyId("p1"), Seat(seat))
    draft = Draft(
        act=ActCode(act),
        by=by,
        secret=bytes(32),
        allegations=(1, 2),
        facts=facts,
        entered_by=by if entered else None,
    )
    return dated(draft, 3, AT)


@pytest.mark.parametrize(
    ("minutes", "name"),
    [
        pytest.param(-1, "plain@1", id="a minute before midnight in Phnom Penh"),
        pytest.param(0, "training-mechanism@2", id="at midnight there, which is 17:00 in UTC"),
    ],
)
def test_rules_are_in_force_from_midnight_where_they_count_their_days(
    minutes: int, name: str
) -> None:
    shipped = ShippedProcedures()
    rules = shipped.procedure("training-mechanism", date.max)
    assert (rules.time_zone, rules.in_force_from) == ("Asia/Phnom_Penh", date(2026, 1, 5))
    midnight = datetime(2026, 1, 4, 17, tzinfo=UTC)
    ruling = Ruling(shipped, lambda: int(midnight.timestamp() * 1000) + minutes * 60_000)
    assert ruling.in_force(Mechanism(procedures=(shipped.text(rules),))).name == name


def test_where_the_body_hosts_lodging_is_delivery_and_elsewhere_it_is_not() -> None:
    assert codes("submitted", "complainant", host="body") == ["submitted", "delivered"]
    assert codes("submitted", "complainant", host="neutral") == ["submitted"]


def test_what_is_entered_for_another_is_also_that() -> None:
    assert codes("account-given", entered=True) == ["account-given", "entered-for-another"]


def test_the_complainants_first_reading_delivers_a_finding() -> None:
    assert codes("opened", "complainant") == ["opened", "finding-delivered"]
    assert codes("opened") == ["opened"]


def test_a_disposition_answers_no_allegation() -> None:
    disposition = seen("disposition-given", matter="concern", number=1)
    assert not any(disposition.concerns(allegation) for allegation in (1, 2))
    assert disposition.concerns(0)


def test_an_act_names_a_day_and_a_clock() -> None:
    extended = seen("clock-extended", until="2026-06-30", clock="finding")
    assert (str(extended.until), extended.clock) == ("2026-06-30", "finding")


def test_a_contest_that_is_upheld_opens_the_allegation_again() -> None:
    for result in ("upheld", "upheld-in-part"):
        assert codes("contest-decided", result=result) == ["contest-decided", "reopened"]
    assert codes("contest-decided", result="not-upheld") == ["contest-decided"]


def test_a_finding_that_is_superseded_opens_the_allegation_again() -> None:
    assert codes("finding-superseded", "reviewer") == ["finding-superseded", "reopened"]
