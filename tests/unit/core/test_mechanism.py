"""The mechanism's own docket."""

from answerable.core.case.act_codes import DOERS
from answerable.core.seats import SEATS


def test_every_seat_in_which_an_act_is_done_can_be_granted_but_the_handlers() -> None:
    assert {seat for seats in DOERS.values() for seat in seats} - {"handler"} == set(SEATS)
