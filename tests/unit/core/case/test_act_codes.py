"""The seats that a procedure may narrow are those of the acts themselves."""

from answerable.core.case.act_codes import ACT_CODES, CASE_SEATS, DOERS
from answerable.core.case.acts.table import ACTS


def test_every_act_is_done_in_the_seats_that_a_procedure_may_name_for_it() -> None:
    assert {code: set(kind.by) for code, kind in ACTS.items()} == {
        code: set(DOERS.get(code, ())) for code in ACTS
    }


def test_every_act_has_a_seat_and_every_seat_is_one_of_a_case() -> None:
    assert len(ACT_CODES) == 74
    assert all(DOERS.values())
    assert {seat for seats in DOERS.values() for seat in seats} == set(CASE_SEATS)
