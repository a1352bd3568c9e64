"""The sum of some cases adds what each of them would, at any instant, in any zone and group."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answerable.core.acts import Json
from answerable.core.canonical import decode, encode
from answerable.core.figures.case_figures import CaseFigures, DaysGiven, Waited
from answerable.core.figures.judging import DAY, AsOf, told
from answerable.core.figures.settling import settled
from answerable.core.figures.summing import MOST, CasesSum, add_sum, sum_in, sum_of
from answerable.core.figures.tally import Tally
from answerable.core.figures.told import Figure, figures_of
from tests.unit.core.figures.test_case_figures import FIRST, contributions, instants
from tests.unit.core.figures.test_settling import HOUR, as_of, opening, zones

codes = st.none() | st.sampled_from(["raid", "raid KH", "KH-1", "KH 1", "1"])
numbers = st.integers(1, 7).map(lambda number: f"XA-{number}")


@st.composite
def said(draw: st.DrawFn, at: int) -> dict[str, Json]:
    """Return what a case says to figures over several, in the form of across.contribution."""
    told_codes = draw(st.lists(st.tuples(codes, codes, codes).filter(any), max_size=3))
    found = draw(st.lists(st.tuples(instants, codes, codes, codes), max_size=2))
    parts: dict[str, Json] = {
        "alleges": draw(st.booleans()),
        "found": [list(one) for one in found],
        "links": list(draw(st.sets(numbers, max_size=2))),
        "lodged": at if told_codes else None,
        "told": [list(one) for one in told_codes],
    }
    return {name: part for name, part in parts.items() if part}


@st.composite
def cases(draw: st.DrawFn) -> list[CaseFigures]:
    lodged = instants.flatmap(lambda at: st.tuples(st.none() | st.just(at), said(at)))
    return [
        one._replace(open_since=since, across=across)
        for one in draw(contributions())
        for since, across in [draw(lodged)]
    ]


def grouped(of: list[CaseFigures], sizes: list[int]) -> Iterator[list[CaseFigures]]:
    at = 0
    for size in [*sizes, len(of)]:
        yield of[at : at + size]
        at += size


def again(one: CasesSum) -> CasesSum:
    """Return a sum as it comes back from its canonical text."""
    value = decode(encode(one.json()))
    assert isinstance(value, dict)
    back = sum_in(value)
    assert back.json() == one.json()
    return back


def summed(of: list[CaseFigures], sizes: list[int], at: AsOf) -> list[Figure]:
    tally = Tally()
    for group in grouped(of, sizes):
        add_sum(tally, again(sum_of([settled(case) for case in group])), at)
    return figures_of(tally)


NEAR = opening("2026-01-01", FIRST + 23 * HOUR)
OPEN = NEAR.steps[0]._replace(met_at=None, due_on="2026-03-01")
WITHOUT = OPEN._replace(due_on=None)
EVENT = NEAR.steps[0]._replace(due_on="2026-03-01", since_on="2025-12-30", met_on="2026-01-02")
SOON = OPEN._replace(met_at=FIRST + 59 * DAY)
TWICE = CaseFigures(
    "XA-1", {"submissions": 1}, (*NEAR.steps, *NEAR.steps, OPEN, OPEN, EVENT, SOON, WITHOUT)
)


@given(cases(), st.lists(st.integers(0, 4), max_size=4), instants, zones)
@example([NEAR], [], FIRST + 9 * DAY, 14 * 60)
@example([NEAR], [], FIRST + 9 * DAY, -11 * 60)
@example([TWICE, TWICE._replace(number="XA-2")], [], FIRST + 9 * DAY, 0)
def test_sums_add_up_to_what_every_case_adds(
    of: list[CaseFigures], sizes: list[int], at: int, minutes: int
) -> None:
    assert summed(of, sizes, as_of(at, minutes)) == told(of, as_of(at, minutes))


def test_what_is_near_its_day_or_waits_for_one_is_judged_when_it_is_told() -> None:
    one = sum_of([settled(TWICE)])
    assert [(steps.name, len(steps.due)) for steps in one.near] == [("opening", 3)]
    assert [step for _, step in one.judged] == [EVENT, WITHOUT]
    for at, how in ((FIRST + 58 * DAY, "open"), (FIRST + 60 * DAY, "open-late")):
        tally = Tally()
        add_sum(tally, sum_of([settled(CaseFigures("XA-1", {}, (OPEN, OPEN)))]), as_of(at, 0))
        assert tally.counts == {f"steps/opening/{how}": 2, "days/opening": 2}


def test_a_sum_in_plain_sight() -> None:
    step = Waited("opening", confirmed=True, since=FIRST, due_on="2026-01-08", met_at=None)
    said_of: dict[str, Json] = {
        "alleges": True,
        "links": ["XA-9"],
        "lodged": FIRST,
        "told": [["raid", "KH-1", "police"], ["raid", "KH-1", None]],
        "found": [[FIRST + 2, "raid", "KH-1", "police"]],
    }
    case = CaseFigures(
        "XA-1",
        {"allegations": 2, "submissions": 1},
        (step, step._replace(since=FIRST + 1)),
        (DaysGiven("complainant", FIRST, "2026-01-05"),),
        said_of,
        FIRST,
    )
    other = opening("2026-02-01", FIRST + 5 * DAY)._replace(number="XA-2")
    assert encode(sum_of([settled(case), settled(other)]).json()).decode() == (
        '{"across":{"alleging":"00","found":{"accused":{"police":1767225600002},'
        '"kind-and-place":{"4 raid KH-1":1767225600002}},"links":[[0,"XA-9"]],'
        '"lodged":["00",[1767225600000]],'
        '"told":{"accused":{"police":"00"},"kind-and-place":{"4 raid KH-1":"0000"}}},'
        '"cases":{"age":"00","allegations":"00","days/opening":"0001","given/complainant":"00",'
        '"steps/opening/met-in-time":"01","submissions":"0001"},'
        '"given":{"complainant":[[1767225600000],[20458]]},"judged":[],'
        '"more":{"allegations":1,"days/opening":1},"near":[],"numbers":["XA-1","XA-2"],'
        '"open":[["opening",[20461,20461],"0000",[1767225600000,1767225600001]]],'
        '"open_since":[1767225600000],"took":{"days/opening":[5]}}'
    )


def test_a_sum_has_as_many_cases_as_an_octet_tells_apart() -> None:
    many = [settled(NEAR._replace(number=f"XA-{number}")) for number in range(MOST)]
    assert len(again(sum_of(many)).numbers) == MOST
    with pytest.raises(ValueError, match="256"):
        sum_of([*many, settled(NEAR)]).json()
