"""What was done on the whole was done on its parts: by whom, how often, and with which consent."""

from dataclasses import replace
from typing import Any

import pytest

from answerable.core.acts import ActCode
from answerable.core.case.deciding import DoneTooOften
from answerable.core.case.splits import TooManyAllegations, acts_on, made_by
from answerable.core.figures.described import described
from answerable.core.procedure import ActRule
from tests.support.cases import (
    BODY,
    CHAIR,
    NGO,
    OFFICE,
    OFFICER,
    REVIEWER,
    Told,
    accepted,
    assigned,
    lodged,
    with_rule,
)

INTO_TWO = {"into": 2}
DECISION: dict[str, Any] = {"answers": ["he was"], "contest_result": "upheld"}


def split_after(code: str, *facts: dict[str, Any], who: Any = REVIEWER) -> Told:
    """Return a case of which allegation 1 became 1 and 3, after this act on the whole of it."""
    told = assigned().did(code, who, (1,), *facts)
    return told.did("split", NGO, (1,), INTO_TWO)


def contested(told: Told, number: int) -> Told:
    told = told.did("finding-issued", CHAIR, (number,), {"fact": "not-established"})
    return told.did("contested", NGO, (number,), {"grounds": 1})


@pytest.mark.parametrize("name", ["allegations", "concerns", "requests"])
@pytest.mark.parametrize("count", [101, 2**53 - 1])
def test_no_act_of_a_stranger_makes_more_allegations_than_a_case_holds(
    name: str, count: int
) -> None:
    # A register is checked by folding what somebody else wrote: ten million took all memory.
    with pytest.raises(TooManyAllegations):
        Told().did("submitted", NGO, (), {name: count}).now  # noqa: B018 - folded when it is asked


@pytest.mark.parametrize("count", [101, 2**53 - 1])
def test_no_split_of_a_stranger_makes_more_either(count: int) -> None:
    told = lodged().did("split", NGO, (1,), {"into": count})
    for folded in (lambda: told.now, lambda: described(told.acts), lambda: made_by(told.acts)):
        with pytest.raises(TooManyAllegations):
            folded()


def test_as_many_as_a_case_holds_are_folded() -> None:
    assert len(lodged(100).now.allegations) == 100


def test_who_had_a_hand_in_the_whole_decides_no_contest_of_a_part() -> None:
    told = contested(split_after("inquiry-step"), 3)
    said = {**DECISION, "acts": [told.last.sequence]}
    assert told.refuses("contest-decided", REVIEWER, (3,), **said) == "signed-before"


def test_who_had_a_hand_in_another_part_since_the_split_is_new_to_this_one() -> None:
    told = assigned().did("split", NGO, (1,), INTO_TWO).did("inquiry-step", REVIEWER, (1,))
    for number, refusal in ((3, None), (1, "signed-before")):
        once = contested(told, number)
        said = {**DECISION, "acts": [once.last.sequence]}
        if refusal is None:
            once.does("contest-decided", REVIEWER, (number,), **said)
        else:
            assert once.refuses("contest-decided", REVIEWER, (number,), **said) == refusal


def test_a_consent_that_was_narrowed_on_the_whole_is_narrowed_on_each_part() -> None:
    told = accepted(accused="p9").did("consent-narrowed", NGO, (1,), {"purpose": "named"})
    told = told.did("split", NGO, (1,), INTO_TWO)
    asked: dict[str, Any] = {"party": "p6", "question": "q", "shown": "s"}
    for number in (1, 3):
        assert told.refuses("referred", OFFICE, (number,), **asked) == "consent-narrower"
    told.does("referred", OFFICE, (2,), **asked)


def test_a_split_gives_no_turn_more_than_the_procedure_allows() -> None:
    rule = ActRule(ActCode("clarification-asked"), at_most=1)
    told = split_after("clarification-asked", who=OFFICER)
    told = replace(told.did("clarification-answered", NGO, (1,)), procedure=with_rule(rule))
    with pytest.raises(DoneTooOften):
        told.does("clarification-asked", OFFICER, (3,), answer_by="2026-06-09")
    told.does("clarification-asked", OFFICER, (2,), answer_by="2026-06-09")


def test_acts_on_a_part_are_those_on_each_whole_before_its_split() -> None:
    told = lodged().did("fact-added", NGO, (1,)).did("split", NGO, (1,), INTO_TWO)
    told = told.did("fact-added", NGO, (3,)).did("split", NGO, (3,), INTO_TWO)
    told = told.did("fact-added", NGO, (1,)).did("fact-added", NGO, (3,)).did("opened", OFFICE, ())
    assert [act.sequence for act in acts_on(told.acts, (1,))] == [1, 2, 3, 6, 8]
    assert [act.sequence for act in acts_on(told.acts, (3,))] == [1, 2, 3, 4, 5, 7, 8]
    assert [act.sequence for act in acts_on(told.acts, (4,))] == [1, 2, 3, 4, 5, 8]
    assert [act.sequence for act in acts_on(told.acts, (2,))] == [1, 8]
    assert [act.sequence for act in acts_on(told.acts, (2, 4))] == [1, 2, 3, 4, 5, 8]


def test_who_was_recused_from_the_whole_handles_no_part() -> None:
    told = accepted().did("recused", CHAIR, (1,), {"party": "p5"})
    told = told.did("split", NGO, (1,), INTO_TWO)
    assert told.refuses("assigned", CHAIR, (3,), party=BODY.party) == "recused-before"
