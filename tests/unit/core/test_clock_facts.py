"""What an act says of clocks is read strictly, and folds to what the vectors say is owed."""

import json
from pathlib import Path
from typing import Any

import pytest

from answerable.core.acts import ActCode, By, Envelope, PartyId, Seat, instant_of, instant_text
from answerable.core.clock_facts import ClocksUnreadable, clocks_of
from answerable.core.owed import Owed, owed_after

VECTORS = Path(__file__).parents[3] / "docs" / "specs" / "vectors" / "owed" / "clocks.json"
KNOWN: dict[str, Any] = json.loads(VECTORS.read_text())


def envelope(act: dict[str, Any]) -> Envelope:
    return Envelope(
        act=ActCode("training"),
        kind="case",
        docket="XA-2026-0061-7",
        sequence=act.get("sequence", 1),
        at=instant_of(act.get("at", "2026-05-11T02:00:00.000Z")),
        by=By(PartyId("p1"), Seat("secretariat")),
        entered_by=None,
        previous=None,
        allegations=tuple(act.get("allegations", ())),
        facts={} if act["clocks"] is None else {"clocks": act["clocks"]},
        signature=None,
    )


def folded(owed: tuple[Owed, ...], act: dict[str, Any]) -> tuple[Owed, ...]:
    return owed_after(owed, envelope(act))


def told(owed: tuple[Owed, ...]) -> list[dict[str, Any]]:
    return [
        {
            "clock": one.code,
            "owes": one.seat,
            "since": instant_text(one.since),
            "started-by": one.started_by,
            "allegations": list(one.allegations),
            "due": one.due_on,
            "met-by": one.met_by,
            "binding": one.binding,
            "confirmed": one.confirmed,
            "calendar": one.calendar,
        }
        for one in owed
    ]


def test_what_is_owed_after_each_act_is_what_the_vectors_say() -> None:
    owed: tuple[Owed, ...] = ()
    for act in KNOWN["folded"]:
        owed = folded(owed, act)
        assert told(owed) == act["owed"], act["sequence"]
    assert len(owed) > 3


@pytest.mark.parametrize("case", KNOWN["refused"], ids=lambda case: case["field"])
def test_what_breaks_the_form_is_refused_with_its_act_and_field(case: dict[str, Any]) -> None:
    with pytest.raises(ClocksUnreadable) as refused:
        folded((), case)
    assert refused.value.facts == {"number": "XA-2026-0061-7", "field": case["field"]}


@pytest.mark.parametrize("clocks", KNOWN["carried"])
def test_a_key_that_is_not_known_is_carried_and_changes_nothing(clocks: dict[str, Any]) -> None:
    assert clocks_of(envelope({"clocks": clocks})) == clocks
    (one,) = told(folded((), {"clocks": clocks}))
    assert (one["clock"], one["due"]) == ("intake", "2026-06-01")


def test_an_act_that_says_nothing_of_clocks_says_nothing() -> None:
    assert clocks_of(envelope({"clocks": None})) == {}
