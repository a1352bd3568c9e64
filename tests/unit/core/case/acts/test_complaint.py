"""A complaint about the mechanism: about an act or a silence, answered by who had no part in it."""

from tests.support.cases import NGO, OFFICE, OTHER_REVIEWER, REVIEWER, Told, lodged, read


def complained() -> Told:
    return read().does("mechanism-complained", NGO, acts=[2])


def test_a_complaint_names_an_act_or_a_silence() -> None:
    assert complained().last.facts == {"acts": [2]}
    assert lodged().does("mechanism-complained", NGO, silence="no answer").last.facts == {}
    assert lodged().refuses("mechanism-complained", NGO) == "nothing-complained-of"
    assert lodged().refuses("mechanism-complained", NGO, acts=[9]) == "no-such-act"
    lodged().does("mechanism-complained", OFFICE, silence="no chair")


def test_a_complaint_is_answered_once() -> None:
    told = complained().does("mechanism-complaint-answered", REVIEWER, acts=[3])
    assert told.last.facts == {"acts": [3]}
    again = told.refuses("mechanism-complaint-answered", OTHER_REVIEWER, acts=[3])
    assert again == "complaint-answered-before"


def test_only_a_complaint_is_answered_so() -> None:
    said = complained().refuses("mechanism-complaint-answered", REVIEWER, acts=[2])
    assert said == "not-a-complaint"


def test_nobody_answers_a_complaint_about_its_own_act_or_of_its_own() -> None:
    told = read().did("reopened", REVIEWER).does("mechanism-complained", NGO, acts=[3])
    said = told.refuses("mechanism-complaint-answered", REVIEWER, acts=[4])
    assert said == "signed-before"
    told.does("mechanism-complaint-answered", OTHER_REVIEWER, acts=[4])
    own = read().does("mechanism-complained", REVIEWER, silence="no room")
    assert own.refuses("mechanism-complaint-answered", REVIEWER, acts=[3]) == "signed-before"
