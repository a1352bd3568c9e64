"""Two cases linked: both show it, or neither does; and a text shown on a consent that is named."""

import pytest

from answerable.core.case.acts.links import linked_cases
from answerable.core.docket import UnknownDocket
from answerable.core.errors import Refusal
from tests.support.appending import stored
from tests.support.at_work import AtWork
from tests.support.cases import CHAIR, NGO, OFFICE, OFFICER, UNION

WHY = "the same march"


def links(work: AtWork, number: str) -> frozenset[str]:
    return linked_cases(work.reading.envelopes(work.reading.docket(number)))


def test_both_cases_show_a_link_and_its_end(work: AtWork) -> None:
    one, other = work.lodge(), work.lodge("p2")
    work.do(other, "party-joined", UNION, party=NGO.party, consent=WHY)
    work.do(one, "linked", NGO, case=other, reason=WHY)
    assert links(work, one) == {other}
    assert links(work, other) == {one}
    work.do(other, "unlinked", OFFICE, case=one, reason=WHY)
    assert not links(work, one) | links(work, other)
    assert work.codes(one) == ["submitted", "linked", "unlinked"]
    assert work.codes(other) == ["submitted", "party-joined", "linked", "unlinked"]


def test_the_other_case_shows_the_number_and_none_of_the_words(work: AtWork) -> None:
    one, other = work.lodge(), work.lodge("p2")
    work.do(other, "party-joined", UNION, party=NGO.party, consent=WHY)
    work.do(one, "linked", NGO, case=other, reason=WHY)
    mirrored = work.reading.act(f"{other}/3")
    assert work.reading.content(mirrored) == ()
    assert mirrored.kept.envelope.facts == {"case": one}
    assert mirrored.kept.envelope.by == NGO


def test_a_link_is_to_a_case_that_there_is_and_to_another_one(work: AtWork) -> None:
    one = work.lodge()
    before = stored(work.store)
    with pytest.raises(UnknownDocket):
        work.do(one, "linked", OFFICE, case="XA-2026-0062-6", reason=WHY)
    with pytest.raises(Refusal) as refused:
        work.do(one, "linked", NGO, case=one, reason=WHY)
    assert refused.value.code == "linked-to-itself"
    assert stored(work.store) == before


def test_a_strangers_case_and_one_that_there_is_not_are_refused_alike(work: AtWork) -> None:
    one, other = work.lodge(), work.lodge("p2")
    before = stored(work.store)
    for number in (other, "XA-2026-0062-6"):
        with pytest.raises(Refusal) as refused:
            work.do(one, "linked", NGO, case=number, reason=WHY)
        assert (refused.value.code, refused.value.facts["number"]) == (
            "linked-case-not-yours",
            number,
        )
    assert stored(work.store) == before


def test_a_case_that_shows_the_link_already_shows_it_once(work: AtWork) -> None:
    one, other = work.lodge(), work.lodge("p2")
    work.do(one, "linked", OFFICE, case=other, reason=WHY)
    with pytest.raises(Refusal) as refused:
        work.do(other, "linked", OFFICE, case=one, reason=WHY)
    assert refused.value.code == "linked-before"
    assert work.codes(other) == ["submitted", "linked"]


def test_a_part_of_a_split_is_owed_what_the_whole_was_and_by_the_same_day(work: AtWork) -> None:
    number = work.lodge()
    work.do(number, "opened", OFFICE)
    work.do(number, "accepted", OFFICE, (1,))
    work.do(number, "split", NGO, (2,), into=3, shares=["a", "b", "c"], reason=WHY)
    work.do(number, "split", NGO, (1,), into=2, shares=["a", "b"], reason=WHY)
    docket = work.reading.docket(number)
    owed = {i.code: i.allegations for i in work.store.dockets.owed(docket.id) if i.met_by is None}
    assert owed == {"acknowledgement": (1, 2), "intake": (2, 3, 4), "finding": (1, 5)}
    work.do(number, "accepted", OFFICE, (4,))
    again = {i.code: i.allegations for i in work.store.dockets.owed(docket.id) if i.met_by is None}
    assert again["intake"] == (2, 3)


@pytest.mark.parametrize("said", [{}, {"named-to-body": "no"}, {"named-to-body": "unknown"}])
def test_who_did_not_agree_to_be_named_is_shown_on_a_consent_that_is_cited(
    work: AtWork, said: dict[str, str]
) -> None:
    number = work.lodge(consent=said or {"included": "yes"})
    work.do(number, "opened", OFFICE)
    work.do(number, "accepted", OFFICE)
    work.do(number, "assigned", CHAIR, party=OFFICER.party, reason=WHY)
    shown = {"party": "p5", "question": WHY, "shown": "a closed office"}
    with pytest.raises(Refusal) as refused:
        work.do(number, "referred", OFFICE, (1,), **shown)
    assert refused.value.code == "consent-not-stated"
    work.do(number, "referred", OFFICE, (1,), **shown, consent_acts=[1])


AGREED, OPEN = {"name": "A", "consent": {"named-to-body": "yes"}}, {"name": "B"}


@pytest.mark.parametrize(
    ("people", "for_all", "is_cited"),
    [
        pytest.param((AGREED,), "", False, id="the one who is named agreed"),
        pytest.param((AGREED, OPEN), "", True, id="another was not asked"),
        pytest.param((AGREED, OPEN), "yes", False, id="the other agreed with all"),
        pytest.param((AGREED,), "no", True, id="all others did not agree"),
    ],
)
def test_what_one_person_agreed_to_is_said_for_no_other(
    work: AtWork, people: tuple[dict[str, object], ...], for_all: str, *, is_cited: bool
) -> None:
    told = [{"what": f"They closed office {at}.", "targets": [a]} for at, a in enumerate(people)]
    number = work.lodge(
        allegations=told,
        consent={"included": "yes", **({"named-to-body": for_all} if for_all else {})},
    )
    work.do(number, "accepted", OFFICE)
    shown = {"party": "p5", "question": WHY, "shown": "a closed office"}
    if is_cited:
        with pytest.raises(Refusal) as refused:
            work.do(number, "referred", OFFICE, (1,), **shown)
        assert refused.value.code == "consent-not-stated"
        work.do(number, "referred", OFFICE, (1,), **shown, consent_acts=[1])
    else:
        work.do(number, "referred", OFFICE, (1,), **shown)


def test_who_agreed_to_be_named_is_referred_on_that_consent(work: AtWork) -> None:
    number = work.lodge(consent={"named-to-body": "yes"})
    work.do(number, "accepted", OFFICE)
    work.do(number, "referred", OFFICE, (1,), party="p5", question=WHY, shown=WHY)
    assert work.codes(number)[-1] == "referred"
