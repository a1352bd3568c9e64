"""What is added, and what its author corrects."""

from tests.support.cases import BODY, NGO, OFFICE, OTHER_BODY, UNION, accepted, lodged


def test_a_fact_says_how_it_is_known() -> None:
    told = lodged().does("fact-added", NGO, (2,), origin="saw")
    assert (told.last.allegations, told.last.facts) == ((2,), {"origin": "saw"})
    assert lodged().refuses("fact-added", NGO) == "act-incomplete"


def test_an_exhibit_says_what_it_shows_and_where_it_is_from() -> None:
    assert lodged().does("exhibit-added", NGO).last.facts == {"exhibits": 1}
    assert lodged().refuses("exhibit-added", NGO, caption=None) == "act-incomplete"


def test_what_adds_an_exhibit_comes_with_a_file() -> None:
    assert lodged().refuses("exhibit-added", NGO, exhibits=()) == "exhibit-wanted"


def test_a_body_adds_to_what_is_with_it_or_against_it_and_to_nothing_else() -> None:
    accepted(accused="p6").does("fact-added", OTHER_BODY, origin="document")
    refused = accepted().refuses("fact-added", BODY, origin="document")
    assert refused == "not-your-allegation"
    assert accepted().refuses("exhibit-added", BODY) == "not-your-allegation"
    referred = accepted().did("referred", OFFICE, (1,), {"party": "p5"})
    referred.does("fact-added", BODY, origin="document")
    assert referred.refuses("fact-added", BODY, (1, 2), origin="document") == "not-your-allegation"


def test_a_correction_names_what_it_corrects_and_leaves_it_there() -> None:
    told = lodged().does("corrected", NGO, acts=[1])
    assert told.last.facts == {"acts": [1]}
    assert told.acts[0] == lodged().acts[0]
    told.does("corrected", NGO, acts=[2])


def test_a_correction_is_of_one_act_that_is_there() -> None:
    assert lodged().refuses("corrected", NGO, acts=[7]) == "no-such-act"
    assert lodged().refuses("corrected", NGO, acts=[0]) == "no-such-act"
    two = lodged().did("fact-added", NGO)
    assert two.refuses("corrected", NGO, acts=[1, 2]) == "one-act-wanted"
    assert lodged().refuses("corrected", NGO, acts=[]) == "act-incomplete"


def test_each_party_corrects_its_own_words_only() -> None:
    joined = lodged().does("party-joined", NGO, party="p2")
    assert joined.refuses("corrected", UNION, acts=[1]) == "corrects-another"


def test_a_decision_is_not_corrected() -> None:
    told = accepted().did("referral-accepted", BODY)
    assert told.refuses("corrected", BODY, acts=[4]) == "not-correctable"
