"""A proceeding as its file in a register shows it, and the bodies that the mechanism names."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from answerable.core.acts import Envelope, PartyId, Seat
from answerable.core.invariants.signatures import KeysSeen
from answerable.core.invariants.view import UNUSABLE
from answerable.core.mechanism import SEAT_GRANTED
from answerable.core.owed import Owed
from answerable.core.party_keys import Held
from answerable.core.proceeding.acts.sending import SENT
from answerable.core.proceeding.now import BodyNow, ProceedingNow
from answerable.core.proceeding.publication import published_by
from answerable.core.proceeding.standings import Standing, standing_of
from answerable.core.register.pages import RegisterUnreadable, value_of
from answerable.core.register.response_said import ResponseSaid, response_said
from answerable.core.register.responses import folded, owed_in, sent_up_to, until_told
from answerable.core.register.shown import ShownAct, shown_acts


@dataclass(frozen=True, slots=True)
class ShownResponse:
    """A proceeding of a register, folded from its shown acts.

    ``until`` has by when each body was asked for each point, None where no day was named.
    """

    number: str
    acts: tuple[ShownAct, ...]
    now: ProceedingNow
    owed: tuple[Owed, ...]
    until: Mapping[tuple[int, str], str | None]

    @property
    def first(self) -> Envelope:
        return self.acts[0].envelope

    @property
    def envelopes(self) -> tuple[Envelope, ...]:
        return tuple(act.envelope for act in self.acts)

    @property
    def publishes(self) -> str:
        return published_by(self.first.facts)

    @property
    def sendings(self) -> tuple[ShownAct, ...]:
        return tuple(act for act in self.acts if act.envelope.act == SENT)

    @property
    def said(self) -> ResponseSaid | None:
        """What the last response that was sent says, None where nothing is public of one."""
        return response_said(self.sendings[-1].said) if self.sendings else None

    @property
    def when_sent(self) -> ProceedingNow:
        """The proceeding as it was in the last response that was sent."""
        upto = sent_up_to(self.envelopes)
        return folded(act for act in self.envelopes if act.sequence <= upto)

    def act(self, sequence: int) -> ShownAct | None:
        """Return the act of a number, None where the register does not show it."""
        return next((act for act in self.acts if act.envelope.sequence == sequence), None)

    def place(self) -> tuple[Standing, Seat | None]:
        return standing_of(self.now)

    def cause(self) -> int:
        """Return the act by which the proceeding came to stand where it stands."""
        cause, before = self.first.sequence, None
        for count, act in enumerate(self.envelopes, 1):
            place = standing_of(folded(self.envelopes[:count]))
            if place != before:
                cause, before = act.sequence, place
        return cause

    def of(self, party: str) -> dict[int, BodyNow]:
        """Return where a body stands on each of its points."""
        points = self.now.points.items()
        return {number: point.bodies[party] for number, point in points if party in point.bodies}


def shown_response(data: bytes, name: str) -> ShownResponse:
    """Return the proceeding that a file of a register holds.

    Raises:
        RegisterUnreadable, OpeningMalformed: it holds none.
    """
    value = value_of(data, name)
    acts = tuple(shown_acts(value, name))
    if not acts:
        raise RegisterUnreadable("a proceeding without acts", file=name)
    envelopes = [act.envelope for act in acts]
    return ShownResponse(
        str(value.get("number")), acts, folded(envelopes), owed_in(envelopes), until_told(envelopes)
    )


@dataclass(frozen=True, slots=True)
class Body:
    """A party that holds a seat of a body, by the acts that granted its seats.

    ``keys`` are those with which it signs and has signed, by the acts that say so.
    """

    id: PartyId
    name: str
    seats: tuple[Seat, ...]
    keys: Held = ()


def bodies_of(acts: Sequence[ShownAct]) -> dict[PartyId, Body]:
    """Return the bodies that the mechanism's own acts name, in the order of their numbers."""
    found: dict[PartyId, Body] = {}
    keys = KeysSeen()
    for act in acts:
        if act.envelope.act == SEAT_GRANTED:
            party = PartyId(str(act.envelope.facts.get("party")))
            known = found.get(party, Body(party, "", ()))
            name = str(act.said.get("party/name") or known.name)
            seats = (*known.seats, Seat(str(act.envelope.facts.get("seat"))))
            found[party] = Body(party, name, seats)
        with suppress(*UNUSABLE):
            keys.take(act.envelope)
    found = {party: replace(one, keys=keys.held.get(party, ())) for party, one in found.items()}
    return dict(sorted(found.items(), key=lambda one: (len(one[0]), one[0])))
