"""Parties are added and seated by acts on the mechanism's own docket."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from answerable.casework.deciding import decide, on_mechanism
from answerable.casework.found_mechanism import EVERYONE
from answerable.casework.keep_party_keys import require_new
from answerable.casework.ports import Issued, Ledger, Random
from answerable.casework.reading import Reading
from answerable.core.acts import ActCode, Draft, Field, Json, PartyId, Seat
from answerable.core.case import limits
from answerable.core.case.text import clean_line, is_blank
from answerable.core.docket import Unit, UnitKey
from answerable.core.mechanism import (
    BODIES,
    KEY_ROTATED,
    OPERATOR,
    PARTY_ADDED,
    SEAT_GRANTED,
    Mechanism,
    NameTaken,
    SeatHeld,
    UnknownSeat,
    UnusableName,
    known_by,
)
from answerable.core.seats import SEATS

INSIDE = ("secretariat",)


_GIVEN = re.compile(r"p\d+|anyone", re.IGNORECASE)


def usable_name(name: str) -> str:
    """Return a name by which a party can be called, without the blanks around it.

    Raises:
        UnusableName: it is empty, too long, or looks like the number of a party.
        Problem: it holds a sign that cannot be seen, or more than one line.
    """
    if is_blank(name) or len(name) > limits.NAME or _GIVEN.fullmatch(name.strip()):
        raise UnusableName("no name for a party", limit=limits.NAME)
    return clean_line(name, limits.NAME)


@dataclass(frozen=True, slots=True)
class AddParty:
    """Adds a party under the next number; its name is content, and can be erased."""

    ledger: Ledger
    reading: Reading
    random: Random

    def __call__(self, name: str, *, key: bytes | None, request: UUID) -> tuple[PartyId, Issued]:
        def unit() -> Unit:
            mechanism = self.reading.mechanism()
            called = usable_name(name)
            taken = {known_by(party.name or "") for party in mechanism.parties.values()}
            if known_by(called) in taken:
                raise NameTaken("another party has this name")
            fields = [Field("party/name", called, INSIDE)]
            facts: dict[str, Json] = {"party": mechanism.next_party}
            if key is not None:
                require_new(mechanism, key)
                facts["key"] = key.hex()
            return _unit(mechanism, request, _draft(PARTY_ADDED, facts, self.random, fields))

        issued = decide(self.ledger, UnitKey(request), unit).acts[0]
        # Read back, since a repeated request is answered with the party that it added first.
        act = self.reading.dockets.acts(issued.docket)[issued.sequence - 1]
        return PartyId(str(act.kept.envelope.facts["party"])), issued


@dataclass(frozen=True, slots=True)
class GrantSeat:
    """Gives a party a seat in the mechanism's procedure."""

    ledger: Ledger
    reading: Reading
    random: Random

    def __call__(self, party: str, seat: str, *, request: UUID) -> Issued:
        def unit() -> Unit:
            mechanism = self.reading.mechanism()
            found = mechanism.party(party)
            if seat not in SEATS:
                raise UnknownSeat(f"no seat {seat}", seat=seat)
            if seat in found.seats:
                raise SeatHeld(f"{found.id} is {seat} already", party=found.id, seat=seat)
            facts: dict[str, Json] = {"party": found.id, "seat": Seat(seat)}
            shown = seat in BODIES and found.name is not None
            if shown and found.key is not None and not found.is_body:
                # Its key was registered before it was a body, and nobody outside was told.
                facts["key"] = found.key.hex()
            fields = [Field("party/name", found.name, EVERYONE)] if shown else []
            return _unit(mechanism, request, _draft(SEAT_GRANTED, facts, self.random, fields))

        return decide(self.ledger, UnitKey(request), unit).acts[0]


@dataclass(frozen=True, slots=True)
class RecordKeyRotation:
    """Records which keys sign from now on: each is named by its verifier key."""

    ledger: Ledger
    reading: Reading
    random: Random

    def __call__(self, verifier_keys: Mapping[str, str], *, request: UUID) -> Issued:
        def unit() -> Unit:
            mechanism = self.reading.mechanism()
            facts: dict[str, Json] = dict(verifier_keys)
            return _unit(mechanism, request, _draft(KEY_ROTATED, facts, self.random))

        return decide(self.ledger, UnitKey(request), unit).acts[0]


def _draft(
    act: ActCode, facts: dict[str, Json], random: Random, fields: list[Field] | None = None
) -> Draft:
    return Draft(act=act, by=OPERATOR, secret=random(32), fields=tuple(fields or ()), facts=facts)


def _unit(mechanism: Mechanism, request: UUID, draft: Draft) -> Unit:
    return Unit(UnitKey(request), (on_mechanism(mechanism, draft),))
