"""A docket: the ordered record of acts in one matter, folded from their envelopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID

from answerable.core.acts import Commitment, Draft, Envelope, PartyId, Seat
from answerable.core.case.folding import state_after as case_after
from answerable.core.errors import Malformed, Refusal
from answerable.core.proceeding.folding import state_after as proceeding_after

DocketId = NewType("DocketId", int)


class Kind(StrEnum):
    """What people call a docket."""

    CASE = "case"
    PROCEEDING = "proceeding"
    MECHANISM = "mechanism"


class DocketMoved(Refusal):
    """Another act came first: the docket is not where the unit was decided on."""

    code = "docket-moved"


class UnknownDocket(Refusal):
    """No docket has this number, or none that this party may see."""

    code = "unknown-docket"


class EmptyUnit(Malformed):
    """A unit holds no act, or acts on one docket twice."""

    code = "empty-unit"


@dataclass(frozen=True, slots=True)
class Docket:
    """Where a docket stands after the last of its acts. A projection: acts alone decide it.

    ``state`` is what the fold of its kind goes on with (core/case/now.py, core/proceeding/now.py).
    """

    id: DocketId
    kind: Kind
    number: str
    sequence: int
    last: Commitment
    first_at: int
    last_at: int
    party: PartyId
    standing: str
    turn: Seat | None
    facts: Mapping[str, int]
    state: str = ""


@dataclass(frozen=True, slots=True)
class NewDocket:
    """Asks the writer for a new docket. A protected case draws its number from a shuffled block."""

    kind: Kind = Kind.CASE
    protected: bool = False


@dataclass(frozen=True, slots=True)
class OnDocket:
    """Names a docket and the sequence of the last act that the decision was made on."""

    id: DocketId
    sequence: int
    kind: Kind = Kind.CASE


@dataclass(frozen=True, slots=True)
class Change:
    """Acts on one docket, in their order."""

    docket: NewDocket | OnDocket
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class UnitKey:
    """The idempotency key of one item of a request: a random UUID, and the item's place in it.

    A UUID of version 7 keeps the index of keys small on disk, since it grows with time.
    """

    request: UUID
    item: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done after the commit, as data: a name, and facts without content."""

    name: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is written whole or not at all: acts, their request's key, and jobs that follow."""

    key: UnitKey
    changes: tuple[Change, ...]
    jobs: tuple[Job, ...] = ()

    def __post_init__(self) -> None:
        known = [change.docket.id for change in self.changes if isinstance(change.docket, OnDocket)]
        if not self.changes or not all(change.drafts for change in self.changes):
            raise EmptyUnit("a unit holds at least one act on each of its dockets")
        if len(set(known)) != len(known):
            raise EmptyUnit("a unit names each docket once")


_FOLDS = {Kind.CASE: case_after, Kind.PROCEEDING: proceeding_after}
"""How the row of each kind goes on. The mechanism's own docket stands nowhere."""


def docket_after(
    docket: Docket | None, envelope: Envelope, commitment: Commitment, identity: DocketId
) -> Docket:
    """Return the docket after one more act; docket is None before its first."""
    kind = Kind(envelope.kind) if docket is None else docket.kind
    state, standing, turn = "", "", None
    if kind in _FOLDS:
        state, standing, turn = _FOLDS[kind]("" if docket is None else docket.state, envelope)
    return Docket(
        id=identity,
        kind=kind,
        number=envelope.docket,
        sequence=envelope.sequence,
        last=commitment,
        first_at=envelope.at if docket is None else docket.first_at,
        last_at=envelope.at,
        party=envelope.by.party if docket is None else docket.party,
        standing=standing,
        turn=turn,
        facts=_counts(envelope) if docket is None else {**docket.facts, **_counts(envelope)},
        state=state,
    )


def _counts(envelope: Envelope) -> dict[str, int]:
    # Booleans are integers to Python, and no counts.
    return {name: value for name, value in envelope.facts.items() if type(value) is int}
