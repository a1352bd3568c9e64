"""Where a case stands and whose turn it is: a fold over the envelopes of its acts (case.md 7)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from answerable.core.acts import ActCode, Envelope, Seat

SUBMITTED: Final = ActCode("submitted")
OPENED: Final = ActCode("opened")
ACKNOWLEDGED: Final = ActCode("acknowledged")

COMPLAINANT: Final = Seat("complainant")
SECRETARIAT: Final = Seat("secretariat")
MONITOR: Final = Seat("monitor")
SENDER: Final = Seat("sender")

HOST_IS_BODY: Final = "body"
"""The value of the fact ``host`` on a server that the body runs: there, lodging is delivery."""


class Standing(StrEnum):
    """Where a case stands. Nobody ever selects one."""

    LODGED = "lodged-not-delivered"
    DELIVERED = "delivered-not-opened"
    BEING_READ = "being-read"


def standing_after(standing: str, turn: Seat | None, envelope: Envelope) -> tuple[str, Seat | None]:
    """Return the standing that an act leaves, and whose turn it then is."""
    if envelope.act == SUBMITTED:
        if envelope.facts.get("host") == HOST_IS_BODY:
            return Standing.DELIVERED, SECRETARIAT
        return Standing.LODGED, SENDER
    if envelope.act == OPENED and envelope.by.seat == SECRETARIAT:
        return Standing.BEING_READ, SECRETARIAT
    # An act of a later version leaves the standing as it is, and stays on the record.
    return standing, turn


def starts(envelope: Envelope) -> Iterable[tuple[str, Seat]]:
    """Return the clocks that an act starts, each with the seat that owes what ends it."""
    if envelope.act != SUBMITTED:
        return ()
    if envelope.facts.get("host") == HOST_IS_BODY:
        return (("opening", SECRETARIAT), ("acknowledgement", SECRETARIAT))
    return (("delivery", SENDER),)


def meets(envelope: Envelope) -> frozenset[str]:
    """Return the clocks that an act ends. What another seat does pays no debt of the secretariat.

    Opening and acknowledging are two facts: neither stands for the other.
    """
    if envelope.by.seat != SECRETARIAT:
        return frozenset()
    ended = {OPENED: {"opening"}, ACKNOWLEDGED: {"acknowledgement"}}
    return frozenset(ended.get(envelope.act, ()))
