"""The rows that storage keeps, and how an act becomes rows and comes back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, cast

from answerable.core.acts import (
    ActCode,
    By,
    Commitment,
    Draft,
    Envelope,
    Json,
    PartyId,
    PartySignature,
    Seat,
)
from answerable.core.canonical import decode, encode
from answerable.core.docket import (
    Docket,
    DocketId,
    Kind,
    UnitKey,
)
from answerable.core.owed import Owed
from answerable.core.register.groups import group_of

DIGEST_LENGTH = 43
"""The characters of a SHA-256 digest in base64url without padding."""


class Tail(NamedTuple):
    """Where the ledger ends: what the writer must know before it appends."""

    ledger: int
    origin: str
    first: int
    size: int
    last_at: int
    next_docket: int


class LedgerRow(NamedTuple):
    """One ledger of the mechanism. A successor names the head that was lost."""

    number: int
    origin: str
    first: int
    first_docket: int
    started_at: int
    lost_size: int | None
    lost_root: bytes | None


class ActRow(NamedTuple):
    position: int
    docket: int
    sequence: int
    number: str
    act: str
    at: int
    settled: str
    envelope_secret: bytes
    digests: str
    wrapped: bytes
    content: bytes


class CheckpointRow(NamedTuple):
    ledger: int
    size: int
    root: bytes
    note: bytes
    at: int


class UnitRow(NamedTuple):
    request: bytes
    item: int
    position: int
    acts: int

    @property
    def key(self) -> tuple[bytes, int]:
        return (self.request, self.item)


class BlockRow(NamedTuple):
    """A week's block of numbers. ``part`` counts the blocks that one week needed."""

    year: int
    week: int
    part: int
    serials: str
    drawn: int

    @property
    def order(self) -> tuple[int, ...]:
        return tuple(map(int, self.serials.split()))


class DocketRow(NamedTuple):
    id: int
    kind: str
    number: str
    sequence: int
    last: bytes
    first_at: int
    last_at: int
    party: str
    standing: str
    turn: str | None
    facts: str
    state: str


class OwedRow(NamedTuple):
    docket: int
    started_by: int
    code: str
    part: int
    seat: str
    since: int
    due_on: str | None
    met_by: int | None
    allegations: str
    binding: int
    confirmed: int
    calendar: str


class EnvelopeRow(NamedTuple):
    """What figures are folded from: an act without its content and what proves it."""

    docket: int
    sequence: int
    number: str
    act: str
    at: int
    settled: str


class FiguresRow(NamedTuple):
    """What a docket's first ``sequence`` acts give to the figures; "" where it is no case."""

    docket: int
    sequence: int
    text: str


class SumRow(NamedTuple):
    """What a group of dockets gives to the figures together, by the first docket of the group.

    There is a row of every group that has a row of figures. Its text is None since one of these was
    stored, until it is summed again.
    """

    first: int
    text: str | None


class MarkRow(NamedTuple):
    """How far a projection has followed: to before a position, by which version of its fold."""

    name: str
    position: int
    version: int


class KeyedRow(NamedTuple):
    """Which docket a return key opens. Nobody can make it again from acts: it is no projection.

    ``shows`` is what its sender chose: whether the key shows what was sent, None where nothing was.
    """

    digest: bytes
    docket: int
    shows: bool | None = None


@dataclass(slots=True)
class Batch:
    """Everything that one transaction of the writer stores."""

    entries: list[tuple[int, bytes]] = field(default_factory=list)
    acts: list[ActRow] = field(default_factory=list)
    exhibits: list[tuple[str, int]] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    tiles: list[tuple[int, int, bytes]] = field(default_factory=list)
    dockets: list[DocketRow] = field(default_factory=list)
    owed: list[OwedRow] = field(default_factory=list)
    figures: list[FiguresRow] = field(default_factory=list)
    sums: list[SumRow] = field(default_factory=list)
    marks: list[MarkRow] = field(default_factory=list)
    keyed: list[KeyedRow] = field(default_factory=list)
    jobs: list[tuple[str, str, int]] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)
    blocks: list[BlockRow] = field(default_factory=list)
    checkpoint: CheckpointRow | None = None
    ledger: LedgerRow | None = None

    def sum_rows(self) -> list[SumRow]:
        """Return the rows of sums, of which those are emptied that the rows of figures change."""
        emptied = {group_of(row.docket): SumRow(group_of(row.docket), None) for row in self.figures}
        return [*emptied.values(), *(row for row in self.sums if row.first not in emptied)]

    def tables(self) -> dict[str, Sequence[tuple[Any, ...]]]:
        """Return the rows by the name of their table."""
        return {
            "entry": self.entries,
            "act": self.acts,
            "exhibit": self.exhibits,
            "unit": self.units,
            "tile": self.tiles,
            "docket": self.dockets,
            "owed": self.owed,
            "figures": self.figures,
            "figures_sum": self.sum_rows(),
            "mark": self.marks,
            "keyed": self.keyed,
            "job": self.jobs,
            "year": self.years,
            "block": self.blocks,
            "checkpoint": [] if self.checkpoint is None else [self.checkpoint],
            "ledger": [] if self.ledger is None else [self.ledger],
        }


def settled_json(draft: Draft, kind: str) -> str:
    """Return the part of an envelope that the draft decides, as storage keeps it."""
    signature = "null" if draft.signature is None else _json(draft.signature.json())
    return (
        f'{{"allegations":{_json(draft.allegations)},"by":{_by_json(draft.by)},'
        f'"entered_by":{_by_json(draft.entered_by)},"facts":{_json(dict(draft.facts))},'
        f'"kind":"{kind}","signature":{signature}}}'
    )


def _json(value: object) -> str:
    return encode(value).decode()


# The same few parties and seats stand in every act.
@lru_cache(maxsize=1024)
def _by_json(by: By | None) -> str:
    return "null" if by is None else _json(by.json())


def envelope_of(row: ActRow, previous: bytes | None) -> Envelope:
    """Return the envelope of a stored act; previous is the commitment of the act before it."""
    value = cast("dict[str, Any]", decode(row.settled.encode()))
    entered_by, signature = value["entered_by"], value["signature"]
    return Envelope(
        act=ActCode(row.act),
        kind=value["kind"],
        docket=row.number,
        sequence=row.sequence,
        at=row.at,
        by=_by(value["by"]),
        entered_by=None if entered_by is None else _by(entered_by),
        previous=None if previous is None else Commitment(bytes(previous)),
        allegations=tuple(value["allegations"]),
        facts=value["facts"],
        signature=None
        if signature is None
        else PartySignature(bytes.fromhex(signature["key"]), bytes.fromhex(signature["signature"])),
    )


def _by(value: dict[str, str]) -> By:
    return By(PartyId(value["party"]), Seat(value["seat"]))


def digests_text(digests: Iterable[str]) -> str:
    """Return base64url digests one after the other, 43 characters each."""
    # Not their bytes: taking them apart again for each act costs more than a third more space.
    return "".join(digests)


def digests_of(text: str) -> tuple[str, ...]:
    return tuple(text[at : at + DIGEST_LENGTH] for at in range(0, len(text), DIGEST_LENGTH))


def docket_row(docket: Docket) -> DocketRow:
    return DocketRow(
        docket.id,
        docket.kind.value,  # a member of an enumeration costs SQLite a search for its adapter
        docket.number,
        docket.sequence,
        docket.last,
        docket.first_at,
        docket.last_at,
        docket.party,
        str(docket.standing),
        docket.turn,
        _json(dict(docket.facts)),
        docket.state,
    )


def docket_of(row: Sequence[Any]) -> Docket:
    row = DocketRow(*row)
    return Docket(
        id=DocketId(row.id),
        kind=Kind(row.kind),
        number=row.number,
        sequence=row.sequence,
        last=Commitment(bytes(row.last)),
        first_at=row.first_at,
        last_at=row.last_at,
        party=PartyId(row.party),
        standing=row.standing,
        turn=None if row.turn is None else Seat(row.turn),
        facts=cast("dict[str, int]", decode(row.facts.encode())),
        state=row.state,
    )


def owed_row(docket: int, owed: Owed) -> OwedRow:
    return OwedRow(
        docket,
        owed.started_by,
        owed.code,
        owed.part,
        owed.seat,
        owed.since,
        owed.due_on,
        owed.met_by,
        " ".join(map(str, owed.allegations)),
        int(owed.binding),
        int(owed.confirmed),
        owed.calendar,
    )


def owed_of(rows: Iterable[Sequence[Any]]) -> tuple[Owed, ...]:
    """Return what is owed, in the order of its fold: databases sort codes each in their way."""
    owed = [
        Owed(
            row.code,
            Seat(row.seat),
            since=row.since,
            started_by=row.started_by,
            due_on=row.due_on,
            met_by=row.met_by,
            part=row.part,
            allegations=tuple(map(int, row.allegations.split())),
            binding=bool(row.binding),
            confirmed=bool(row.confirmed),
            calendar=row.calendar,
        )
        for row in (OwedRow(*values) for values in rows)
    ]
    return tuple(sorted(owed, key=lambda item: item.key))


def key_of(key: UnitKey) -> tuple[bytes, int]:
    return (key.request.bytes, key.item)


def facts_json(facts: Json) -> str:
    return _json(facts)
