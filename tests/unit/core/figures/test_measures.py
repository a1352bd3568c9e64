"""The measures of UN Guiding Principle 31, on cases made by hand, and what their sums close on."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.core.acts import Json
from answerable.core.figures.across import across_cases
from answerable.core.figures.across_sum import across_sum
from answerable.core.figures.judging import DAY, AsOf
from tests.support.cases import BODY, CHAIR, NGO, OFFICE, Told
from tests.support.counted import AS_OF, at, begun, day_of, figures, told_of

CLOSED: Sequence[Json] = ["office-closed"]
HAPPENED: dict[str, Json] = {
    "fact": "happened",
    "acts": [2],
    "actor": "as-alleged",
    "law": "not-assessed",
}


def coded(kind: str | None = None, place: str | None = None, accused: str | None = None) -> Told:
    """Return a case of one allegation with these codes, lodged at the beginning of June."""
    told: dict[str, list[Json]] = {"kinds": [kind], "provinces": [place], "accused": [accused]}
    return at(begun(1, **{name: list(codes) for name, codes in told.items()}), "2026-06-01")


def found(told: Told, day: str, **facts: Json) -> Told:
    told = told.did("accepted", OFFICE)
    return at(told.did("finding-issued", CHAIR, (1,), HAPPENED | facts), day)


def test_submissions_are_counted_by_how_they_came_and_in_which_language() -> None:
    told = figures(begun(channel="entered", language="km"), begun(channel="entered"), begun())
    assert (told["channel/entered"], told["channel/not-told"]) == (2, 1)
    assert (told["language/km"], told["language/not-told"]) == (1, 2)


def test_allegations_are_counted_by_kind_place_and_who_is_accused() -> None:
    case = begun(3, kinds=["office-closed", None, "other"], provinces=[None, "KH-2", "KH-2"])
    told = figures(case)
    assert [told[f"kind/{code}"] for code in ("office-closed", "other", "not-told")] == [1, 1, 1]
    assert (told["place/KH-2"], told["place/not-told"], told["accused/not-told"]) == (2, 1, 3)


def test_the_shares_of_a_split_are_of_the_kind_of_the_whole() -> None:
    case = begun(2, kinds=["office-closed", "other"]).did("split", OFFICE, (1,), {"into": 3})
    told = figures(case)
    assert (told["allegations"], told["kind/office-closed"], told["kind/other"]) == (4, 3, 1)


codes = st.lists(st.sampled_from(["a", "b", None, 3]), max_size=5)


@given(st.lists(st.tuples(st.integers(0, 4), codes, st.integers(0, 3)), max_size=5))
def test_every_allegation_is_of_one_kind_and_every_submission_came_one_way(
    cases: list[tuple[int, list[Json], int]],
) -> None:
    made = [
        begun(count, kinds=kinds).did("split", OFFICE, (1,), {"into": into})
        if count and into
        else begun(count, kinds=kinds)
        for count, kinds, into in cases
    ]
    told = figures(*made)
    for family, whole in (
        ("kind", "allegations"),
        ("place", "allegations"),
        ("channel", "submissions"),
    ):
        parts = (value or 0 for code, value in told.items() if code.startswith(f"{family}/"))
        assert sum(parts) == told[whole]


def linked(told: Told, case: int) -> Told:
    return told.did("linked", OFFICE, (), {"case": f"XA-{case}"})


def test_linked_cases_are_one_incident() -> None:
    told = told_of(linked(begun(), 2), linked(begun(), 1), begun())
    values = {one.code: one for one in told}
    assert (values["submissions"].value, values["incidents"].value) == (3, 2)
    assert values["incidents/several-reports"].value == 1
    assert values["incidents/several-reports"].cases == ("XA-1", "XA-2")


def test_an_incident_goes_on_over_links_of_links_and_ends_with_them() -> None:
    chain = [linked(begun(), 2), linked(linked(begun(), 1), 3), linked(begun(), 2)]
    assert figures(*chain)["incidents"] == 1
    chain[2] = chain[2].did("unlinked", OFFICE, (), {"case": "XA-2"})
    chain[1] = chain[1].did("unlinked", OFFICE, (), {"case": "XA-3"})
    assert figures(*chain)["incidents"] == 2


def test_a_link_to_a_case_that_is_not_counted_joins_nothing() -> None:
    assert figures(linked(begun(), 9), linked(begun(), 9))["incidents"] == 2


def test_a_concern_is_no_incident_and_may_be_linked_with_one() -> None:
    concern = begun(0, concerns=1)
    assert figures(concern)["incidents"] == 0
    told = {one.code: one for one in told_of(concern, linked(concern, 3), linked(begun(), 2))}
    assert told["incidents"].value == 1
    assert told["incidents"].cases == ("XA-2", "XA-3")


pairs = st.sets(st.sampled_from(list(combinations(range(6), 2))))


@given(pairs)
def test_incidents_are_the_parts_that_no_link_joins(links: set[tuple[int, int]]) -> None:
    across: dict[str, dict[str, Json]] = {
        f"XA-{n}": {"alleges": True, "links": [f"XA-{b}" for a, b in links if a == n]}
        for n in range(6)
    }
    # By another way: each link that joins two parts makes one of them.
    part = list(range(6))
    for a, b in links:
        part = [part[a] if one == part[b] else one for one in part]
    assert across_cases([across_sum(across.items())])["incidents"].value == len(set(part))


def test_what_is_turned_away_at_intake_is_counted_by_its_outcome() -> None:
    case = begun(3).did("not-accepted", OFFICE, (1, 2), {"outcome": "outside"})
    told = figures(case.did("not-accepted", OFFICE, (3,), {"outcome": "not-examined"}))
    assert (told["not-accepted/outside"], told["not-accepted/not-examined"]) == (2, 1)


def test_an_answer_is_delivered_by_an_act_that_names_it() -> None:
    case = found(begun(), "2026-06-10")
    assert figures(case)["answers/delivered"] == 0
    other = case.did("delivered", OFFICE, (), {"acts": [1]})
    assert figures(other)["answers/delivered"] == 0
    assert figures(other.did("delivered", OFFICE, (), {"acts": [3]}))["answers/delivered"] == 1


def remedies(told: Told) -> list[int | None]:
    return [figures(told)[f"remedy/{what}"] for what in ("promised", "done", "doubted")]


def test_a_remedy_is_promised_done_and_doubted_after_a_finding_that_it_happened() -> None:
    case = found(begun(), "2026-06-10", party="p5", until="2026-07-01")
    assert remedies(case) == [1, 0, 0]
    done = case.did("action-done", BODY, (1,), {"acts": [3]})
    assert remedies(done) == [1, 1, 0]
    assert remedies(done.did("action-doubted", NGO, (1,), {"acts": [3]})) == [1, 0, 1]


def test_what_is_promised_without_such_a_finding_is_no_remedy_of_one() -> None:
    told = begun().did("accepted", OFFICE)
    told = told.did(
        "finding-issued", CHAIR, (1,), {"fact": "not-established", "acts": [2], "party": "p5"}
    )
    assert remedies(told) == [0, 0, 0]
    assert remedies(begun().did("action-promised", BODY, (1,), {"party": "p5"})) == [0, 0, 0]


def test_a_promise_on_one_allegation_is_no_remedy_of_another() -> None:
    case = begun(2).did("accepted", OFFICE, (1, 2)).did("finding-issued", CHAIR, (1, 2), HAPPENED)
    assert remedies(case.did("action-promised", BODY, (2,), {"party": "p5"})) == [1, 0, 0]


def test_open_cases_have_the_age_of_their_lodging() -> None:
    cases = [at(begun(), day) for day in ("2026-06-20", "2026-06-25", "2026-06-28")]
    told = told_of(*cases, found(at(begun(), "2026-01-01"), "2026-06-10"))
    values = {one.code: one for one in told}
    assert values["age/median"].value == 5
    assert values["age/ninety-percent"].value == 10
    assert values["age/median"].cases == ("XA-1", "XA-2", "XA-3")


def test_nothing_that_is_open_becomes_younger() -> None:
    later = AsOf(AS_OF.at + 3 * DAY, day_of)
    case = at(begun(), "2026-06-20")
    assert figures(case, as_of=later)["age/median"] == 13


@pytest.mark.parametrize(
    ("day", "kind", "place", "counted"),
    [
        pytest.param("2026-06-11", "office-closed", "KH-2", 1, id="after the finding"),
        pytest.param("2026-06-09", "office-closed", "KH-2", 0, id="before the finding"),
        pytest.param("2026-06-11", "office-closed", "KH-3", 0, id="in another province"),
        pytest.param("2026-06-11", "other", "KH-2", 0, id="of another kind"),
        pytest.param("2026-06-11", "office-closed", None, 0, id="with no place told"),
    ],
)
def test_an_allegation_of_what_was_found_before_is_a_repeat(
    day: str, kind: str, place: str | None, counted: int
) -> None:
    first = found(coded("office-closed", "KH-2"), "2026-06-10")
    assert figures(first, at(coded(kind, place), day))["repeats/kind-and-place"] == counted


def test_the_same_kind_of_body_accused_after_a_finding_is_a_repeat() -> None:
    first = found(coded(accused="police"), "2026-06-10")
    again = [at(coded(accused=who), "2026-06-11") for who in ("police", "employer", None)]
    told = {one.code: one for one in told_of(first, *again)}
    assert told["repeats/accused"].value == 1
    assert told["repeats/accused"].cases == ("XA-2",)


def test_what_was_found_not_to_have_happened_is_not_repeated() -> None:
    first = found(coded("office-closed", "KH-2"), "2026-06-10", fact="did-not-happen")
    later = at(coded("office-closed", "KH-2"), "2026-06-11")
    assert figures(first, later)["repeats/kind-and-place"] == 0


def test_a_finding_that_was_reopened_makes_no_repeat() -> None:
    first = found(coded(accused="police"), "2026-06-10").did(
        "reopened", CHAIR, (1,), {"cause": "error"}
    )
    assert figures(first, at(coded(accused="police"), "2026-06-11"))["repeats/accused"] == 0
