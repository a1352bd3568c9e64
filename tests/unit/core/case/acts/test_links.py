"""Cases linked, and allegations split."""

from dataclasses import replace
from typing import Any

from answerable.core.case.acts.links import linked_cases
from answerable.core.case.now import AllegationNow, Phase
from answerable.core.case.splits import made_by
from answerable.core.mechanism import ANYONE, Party
from tests.support.cases import (
    BODY,
    NGO,
    NUMBER,
    OFFICE,
    UNION,
    Told,
    accepted,
    assigned,
    by,
    lodged,
    read,
)

OTHER = "XA-2026-0062-5"
TWO: dict[str, Any] = {"into": 2, "shares": ["they searched", "they closed it"]}


def agreed() -> Told:
    return read().did("clarification-answered", NGO, (1,))


def lodged_both() -> Told:
    """Return a case that the NGO handed in, as it did the other one that its acts name."""
    return replace(lodged(), other=lodged().acts)


def test_a_complainant_links_only_cases_that_it_handed_in_or_joined() -> None:
    for code in ("linked", "unlinked"):
        told = lodged().does("linked", OFFICE, case=OTHER) if code == "unlinked" else lodged()
        for other in ((), Told().did("submitted", UNION, (1,), {"allegations": 1}).acts):
            stranger = replace(told, other=other)
            assert stranger.refuses(code, NGO, case=OTHER) == "linked-case-not-yours"
            stranger.does(code, OFFICE, case=OTHER)
        joined = Told().did("submitted", UNION, (1,), {"allegations": 1})
        joined = joined.did("party-joined", UNION, (), {"party": NGO.party})
        replace(told, other=joined.acts).does(code, NGO, case=OTHER)
        left = joined.did("party-left", NGO, (), {"party": NGO.party})
        said = replace(told, other=left.acts).refuses(code, NGO, case=OTHER)
        assert said == "linked-case-not-yours"


def test_who_gave_no_name_links_nothing() -> None:
    nobody = by("anyone", "complainant")
    told = Told().did("submitted", nobody, (1,), {"allegations": 1})
    told = replace(
        told,
        other=told.acts,
        mechanism=replace(
            told.mechanism, parties={**told.mechanism.parties, ANYONE: Party(ANYONE, None)}
        ),
    )
    entered: dict[str, Any] = {"entered_by": OFFICE, "evidence": "a letter"}
    assert told.refuses("linked", nobody, case=OTHER, **entered) == "linked-case-not-yours"


def test_cases_are_linked_and_unlinked_and_each_keeps_its_number() -> None:
    told = lodged_both().does("linked", OFFICE, case=OTHER)
    assert linked_cases(told.acts) == {OTHER}
    assert told.now == lodged().now
    assert linked_cases(told.does("unlinked", NGO, case=OTHER).acts) == frozenset()


def test_a_link_is_to_another_case_and_made_once() -> None:
    assert lodged().refuses("linked", NGO, case=NUMBER) == "linked-to-itself"
    told = lodged().does("linked", OFFICE, case=OTHER)
    assert told.refuses("linked", NGO, case=OTHER) == "linked-before"
    assert lodged().refuses("unlinked", NGO, case=OTHER) == "not-linked"
    assert lodged().refuses("linked", BODY, case=OTHER) == "not-this-seat"


def test_a_complainant_splits_their_own_allegation() -> None:
    told = lodged().does("split", NGO, (1,), **TWO)
    assert list(told.now.allegations) == [1, 2, 3]
    assert told.allegation(3) == AllegationNow()
    assert told.last.facts == {"into": 2}


def test_each_part_of_a_split_is_where_the_whole_was() -> None:
    told = assigned().does("split", NGO, (1,), into=3, shares=["a", "b", "c"])
    assert list(told.now.allegations) == [1, 2, 3, 4]
    assert told.allegation(4) == AllegationNow(
        phase=Phase.ACCEPTED, handler="p11", accused=told.allegation(1).accused
    )


def test_the_secretariat_splits_only_where_the_complainant_agreed() -> None:
    assert agreed().does("split", OFFICE, (1,), **TWO, acts=[3]).last.facts["acts"] == [3]
    assert agreed().refuses("split", OFFICE, (1,), **TWO) == "split-without-consent"
    assert agreed().refuses("split", OFFICE, (1,), **TWO, acts=[1]) == "split-without-consent"
    assert agreed().refuses("split", OFFICE, (2,), **TWO, acts=[3]) == "split-without-consent"
    of_all = read().did("clarification-answered", NGO, ())
    of_all.does("split", OFFICE, (2,), **TWO, acts=[3])
    by_body = read().did("fact-added", BODY)
    assert by_body.refuses("split", OFFICE, (1,), **TWO, acts=[3]) == "split-without-consent"


def test_one_allegation_is_split_into_two_or_more_each_with_its_words() -> None:
    assert lodged().refuses("split", NGO, (1, 2), **TWO) == "one-allegation-wanted"
    assert lodged().refuses("split", NGO, (), **TWO) == "one-allegation-wanted"
    assert lodged().refuses("split", NGO, (1,), into=1, shares=["a"]) == "split-uneven"
    assert lodged().refuses("split", NGO, (1,), into=3, shares=["a", "b"]) == "split-uneven"
    full = lodged(100)
    assert full.refuses("split", NGO, (1,), **TWO) == "too-many-allegations"
    assert len(lodged(99).does("split", NGO, (1,), **TWO).now.allegations) == 100


def test_nothing_is_split_while_something_is_open_on_it() -> None:
    asked = accepted().did("clarification-asked", OFFICE, (1,))
    assert asked.refuses("split", NGO, (1,), **TWO) == "split-while-open"
    asked.does("split", NGO, (2,), **TWO)


def test_what_is_answered_is_split_no_more() -> None:
    told = read().does("not-accepted", OFFICE, (1,), outcome="outside")
    assert told.refuses("split", NGO, (1,), **TWO) == "not-now"


def test_a_split_that_says_nothing_usable_changes_nothing() -> None:
    assert lodged().did("split", NGO, (1,), {"into": 1}).now == lodged().now
    assert lodged().did("split", NGO, (1, 2), {"into": 2}).now == lodged().now


def test_the_numbers_of_parts_follow_from_the_acts() -> None:
    told = lodged().does("split", NGO, (1,), into=3, shares=["a", "b", "c"])
    told = told.does("split", NGO, (4,), **TWO)
    assert made_by(told.acts) == {2: (3, 4), 3: (5,)}
    assert list(told.now.allegations) == [1, 2, 3, 4, 5]
    assert made_by(lodged().did("split", NGO, (1,), {"into": 1}).acts) == {2: ()}
    assert made_by(()) == {}
