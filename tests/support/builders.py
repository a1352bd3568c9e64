"""Units as use cases make them: cases lodged, opened and acknowledged, a mechanism founded."""

import os
from collections.abc import Mapping
from uuid import UUID, uuid4

from answerable.core.acts import ActCode, By, Draft, Field, Json, PartyId, Seat
from answerable.core.docket import Change, Docket, Job, Kind, NewDocket, OnDocket, Unit, UnitKey

NGO = By(PartyId("p1"), Seat("complainant"))
UNION = By(PartyId("p2"), Seat("complainant"))
OFFICE = By(PartyId("p3"), Seat("secretariat"))
OPERATOR = By(PartyId("p0"), Seat("operator"))

KHMER = "ការិយាល័យត្រូវបានបិទ ហើយសិក្ខាសាលាត្រូវបានផ្អាក"
PRIVATE = ("complainant", "secretariat")


def new_key(item: int = 0) -> UnitKey:
    return UnitKey(uuid4(), item)


def keyed(number: int) -> UnitKey:
    return UnitKey(UUID(int=number))


OWED: Json = {
    "starts": [
        {"clock": "acknowledgement", "owes": "secretariat"},
        {"clock": "opening", "owes": "secretariat"},
    ]
}
MET: Mapping[str, Json] = {
    "acknowledged": {"meets": [{"clock": "acknowledgement", "started-by": 1}]},
    "opened": {"meets": [{"clock": "opening", "started-by": 1}]},
}


def submission(by: By = NGO, exhibits: tuple[str, ...] = (), words: str = KHMER) -> Draft:
    return Draft(
        act=ActCode("submitted"),
        by=by,
        secret=os.urandom(32),
        fields=(
            Field("allegations/1/kind", "office-closed", ("public",)),
            Field("allegations/1/what", words, PRIVATE),
            *(
                Field(f"exhibits/{number}/sealed", sealed, PRIVATE)
                for number, sealed in enumerate(exhibits, 1)
            ),
        ),
        allegations=(1,),
        facts={"allegations": 1, "clocks": OWED, "exhibits": len(exhibits), "host": "body"},
        exhibits=exhibits,
    )


def lodged(
    cases: int = 1,
    *,
    by: By = NGO,
    protected: bool = False,
    words: str = KHMER,
    key: UnitKey | None = None,
) -> Unit:
    """Return a unit that opens so many cases, whole or not at all."""
    docket = NewDocket(Kind.CASE, protected=protected)
    changes = tuple(Change(docket, (submission(by, words=words),)) for _ in range(cases))
    return Unit(key or new_key(), changes, (Job("submission-lodged", {"cases": cases}),))


def acted(docket: Docket, *acts: str, sequence: int | None = None) -> Unit:
    """Return a unit of acts by the secretariat, decided on this sequence of the docket."""
    decided_on = docket.sequence if sequence is None else sequence
    drafts = tuple(
        Draft(
            act=ActCode(act),
            by=OFFICE,
            secret=os.urandom(32),
            allegations=(1,),
            facts={"clocks": MET[act]} if act in MET else {},
        )
        for act in acts
    )
    return Unit(new_key(), (Change(OnDocket(docket.id, decided_on, docket.kind), drafts),))


def linked(one: Docket, other: Docket, act: str = "linked") -> Unit:
    """Return a unit by which two cases are linked, or no longer are: each shows the other."""
    changes = (
        Change(
            OnDocket(docket.id, docket.sequence, docket.kind),
            (
                Draft(
                    act=ActCode(act),
                    by=OFFICE,
                    secret=os.urandom(32),
                    facts={"case": case.number},
                ),
            ),
        )
        for docket, case in ((one, other), (other, one))
    )
    return Unit(new_key(), tuple(changes))


def opened(docket: Docket) -> Unit:
    return acted(docket, "opened")


def acknowledged(docket: Docket) -> Unit:
    return acted(docket, "acknowledged")


def together(*units: Unit) -> Unit:
    """Return one unit that does what these do, on several dockets."""
    return Unit(new_key(), tuple(change for unit in units for change in unit.changes))


def founded() -> Unit:
    draft = Draft(
        act=ActCode("mechanism-founded"),
        by=OPERATOR,
        secret=os.urandom(32),
        fields=(Field("title", KHMER, ("public",)),),
    )
    return Unit(new_key(), (Change(NewDocket(Kind.MECHANISM), (draft,)),))
