"""The table of case.md 5: no word on a fact without what it requires."""

from dataclasses import replace
from typing import Any

import pytest

from answerable.core.acts import Json
from answerable.core.case.acts.finding_parts import ACTORS, LAW, OF_FACT, OF_LAW
from answerable.core.case.now import Phase
from answerable.core.errors import Refusal
from answerable.core.procedure import Door
from tests.support.cases import (
    BODY,
    CHAIR,
    FINDING,
    NGO,
    OFFICE,
    OFFICER,
    OTHER_BODY,
    OTHER_CHAIR,
    REVIEWER,
    WORDS,
    Told,
    assigned,
    found,
    inquired,
    photo,
)

PARTLY: dict[str, Any] = {**FINDING, "fact": "happened-in-part", "elements": WORDS}
OPEN: dict[str, Any] = {
    "fact": "not-established",
    "basis": [5],
    "nothing_because": WORDS,
    **dict.fromkeys(("not_done", "missing", "could_supply", "would_change"), WORDS),
}
NEVER: dict[str, Any] = {
    "fact": "did-not-happen",
    "basis": [5],
    "nothing_because": WORDS,
    "contrary": WORDS,
    "heard": [6],
    "would_change": WORDS,
}
WORD_OF_LAW: dict[str, Any] = {part.replace("-", "_"): WORDS for part in OF_LAW}
ACTION: dict[str, Any] = {"action": WORDS, "party": "p5", "action_by": "2026-06-01"}


def heard() -> Told:
    return inquired().does("fact-added", NGO, origin="saw")


def issues(told: Told, said: dict[str, Any]) -> str:
    return told.refuses("finding-issued", CHAIR, **said)


def lacks(told: Told, said: dict[str, Any]) -> Json:
    with pytest.raises(Refusal) as refused:
        told.does("finding-issued", CHAIR, **said)
    assert refused.value.code == "finding-lacks"
    return refused.value.facts["part"]


@pytest.mark.parametrize("said", [dict(FINDING), PARTLY, OPEN, NEVER])
def test_a_finding_that_says_what_it_must_answers_the_allegation(said: dict[str, Any]) -> None:
    after = heard().does("finding-issued", CHAIR, **said).allegation()
    assert (after.phase, after.outcome, after.finding) == (Phase.ANSWERED, said["fact"], 7)
    assert (after.question, after.draft, after.reopened, after.actions) == (0, 0, 0, ())


def test_the_envelope_has_the_codes_and_what_is_cited_and_no_word() -> None:
    facts = heard().does("finding-issued", CHAIR, **NEVER).last.facts
    assert facts == {"fact": "did-not-happen", "acts": [5], "heard": [6]}
    facts = found(**ACTION, nothing_because=None).last.facts
    wanted = {"fact": "happened", "acts": [5], "actor": "as-alleged", "law": "not-assessed"}
    assert facts == {**wanted, "party": "p5", "until": "2026-06-01"}


@pytest.mark.parametrize("said", [dict(FINDING), PARTLY, OPEN, NEVER])
def test_each_word_on_the_fact_requires_its_parts(said: dict[str, Any]) -> None:
    for part in OF_FACT[str(said["fact"])]:
        name = part.replace("-", "_")
        assert lacks(heard(), {**said, name: None}) == part
        if isinstance(said[name], str):
            assert lacks(heard(), {**said, name: "  "}) == part


@pytest.mark.parametrize("part", ["fact", "reasons", "examined"])
def test_every_finding_says_what_was_found_why_and_what_was_examined(part: str) -> None:
    assert issues(inquired(), {**FINDING, part: None}) == "act-incomplete"


@pytest.mark.parametrize("actor", ACTORS)
def test_the_actor_is_named_or_is_said_not_to_be_identified(actor: str) -> None:
    assert found(actor=actor).last.facts["actor"] == actor


# --- The law, in both directions alike. ---


@pytest.mark.parametrize("law", LAW)
def test_the_law_is_spoken_of_only_where_something_happened(law: str) -> None:
    found(law=law, **WORD_OF_LAW)
    assert issues(heard(), {**OPEN, "law": law, **WORD_OF_LAW}) == "law-without-fact"
    assert issues(heard(), {**NEVER, "law": law, **WORD_OF_LAW}) == "law-without-fact"


@pytest.mark.parametrize("law", ["held-lawful", "held-unlawful"])
def test_both_words_on_the_law_rest_on_the_same(law: str) -> None:
    for part in OF_LAW:
        without = {**WORD_OF_LAW, part.replace("-", "_"): None}
        assert lacks(inquired(), {**FINDING, "law": law, **without}) == part


# --- What it rests on. ---


def test_without_anything_that_was_examined_there_is_no_finding() -> None:
    for said in (dict(FINDING), PARTLY, OPEN):
        assert issues(inquired(), {**said, "basis": None}) == "basis-missing"
        assert issues(inquired(), {**said, "basis": []}) == "basis-missing"


@pytest.mark.parametrize("act", [1, 2, 3, 4, 40])
def test_a_finding_rests_on_acts_that_looked_into_it(act: int) -> None:
    assert issues(inquired(), {**FINDING, "basis": [5, act]}) == "not-a-basis"


def test_what_was_examined_for_another_allegation_is_no_basis() -> None:
    told = inquired().does("inquiry-step", OFFICER, (2,), method="visit", on="2026-05-11")
    assert issues(told, {**FINDING, "basis": [6]}) == "not-a-basis"


def test_accounts_searches_exhibits_and_those_of_the_submission_are_a_basis() -> None:
    told = assigned().did("account-given", OTHER_BODY).did("records-search", OFFICER)
    told = told.did("exhibit-added", BODY)
    told.does("finding-issued", CHAIR, **{**FINDING, "basis": [5, 6, 7]})
    first = replace(told.acts[0], facts={**told.acts[0].facts, "exhibits": 1})
    with_photo = replace(told, acts=(first, *told.acts[1:]))
    with_photo.does("finding-issued", CHAIR, **{**FINDING, "basis": [1]})


# --- That it did not happen: evidence found, and the complainant heard. ---


def test_missing_evidence_never_shows_that_it_did_not_happen() -> None:
    told = heard().did("records-search", OFFICER, (1,), {"result": "nothing-found"})
    told = told.did("account-given", OTHER_BODY, (1,), {"position": "denies"})
    assert issues(told, {**NEVER, "basis": [7, 8]}) == "contrary-evidence-missing"
    told.does("finding-issued", CHAIR, **{**NEVER, "basis": [5, 7, 8]})
    register = told.did("records-search", OFFICER, (1,), {"result": "found"})
    register.does("finding-issued", CHAIR, **{**NEVER, "basis": [9]})


def test_the_submission_itself_does_not_show_that_the_complainant_was_heard() -> None:
    for act in (1, 3, 5, 40):
        assert issues(heard(), {**NEVER, "heard": [act]}) == "complainant-not-heard"
    said = heard().does("fact-added", NGO, (2,), origin="saw")
    assert issues(said, {**NEVER, "heard": [7]}) == "complainant-not-heard"
    other = heard().does("fact-added", OTHER_BODY, origin="saw")
    assert issues(other, {**NEVER, "heard": [7]}) == "complainant-not-heard"


def test_what_the_other_side_typed_in_does_not_show_it() -> None:
    told = inquired().does("fact-added", NGO, origin="saw", entered_by=OFFICE, evidence="a note")
    assert issues(told, NEVER) == "complainant-not-heard"


def test_an_interview_that_someone_answered_shows_it() -> None:
    def interview(answered: int) -> Told:
        said: dict[str, Any] = {"method": "interview", "on": "2026-05-11", "people_asked": 1}
        return inquired().does("inquiry-step", OFFICER, **said, people_answered=answered)

    interview(1).does("finding-issued", CHAIR, **NEVER)
    assert issues(interview(0), NEVER) == "complainant-not-heard"


# --- What follows. ---


def test_an_action_has_an_owner_and_a_day_and_is_owed() -> None:
    assert found(**ACTION, nothing_because=None).allegation().actions == (6,)
    for part in ACTION:
        half = {**FINDING, **ACTION, "nothing_because": None, part: None}
        assert issues(inquired(), half) == "follows-missing"


def test_nothing_follows_only_with_a_reason_and_never_beside_an_action() -> None:
    assert issues(inquired(), {**FINDING, "nothing_because": None}) == "follows-missing"
    assert issues(inquired(), {**FINDING, **ACTION}) == "follows-both"
    assert issues(inquired(), {**FINDING, "action": WORDS}) == "follows-both"
    late = {**FINDING, **ACTION, "nothing_because": None, "action_by": "2026-05-11"}
    assert issues(inquired(), late) == "day-passed"


# --- Its words, and who says them. ---


@pytest.mark.parametrize("part", ["reasons", "examined"])
@pytest.mark.parametrize("words", ["No evidence found", "រកមិនឃើញភស្តុតាង", "Aucune preuve."])
def test_no_evidence_found_is_no_finding(part: str, words: str) -> None:
    assert issues(inquired(), {**OPEN, part: words}) == "no-evidence-found"
    longer = f"{words} — gate register of 12 May, read whole"
    inquired().does("finding-issued", CHAIR, **{**OPEN, part: longer})


def test_a_finding_is_on_one_allegation() -> None:
    assert inquired().refuses("finding-issued", CHAIR, (1, 2), **FINDING) == "one-allegation-each"
    assert inquired().refuses("finding-issued", CHAIR, (), **FINDING) == "one-allegation-each"


def test_the_accused_finds_nothing_also_not_as_the_second() -> None:
    own = inquired().did("accepted", OFFICE, (1,), {"party": "p4"})
    assert issues(own, dict(FINDING)) == "accused-decides"
    second = own.refuses("finding-issued", OTHER_CHAIR, **FINDING, second=CHAIR)
    assert second == "accused-decides"


def test_who_signed_a_finding_does_not_make_the_next_on_the_same_allegation() -> None:
    told = found().does("reopened", REVIEWER, cause="error")
    assert issues(told, dict(FINDING)) == "signed-before"
    after = told.does("finding-issued", OTHER_CHAIR, **FINDING).allegation()
    assert (after.finding, after.reopened) == (8, 0)


def refused_again(told: Told, **said: Any) -> dict[str, Any]:
    with pytest.raises(Refusal) as refused:
        told.does("finding-issued", CHAIR, **FINDING, **said)
    return dict(refused.value.facts)


def test_a_chair_who_is_alone_is_told_the_way_out() -> None:
    again = found().does("reopened", REVIEWER, cause="error")
    assert refused_again(again) == {"party": "p4", "act": 6}
    # With two chairs there is no second one for the second signature.
    assert refused_again(again, second=OTHER_CHAIR)["reason"] == "alone-no-door"
    others = {k: p for k, p in again.mechanism.parties.items() if k != OTHER_CHAIR.party}
    alone = replace(again, mechanism=replace(again.mechanism, parties=others))
    assert refused_again(alone) == {
        "party": "p4",
        "act": 6,
        "reason": "alone-no-door",
        "seat": "chair",
        "procedure": "training@1",
    }
    door = Door({"en": "A court"}, {"en": "in person"})
    rules = replace(alone.procedure, outside_doors=(door,))
    assert refused_again(replace(alone, procedure=rules))["reason"] == "alone"


def test_a_separate_view_stands_beside_a_finding() -> None:
    assert found().does("separate-view", BODY).last.facts == {}
    assert found().refuses("separate-view", OTHER_BODY) == "accused-decides"
    declined = assigned().does("outcome-given", CHAIR, outcome="not-examined", door="A court")
    assert declined.refuses("separate-view", BODY) == "no-finding"


def with_files() -> Told:
    """Return a case in which an answer, which is act 7, brought two files."""
    asked = inquired().did("clarification-asked", OFFICER)
    files = (photo(1), photo(2))
    return asked.does("clarification-answered", NGO, answer="answered", words=WORDS, exhibits=files)


def test_any_act_that_brought_a_file_is_a_basis() -> None:
    told = with_files()
    assert told.last.sequence == 7
    told.does("finding-issued", CHAIR, **{**FINDING, "basis": [7]})
    assert issues(told, {**FINDING, "basis": [6]}) == "not-a-basis"


def test_a_finding_cites_exhibits_by_act_and_place() -> None:
    told = with_files()
    done = told.does(
        "finding-issued", CHAIR, **{**FINDING, "basis": [5, 7], "basis_exhibits": ["7/1", "7/2"]}
    )
    # What is never erased names the acts; which of their files are cited is content.
    assert done.last.facts["acts"] == [5, 7]
    assert not any("7/1" in str(value) for value in done.last.facts.values())


@pytest.mark.parametrize(
    ("basis", "cited", "code"),
    [
        ([5], "7/1", "exhibit-not-in-basis"),
        ([5, 7], "7/3", "no-such-exhibit"),
        ([5, 7], "7/0", "no-such-exhibit"),
        ([5, 7], "5/1", "no-such-exhibit"),
        ([5], "99/1", "exhibit-not-in-basis"),
    ],
)
def test_an_exhibit_that_is_cited_is_there_and_of_an_act_of_the_basis(
    basis: list[Json], cited: str, code: str
) -> None:
    assert issues(with_files(), {**FINDING, "basis": basis, "basis_exhibits": [cited]}) == code
