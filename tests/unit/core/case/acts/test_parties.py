"""Who reports together."""

from answerable.core.case.acts.parties import joined_parties
from tests.support.cases import NGO, OFFICE, UNION, accepted, lodged


def test_a_party_joins_with_its_consent_and_then_acts_in_the_case() -> None:
    told = lodged().does("party-joined", NGO, party="p2")
    assert joined_parties(told.acts) == {"p2"}
    assert told.does("danger-claimed", UNION).now.danger == 3
    assert lodged().refuses("danger-claimed", UNION) == "not-your-case"
    assert lodged().refuses("party-joined", NGO, party="p2", consent=None) == "act-incomplete"


def test_a_party_joins_once_and_comes_back_after_it_left() -> None:
    told = lodged().does("party-joined", NGO, party="p2")
    assert told.refuses("party-joined", NGO, party="p2") == "joined-before"
    assert told.refuses("party-joined", NGO, party="p1") == "joined-before"
    left = told.does("party-left", UNION, party="p2")
    assert joined_parties(left.acts) == frozenset()
    assert joined_parties(left.does("party-joined", NGO, party="p2").acts) == {"p2"}


def test_a_party_that_came_back_acts_in_the_case_again_and_one_that_left_does_not() -> None:
    left = lodged().does("party-joined", NGO, party="p2").does("party-left", UNION, party="p2")
    assert left.refuses("danger-claimed", UNION) == "not-your-case"
    back = left.does("party-joined", NGO, party="p2")
    assert back.does("danger-claimed", UNION).now.danger == 5


def test_the_accused_does_not_join_who_accuses_it() -> None:
    assert accepted(accused="p6").refuses("party-joined", NGO, party="p6") == "accused-decides"


def test_a_party_leaves_by_itself_and_the_first_withdraws_instead() -> None:
    told = lodged().does("party-joined", NGO, party="p2")
    assert told.refuses("party-left", NGO, party="p2") == "leaves-for-another"
    assert told.refuses("party-left", NGO, party="p1") == "first-party-stays"


def test_nobody_is_made_to_leave_on_paper() -> None:
    told = lodged().does("party-joined", NGO, party="p2")
    said = told.refuses("party-left", UNION, party="p2", entered_by=OFFICE, evidence="a letter")
    assert said == "never-for-another"


def test_an_act_that_names_a_party_makes_it_neither_join_nor_leave() -> None:
    told = (
        lodged()
        .does("party-joined", NGO, party="p2")
        .did("referred", OFFICE, (1,), {"party": "p2"})
    )
    assert joined_parties(told.acts) == {"p2"}
    assert joined_parties(accepted(accused="p6").acts) == frozenset()
