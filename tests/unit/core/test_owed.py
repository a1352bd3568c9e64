"""What acts start, meets and move is folded from their facts: for all allegations, or for some."""

from typing import Any

from answerable.core.acts import ActCode, By, Envelope, PartyId, Seat
from answerable.core.owed import Owed, owed_after

BY = By(PartyId("p1"), Seat("secretariat"))


def act(sequence: int, allegations: tuple[int, ...] = (1, 2, 3), **clocks: Any) -> Envelope:
    return Envelope(
        act=ActCode("training"),
        kind="case",
        docket="XA-2026-0001-1",
        sequence=sequence,
        at=1000 * sequence,
        by=BY,
        entered_by=None,
        previous=None,
        allegations=allegations,
        facts={"clocks": clocks} if clocks else {},
        signature=None,
    )


def folded(*acts: Envelope) -> dict[tuple[int, ...], tuple[str | None, int | None]]:
    """Return, for each group of allegations, its date and the act that met it."""
    owed: tuple[Owed, ...] = ()
    for one in acts:
        owed = owed_after(owed, one)
    return {item.allegations: (item.due_on, item.met_by) for item in owed}


STARTED = act(1, starts=[{"clock": "intake", "owes": "secretariat", "due": "2026-06-01"}])


def entry(**more: Any) -> dict[str, Any]:
    return {"clock": "intake", "started-by": 1, **more}


def test_a_clock_is_owed_for_the_allegations_of_the_act_that_starts_it() -> None:
    assert folded(STARTED) == {(1, 2, 3): ("2026-06-01", None)}


def test_an_act_without_clocks_changes_nothing() -> None:
    assert folded(STARTED, act(2)) == folded(STARTED)


def test_what_is_met_for_all_is_met_in_one_piece() -> None:
    assert folded(STARTED, act(2, meets=[entry()])) == {(1, 2, 3): ("2026-06-01", 2)}


def test_what_is_met_for_one_allegation_is_still_owed_for_the_others() -> None:
    after = folded(STARTED, act(2, (2,), meets=[entry(allegations=[2])]))
    assert after == {(1, 3): ("2026-06-01", None), (2,): ("2026-06-01", 2)}


def test_a_question_on_one_allegation_moves_its_date_alone() -> None:
    moved = act(2, (3,), moves=[entry(allegations=[3], due="2026-07-01", calendar="xa@1")])
    assert folded(STARTED, moved) == {(1, 2): ("2026-06-01", None), (3,): ("2026-07-01", None)}


def test_what_moved_apart_is_met_together() -> None:
    moved = act(2, (3,), moves=[entry(allegations=[3], due=None)])
    after = folded(STARTED, moved, act(3, meets=[entry()]))
    assert after == {(1, 2): ("2026-06-01", 3), (3,): (None, 3)}


def test_what_was_met_is_neither_moved_nor_met_again() -> None:
    acts = (STARTED, act(2, meets=[entry()]))
    assert folded(*acts, act(3, moves=[entry(due="2026-09-09")])) == folded(*acts)
    assert folded(*acts, act(3, meets=[entry()])) == folded(*acts)


def test_each_part_has_a_key_of_its_own() -> None:
    owed: tuple[Owed, ...] = ()
    for one in (
        STARTED,
        act(2, (2,), meets=[entry(allegations=[2])]),
        act(3, (3,), moves=[entry(allegations=[3], due="2026-08-01")]),
    ):
        owed = owed_after(owed, one)
    assert [item.key for item in owed] == [(1, "intake", 0), (1, "intake", 1), (1, "intake", 2)]


def widened(**more: Any) -> dict[str, Any]:
    return entry(**{"as": 2, "allegations": [4], **more})


def test_what_is_owed_for_an_allegation_is_owed_for_its_parts_on_the_same_date() -> None:
    assert folded(STARTED, act(2, (2,), widens=[widened()])) == {(1, 2, 3, 4): ("2026-06-01", None)}


def test_only_what_is_still_owed_for_that_allegation_is_owed_for_its_parts() -> None:
    met = act(2, (2,), meets=[entry(allegations=[2])])
    assert folded(STARTED, met, act(3, (2,), widens=[widened()])) == folded(STARTED, met)
    moved = act(2, (2,), moves=[entry(allegations=[2], due="2026-07-01", calendar="xa@1")])
    after = folded(STARTED, moved, act(3, (2,), widens=[widened()]))
    assert after == {(1, 3): ("2026-06-01", None), (2, 4): ("2026-07-01", None)}


def test_what_one_act_moves_and_widens_is_owed_on_the_new_date() -> None:
    moved = entry(allegations=[2], due="2026-07-01", calendar="xa@1")
    after = folded(STARTED, act(2, (2,), moves=[moved], widens=[widened()]))
    assert after == {(1, 3): ("2026-06-01", None), (2, 4): ("2026-07-01", None)}
