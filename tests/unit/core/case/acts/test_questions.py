"""Questions to the complainant, and the answers there are to one."""

from typing import Any

import pytest

from answerable.casework.do_act import fields_of
from answerable.core.act_form import PARTIES, Asked
from answerable.core.acts import ActCode
from answerable.core.case.acts.questions import ANSWERS
from answerable.core.case.acts.table import ACTS
from answerable.core.case.readers import DEFAULT
from tests.support.cases import BODY, NGO, OFFICER, Told, assigned, photo

BY = "2026-06-01"


def asked() -> Told:
    return assigned().does("clarification-asked", OFFICER, (1,), answer_by=BY)


def test_a_question_names_allegation_missing_fact_reason_and_day() -> None:
    told = asked()
    assert (told.allegation(1).question, told.allegation(2).question) == (told.last.sequence, 0)
    assert told.last.facts == {"until": BY}
    for part in ("missing", "why", "answer_by"):
        said: dict[str, Any] = {"answer_by": BY, part: None}
        assert assigned().refuses("clarification-asked", OFFICER, **said) == "act-incomplete"


def test_one_question_is_open_on_an_allegation_at_a_time() -> None:
    assert asked().refuses("clarification-asked", OFFICER, (1,), answer_by=BY) == "question-open"
    assert asked().does("clarification-asked", OFFICER, (2,), answer_by=BY).allegation(2).question


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_closes_the_question(answer: str) -> None:
    told = asked().does("clarification-answered", NGO, (1,), answer=answer, words="On Monday.")
    assert told.allegation(1).question == 0
    assert told.last.facts == {"answer": answer}


def test_an_answer_says_something_and_what_cannot_be_said_needs_no_words() -> None:
    for words in (None, " "):
        said: dict[str, Any] = {"answer": "answered", "words": words}
        assert asked().refuses("clarification-answered", NGO, **said) == "answer-empty"
    for answer in set(ANSWERS) - {"answered"}:
        assert (
            not asked()
            .does("clarification-answered", NGO, (1,), answer=answer)
            .allegation(1)
            .question
        )


def test_what_was_not_asked_is_not_answered() -> None:
    said: dict[str, Any] = {"answer": "do-not-know"}
    assert asked().refuses("clarification-answered", NGO, (2,), **said) == "nothing-asked"
    assert asked().refuses("clarification-answered", BODY, (1,), **said) == "not-this-seat"


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_is_only_for_the_monitor_is_read_by_no_other_body(answer: str) -> None:
    values = {"answer": answer, "words": "The guard at the gate."}
    asks = Asked(by=NGO, allegations=(1,), values=values, exhibits=(photo(),))
    fields = fields_of(ACTS[ActCode("clarification-answered")], asked().deciding(asks))
    words, *of_file = fields
    assert (words.path, words.value) == ("words", "The guard at the gate.")
    if answer == "only-to-the-monitor":
        assert {one.readers for one in fields} == {("complainant", "monitor")}
    else:
        assert words.readers == PARTIES
        assert {one.readers for one in of_file} == {DEFAULT}
