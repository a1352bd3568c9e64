"""Whole cases played at random by their rules: every allegation stands somewhere after each act."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from answerable.core.act_form import Asked, Part, Shape, facts_of
from answerable.core.acts import Json
from answerable.core.canonical import encode
from answerable.core.case.acts.kind import ActKind, When
from answerable.core.case.acts.table import ACTS
from answerable.core.case.deciding import require
from answerable.core.case.now import AllegationNow, CaseNow, Phase, case_of, text_of
from answerable.core.case.standings import NEED, Over, Standing, over, standing_of, summary_of
from answerable.core.errors import Refusal
from answerable.core.seats import HANDLER
from tests.support.cases import NUMBER, PEOPLE, WORDS, Told, assigned, lodged, read
from tests.support.playing import files

DONE = tuple(kind for kind in ACTS.values() if kind.verb)
DAYS = ("2026-05-01", "2026-05-12", "2026-06-01", "2027-01-01")
NUMBERS = (NUMBER, "XA-2026-0062-5")
PHASES = {
    When.INTAKE: {Phase.INTAKE},
    When.BEFORE_FINDING: {Phase.INTAKE, Phase.ACCEPTED},
    When.ACCEPTED: {Phase.ACCEPTED},
    When.AFTER_FINDING: {Phase.ANSWERED},
    When.BEFORE_CONCLUSION: {Phase.INTAKE, Phase.ACCEPTED, Phase.ANSWERED},
}


def handlers_of(told: Told) -> list[str]:
    return sorted({one.handler for one in told.now.allegations.values()} - {""})


def value(random: Random, told: Told, part: Part) -> Json:
    acts: list[Json] = [*range(1, len(told.acts) + 2)]
    said: dict[Shape, Json] = {
        Shape.TEXT: WORDS,
        Shape.TEXTS: [WORDS] * random.randint(1, 3),
        Shape.DAY: random.choice(DAYS),
        Shape.CODE: random.choice(part.choices or ("finding", "opening")),
        Shape.COUNT: random.randint(1, 3),
        Shape.ACTS: random.sample(acts, random.choice((1, 1, 1, 2))),
        Shape.PARTY: random.choice([*(str(one.party) for one in PEOPLE), *handlers_of(told)]),
        Shape.YES_NO: random.random() < 0.5,
        Shape.NUMBER: random.choice(NUMBERS),
        Shape.READERS: [random.choice(part.choices or ("monitor",))],
        Shape.EXHIBITS: [f"{random.choice(acts)}/{random.randint(1, 2)}"],
    }
    return said[part.shape]


def timely(told: Told) -> list[ActKind]:
    """Return the kinds that the state of some allegation allows, so that the play goes on."""
    phases = {one.phase for one in told.now.allegations.values()}
    return [kind for kind in DONE if kind.when is When.ANY or PHASES[kind.when] & phases]


def asking(random: Random, told: Told, kind: ActKind) -> Asked:
    """Return an act of a kind, by someone who may do it, mostly, with all that it must say."""
    handlers = handlers_of(told)
    able = [
        one
        for one in PEOPLE
        if one.seat in kind.by or (HANDLER in kind.by and one.party in handlers)
    ]
    numbers = list(told.now.allegations)
    chosen = random.sample(numbers, random.choice((0, 1, 1, 1, len(numbers))))
    parts = [part for part in kind.parts if part.required or random.random() < 0.5]
    entered = random.choice(PEOPLE) if random.random() < 0.1 else None
    return Asked(
        by=random.choice(able or PEOPLE),
        allegations=() if kind.whole else tuple(sorted(chosen)),
        values={part.name: value(random, told, part) for part in parts},
        entered_by=entered,
        evidence=None if entered is None else "a letter",
        second=random.choice((None, None, *(one.party for one in PEOPLE))),
        exhibits=files(random, kind),
    )


def played(seed: int, acts: int) -> Iterator[Told]:
    """Yield a case after each of its acts. What was done seldom is tried first; days pass."""
    random = Random(seed)  # noqa: S311 - the same game each time
    told = random.choice((lodged(host="neutral"), lodged(3), read(), assigned()))
    done = Counter(act.act for act in told.acts)
    for _ in range(acts):
        kinds = sorted(timely(told), key=lambda kind: (done[kind.code], random.random()))
        after = next(filter(None, (tried(random, told, kind) for kind in kinds)), None)
        if after is None:
            return
        told = replace(after, today=after.today + timedelta(days=1))
        done[told.last.act] += 1
        yield told


def tried(random: Random, told: Told, kind: ActKind) -> Told | None:
    """Return the case after an act of this kind, None where the rules refuse what was tried."""
    for _ in range(4):
        asked = asking(random, told, kind)
        try:
            require(kind, told.deciding(asked))
        except Refusal:
            continue
        facts = facts_of(kind, asked)
        return told.did(kind.code, asked.by, asked.allegations, facts, entered_by=asked.entered_by)
    return None


def must_stand(case: CaseNow) -> None:
    places = [standing_of(case, number) for number in case.allegations]
    assert all(isinstance(standing, Standing) for standing, _ in places)
    # Somebody always owes the next act, until the matter is over; nobody does on an erased case.
    if case.erased:
        assert {turn for _, turn in places} <= {None}
    else:
        assert all(turn or standing in NEED[-2:] for standing, turn in places)
    summary = summary_of(case)
    assert summary in places
    assert all(NEED.index(summary[0]) <= NEED.index(standing) for standing, _ in places)
    assert set(over(case)) <= set(Over)


@given(st.integers(0, 2**32))
def test_no_act_by_its_rules_leaves_an_allegation_without_a_standing(seed: int) -> None:
    for told in played(seed, acts=30):
        must_stand(told.now)
        assert case_of(text_of(told.now)) == told.now
        encode(dict(told.last.facts))


@given(st.integers(0, 2**32))
def test_no_allegation_that_an_act_names_is_ever_gone(seed: int) -> None:
    before: set[int] = set()
    for told in played(seed, acts=30):
        assert before | set(told.last.allegations) <= set(told.now.allegations)
        before = set(told.now.allegations)


def test_the_play_comes_far() -> None:
    plays = [list(played(seed, acts=40)) for seed in range(12)]
    done = {told.last.act for play in plays for told in play}
    last = {one.phase for play in plays for one in play[-1].now.allegations.values()}
    assert len(done) > len(DONE) * 0.6
    assert last >= {Phase.ACCEPTED, Phase.ANSWERED}


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
