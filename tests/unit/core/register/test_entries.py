"""Where commitments lie, in little memory: the same answers as a mapping and a set give."""

from hypothesis import given
from hypothesis import strategies as st

from answerable.core.register.entries import Entries, Positions

COMMITMENTS = st.lists(st.binary(min_size=32, max_size=32), max_size=40)


@given(COMMITMENTS, st.binary(min_size=32, max_size=32))
def test_each_commitment_is_where_a_mapping_has_it(known: list[bytes], other: bytes) -> None:
    entries = Entries(b"".join(known))
    expected = {one: at for at, one in enumerate(known)}
    assert {one: entries[one] for one in known} == expected
    assert entries.get(other) == expected.get(other)
    assert list(entries) == known
    assert list(entries.in_order()) == sorted((one, at) for at, one in enumerate(known))


@given(st.sets(st.integers(0, 30)))
def test_positions_are_a_set_of_those_added(added: set[int]) -> None:
    positions = Positions(31)
    for one in [*added, *added]:
        positions.add(one)
    assert len(positions) == len(added)
    assert {at for at in range(-2, 40) if at in positions} == added
    assert None not in positions
    again = Positions(octets=positions.octets())
    assert (len(again), again.octets()) == (len(added), positions.octets())
