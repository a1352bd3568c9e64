"""Whole cases played at random by their rules: every allegation stands somewhere after each act."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import event, given
from hypothesis import strategies as st

from answerable.core.acts import By, Json
from answerable.core.canonical import encode
from answerable.core.case.acts.kind import HANDLER, ActKind, Asked, Part, Shape, When
from answerable.core.case.acts.table import ACTS
from answerable.core.case.deciding import facts_of, require
from answerable.core.case.now import AllegationNow, CaseNow, Phase, case_of, text_of
from answerable.core.case.standings import NEED, Over, Standing, over, standing_of, summary_of
from answerable.core.errors import Refusal
from tests.support.cases import NUMBER, PEOPLE, WORDS, Told, lodged

DONE = tuple(kind for kind in ACTS.values() if kind.verb)
DAYS = ("2026-05-01", "2026-05-12", "2026-06-01", "2027-01-01")
PHASES = {
    When.INTAKE: {Phase.INTAKE},
    When.BEFORE_FINDING: {Phase.INTAKE, Phase.ACCEPTED},
    When.ACCEPTED: {Phase.ACCEPTED},
    When.AFTER_FINDING: {Phase.ANSWERED},
    When.BEFORE_CONCLUSION: {Phase.INTAKE, Phase.ACCEPTED, Phase.ANSWERED},
}
NUMBERS = (NUMBER, "XA-2026-0062-5")

BY_SHAPE: dict[Shape, Callable[[Told], st.SearchStrategy[Json]]] = {
    Shape.TEXT: lambda _: st.just(WORDS),
    Shape.TEXTS: lambda _: st.lists(st.just(WORDS), min_size=1, max_size=3).map(list),
    Shape.DAY: lambda _: st.sampled_from(DAYS),
    Shape.COUNT: lambda _: st.integers(1, 4),
    Shape.ACTS: lambda told: st.lists(
        st.integers(1, len(told.acts) + 1), min_size=1, max_size=2, unique=True
    ).map(list),
    Shape.PARTY: lambda _: st.sampled_from([str(one.party) for one in PEOPLE]),
    Shape.YES_NO: lambda _: st.booleans(),
    Shape.NUMBER: lambda _: st.sampled_from(NUMBERS),
}


def value(told: Told, part: Part) -> st.SearchStrategy[Json]:
    if part.shape is Shape.CODE:
        return st.sampled_from(part.choices or ("finding", "opening"))
    return BY_SHAPE[part.shape](told)


@st.composite
def askings(draw: st.DrawFn, told: Told, kind: ActKind) -> Asked:
    """Draw an act of a kind: by someone who may, mostly, and with every part that it must have."""
    handlers = {one.handler for one in told.now.allegations.values()}
    able = [
        one
        for one in PEOPLE
        if one.seat in kind.by or (HANDLER in kind.by and one.party in handlers)
    ]
    who: By = draw(st.sampled_from(able or PEOPLE))
    numbers = list(told.now.allegations)
    chosen = draw(st.lists(st.sampled_from(numbers), max_size=2, unique=True))
    parts = [part for part in kind.parts if part.required or draw(st.booleans())]
    entered = draw(st.sampled_from((*[None] * 40, *PEOPLE)))
    return Asked(
        by=who,
        allegations=() if kind.whole else tuple(sorted(chosen)),
        values={part.name: draw(value(told, part)) for part in parts},
        entered_by=entered,
        evidence=None if entered is None else "a letter",
        second=draw(st.sampled_from((None, *(one.party for one in PEOPLE)))),
    )


def timely(told: Told) -> list[ActKind]:
    """Return the kinds that the state of some allegation allows, so that the play goes on."""
    phases = {one.phase for one in told.now.allegations.values()}
    return [kind for kind in DONE if kind.when is When.ANY or PHASES[kind.when] & phases]


def done(told: Told, kind: ActKind, asked: Asked) -> Told | None:
    """Return the case after the act, None where a rule refuses it."""
    try:
        require(kind, told.deciding(asked))
    except Refusal:
        return None
    facts = facts_of(kind, asked)
    return told.did(kind.code, asked.by, asked.allegations, facts, entered_by=asked.entered_by)


def must_stand(case: CaseNow) -> None:
    places = [standing_of(case, number) for number in case.allegations]
    assert all(isinstance(standing, Standing) for standing, _ in places)
    # Somebody always owes the next act, until the matter is over.
    assert all(turn or standing in NEED[-2:] for standing, turn in places)
    summary = summary_of(case)
    assert summary in places
    assert all(NEED.index(summary[0]) <= NEED.index(standing) for standing, _ in places)
    assert set(over(case)) <= set(Over)


@given(st.data())
def test_no_act_by_its_rules_leaves_an_allegation_without_a_standing(data: st.DataObject) -> None:
    told = lodged(
        data.draw(st.integers(1, 3)), host=data.draw(st.sampled_from(["body", "neutral"]))
    )
    for _ in range(12):
        kind = data.draw(st.sampled_from(timely(told)))
        after = done(told, kind, data.draw(askings(told, kind)))
        if after is None:
            continue
        event(kind.code)
        told = after
        must_stand(told.now)
        assert case_of(text_of(told.now)) == told.now
        encode(dict(told.last.facts))


act_numbers = st.integers(0, 9)
parties = st.sampled_from(["", "p3", "p11"])
allegations = st.builds(
    AllegationNow,
    phase=st.sampled_from(Phase),
    handler=parties,
    member=parties,
    accused=parties,
    referral=act_numbers,
    question=act_numbers,
    asked_unit=act_numbers,
    accounts=act_numbers,
    held=act_numbers,
    agreement=act_numbers,
    draft=act_numbers,
    finding=act_numbers,
    contest=act_numbers,
    reopened=act_numbers,
    outcome=st.sampled_from(["", "happened", "agreed", "withdrawn", "outside", "not-examined"]),
    actions=st.lists(act_numbers, max_size=3).map(tuple),
)
cases = st.builds(
    CaseNow,
    allegations=st.lists(allegations, max_size=4).map(lambda all_: dict(enumerate(all_, 1))),
    delivered=st.booleans(),
    opened=st.booleans(),
    acknowledged=st.booleans(),
    danger=act_numbers,
    reprisal=act_numbers,
    withdrawal=act_numbers,
    continued=act_numbers,
    concluded=act_numbers,
)


@given(cases)
def test_a_case_is_read_back_as_it_was_stored(case: CaseNow) -> None:
    assert case_of(text_of(case)) == case


@given(cases.filter(lambda case: bool(case.allegations)))
def test_whatever_a_case_is_like_each_allegation_stands_somewhere(case: CaseNow) -> None:
    must_stand(case)


@given(cases, st.integers(0, 9))
def test_a_case_differs_in_storage_where_it_differs(case: CaseNow, number: int) -> None:
    other = replace(case, danger=number)
    assert (text_of(other) == text_of(case)) == (other == case)
