"""Every seat in which a party acts on a case can be granted to one."""

from answerable.core.case.act_codes import CASE_SEATS
from answerable.core.seats import HANDLER, SEATS


def test_every_seat_that_a_procedure_may_name_can_be_granted_but_that_of_the_handler() -> None:
    # The handler is whoever an allegation is assigned to, in a seat that the party holds already.
    assert set(SEATS) == set(CASE_SEATS) - {HANDLER}
