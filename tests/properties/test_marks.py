"""Places as bits of a number: what goes in comes out, and what two share is what both have."""

from hypothesis import given
from hypothesis import strategies as st

from answerable.core.register.marks import flags_of, marks_of, places_in

SIZE = 200
places = st.sets(st.integers(min_value=0, max_value=SIZE - 1))


@given(places, places)
def test_places_come_back_in_order_and_what_two_share_is_what_both_have(
    some: set[int], others: set[int]
) -> None:
    one, other = marks_of(some, SIZE), marks_of(others, SIZE)
    assert [*places_in(one)] == sorted(some)
    assert [*places_in(one & other)] == sorted(some & others)
    assert one.bit_count() == len(some)
    assert [at for at, is_so in enumerate(flags_of(one, SIZE)) if is_so] == sorted(some)


def test_of_no_cases_none_is_marked() -> None:
    assert (marks_of([], 0), [*places_in(0)]) == (0, [])
