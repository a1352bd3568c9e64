"""The envelopes of all cases, read in one pass: what figures are counted from."""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from answerable.core.acts import ActCode, By, Envelope, PartyId, Seat
from answerable.core.docket import Kind
from answerable.storage.backend import Backend
from answerable.storage.rows import ActRow


def histories(backend: Backend) -> Iterator[Sequence[Envelope]]:
    """Yield the envelopes of each case, in their order, without signature and predecessor."""
    with backend.reading() as reads:
        rows = (row for row, _ in reads.acts_by_docket())
        for _, acts in groupby(rows, key=lambda row: row.docket):
            found = [_envelope(row) for row in acts]
            if found[0].kind == Kind.CASE:
                yield found


def _envelope(row: ActRow) -> Envelope:
    value = _settled(row.settled)
    return Envelope(
        act=ActCode(row.act),
        kind=value["kind"],
        docket=row.number,
        sequence=row.sequence,
        at=row.at,
        by=_by(**value["by"]),
        entered_by=None if value["entered_by"] is None else _by(**value["entered_by"]),
        previous=None,
        allegations=tuple(value["allegations"]),
        facts=value["facts"],
        signature=None,
    )


# Most acts of a kind say the same; that a text is canonical was looked at when it was stored.
@lru_cache(maxsize=1 << 14)
def _settled(text: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(text)
    return value


@lru_cache(maxsize=1024)
def _by(party: str, seat: str) -> By:
    return By(PartyId(party), Seat(seat))
