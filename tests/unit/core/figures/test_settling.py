"""A case is parted into what is settled and the rest: both together are what the case is."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from answerable.core.canonical import decode, encode
from answerable.core.figures.case_figures import CaseFigures, Waited
from answerable.core.figures.judging import DAY, AsOf, add_case
from answerable.core.figures.settling import settled, settled_in
from answerable.core.figures.summing import add_sum, sum_of
from answerable.core.figures.tally import Tally
from answerable.core.figures.told import figures_of
from tests.unit.core.figures.test_case_figures import FIRST, contributions, instants

HOUR = DAY // 24
zones = st.integers(-24 * 60 + 1, 24 * 60 - 1)
"""Minutes east of UTC: no zone is a whole day away."""


def as_of(at: int, minutes: int) -> AsOf:
    def day_of(instant: int) -> date:
        utc = datetime.fromtimestamp(instant / 1000, UTC)
        return (utc + timedelta(minutes=minutes)).date()

    return AsOf(at, day_of)


def opening(due_on: str, met_at: int) -> CaseFigures:
    step = Waited("opening", confirmed=True, since=FIRST, due_on=due_on, met_at=met_at)
    return CaseFigures("XA-1", {"submissions": 1}, (step,))


@given(contributions(), instants, zones)
@example([opening("2026-01-01", FIRST + 23 * HOUR)], FIRST + 9 * DAY, 14 * 60)
@example([opening("2026-01-01", FIRST + 25 * HOUR)], FIRST + 9 * DAY, -11 * 60)
@example([CaseFigures("XA-1", {"kind/of a kind": 2, "matters": 3})], FIRST, 0)
def test_parted_cases_add_up_to_what_they_were(
    cases: list[CaseFigures], at: int, minutes: int
) -> None:
    whole, parted = Tally(), Tally()
    for case in cases:
        add_case(whole, case, as_of(at, minutes))
        one = settled_in(decode(encode(settled(case).json())))  # type: ignore[arg-type] # an object
        assert one == settled(case)
        add_sum(parted, sum_of([one]), as_of(at, minutes))
    assert parted.counts == whole.counts
    assert figures_of(parted) == figures_of(whole)


def test_what_was_met_far_from_its_date_is_settled_and_what_is_open_or_near_is_not() -> None:
    assert settled(opening("2026-01-20", FIRST)).rest.steps == ()
    assert settled(opening("2025-12-20", FIRST)).once == (
        "days/opening",
        "steps/opening/met-late",
        "submissions",
    )
    near = opening("2026-01-01", FIRST + 23 * HOUR)
    assert settled(near).rest.steps == near.steps
    (step,) = near.steps
    still = CaseFigures("XA-1", {}, (step._replace(met_at=None, due_on="2020-01-01"),))
    assert settled(still).rest.steps == still.steps
