"""Who acts: the handler of all that an act concerns, and two persons where the rules ask two."""

from dataclasses import replace
from typing import Any

from answerable.core.acts import ActCode
from answerable.core.procedure import ActRule
from tests.support.cases import (
    CHAIR,
    FINDING,
    NGO,
    OFFICER,
    OTHER_CHAIR,
    OTHER_REVIEWER,
    REVIEWER,
    WORDS,
    accepted,
    inquired,
    with_rule,
)

BY_TWO = with_rule(ActRule(ActCode("finding-issued"), two_persons=True))


def test_who_handles_one_allegation_does_not_act_on_the_other() -> None:
    told = accepted().did("assigned", CHAIR, (1,), {"party": OFFICER.party})
    step: dict[str, Any] = {"method": "visit", "on": "2026-05-11"}
    for both in ((1, 2), (2,), ()):
        assert told.refuses("inquiry-step", OFFICER, both, **step) == "not-handler"
    told.does("inquiry-step", OFFICER, (1,), **step)


def test_two_persons_are_two() -> None:
    told = replace(inquired(), procedure=BY_TWO)
    assert told.refuses("finding-issued", CHAIR, **FINDING) == "second-person-missing"
    alone = told.refuses("finding-issued", CHAIR, second=CHAIR, **FINDING)
    assert alone == "second-person-missing"
    assert told.refuses("finding-issued", CHAIR, second=NGO, **FINDING) == "seat-not-held"
    issued = told.does("finding-issued", CHAIR, second=OTHER_CHAIR, **FINDING)
    assert issued.last.facts["second"] == OTHER_CHAIR.party


def test_who_signed_a_finding_as_the_second_does_not_decide_whether_it_was_right() -> None:
    signed = {"fact": "happened", "second": REVIEWER.party}
    told = (
        inquired()
        .did("finding-issued", CHAIR, (1,), signed)
        .does("contested", NGO, grounds=[WORDS])
    )
    said: dict[str, Any] = {"acts": [7], "contest_result": "upheld", "answers": [WORDS]}
    assert told.refuses("contest-decided", REVIEWER, **said) == "signed-before"
    told.does("contest-decided", OTHER_REVIEWER, **said)
