"""The mechanism's own docket: who takes part, in which seats, and which keys sign."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from unicodedata import normalize

from answerable.core.acts import ActCode, By, Envelope, Field, PartyId, Seat
from answerable.core.errors import Refusal
from answerable.core.party_keys import KEY_ACTS, Held, HeldKey, held_after, key_in, require_signer
from answerable.core.seats import COMPLAINANT, MEMBER, MONITOR, SEATS, SECRETARIAT

FOUNDED: Final = ActCode("mechanism-founded")
SUCCEEDED: Final = ActCode("mechanism-succeeded")
SECOND_COPY_RENEWED: Final = ActCode("second-copy-renewed")
PARTY_ADDED: Final = ActCode("party-added")
SEAT_GRANTED: Final = ActCode("seat-granted")
KEY_ROTATED: Final = ActCode("key-rotated")
PROCEDURE_INSTALLED: Final = ActCode("procedure-installed")
CALENDAR_INSTALLED: Final = ActCode("calendar-installed")
CLOCKS_MOVED: Final = ActCode("clocks-moved")
"""What a calendar that is installed does to each docket of which it moves a date."""

OPERATOR: Final = By(PartyId("p0"), Seat("operator"))
"""Who runs the server, and by whom the mechanism's own acts are made at the command line."""

ANYONE: Final = PartyId("anyone")
"""The party of a sender who gives no name. Registration is never a condition (case.md 1)."""

HOST_IS_BODY: Final = "body"
"""The value of the fact ``host`` on a server that the body runs: there, lodging is delivery."""

BODIES: Final = frozenset({SECRETARIAT, MEMBER, MONITOR})
"""The seats of bodies: the public sees body and function, and persons only as they wish."""

TYPISTS: Final = (SECRETARIAT, *SEATS)
"""In whose seat a party types in, the first that it holds: paper mostly reaches the secretariat."""


class UnusableName(Refusal):
    """A party's name says nothing, or is one that the mechanism gives itself."""

    code = "unusable-name"


class UnknownParty(Refusal):
    """No party has this number or this name."""

    code = "unknown-party"


class AmbiguousParty(Refusal):
    """Two parties have this name: only their numbers tell them apart."""

    code = "ambiguous-party"


class UnknownSeat(Refusal):
    """No seat has this code."""

    code = "unknown-seat"


class SeatHeld(Refusal):
    """The party holds this seat already."""

    code = "seat-held"


class NameTaken(Refusal):
    """Another party has this name."""

    code = "name-taken"


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation or a person that takes part. Its name is content; its number is not.

    ``is_body`` is True of a body whose name everyone may read: what holds a seat of BODIES.
    ``key`` is the key in force, ``keys`` every one that an envelope tells of.
    """

    id: PartyId
    name: str | None
    key: bytes | None = None
    seats: frozenset[Seat] = frozenset()
    is_body: bool = False
    keys: Held = ()

    @property
    def seat(self) -> Seat:
        """The seat in which the party types in what another hands in on paper."""
        return next((seat for seat in TYPISTS if seat in self.seats), COMPLAINANT)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """What the acts on the mechanism's own docket amount to. Names lack where content is erased.

    ``procedures`` and ``calendars`` are the files that were installed, in their order.
    """

    name: str | None = None
    host: str = "body"
    sequence: int = 0
    parties: Mapping[PartyId, Party] = field(default_factory=dict)
    procedures: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()

    @property
    def next_party(self) -> PartyId:
        return PartyId(f"p{len(self.parties) + 1}")

    def require_signer(self, party: PartyId, public: bytes | None) -> None:
        """Return if an act of the party may be signed with this key now, or is not signed.

        Raises:
            PastPartyKey, NoPartyKey, AnotherPartyKey: with the party.
        """
        if public is not None:
            found = self.parties.get(party)
            key, held = (None, ()) if found is None else (found.key, found.keys)
            require_signer(party, key, held, public)

    def party(self, text: str) -> Party:
        """Return the party with this number or name.

        Raises:
            UnknownParty, AmbiguousParty: with the text asked for.
        """
        wanted = text.strip()
        by_number = self.parties.get(PartyId(wanted))
        if by_number is not None:
            return by_number
        named = [
            party
            for party in self.parties.values()
            if party.name is not None and known_by(party.name) == known_by(wanted)
        ]
        if not named:
            raise UnknownParty(f"no party {wanted}", party=wanted)
        if len(named) > 1:
            raise AmbiguousParty(f"{len(named)} parties are named {wanted}", party=wanted)
        return named[0]


def known_by(name: str) -> str:
    """Return a party's name as names are compared: neither letter case nor blanks make another."""
    return normalize("NFC", name.strip()).casefold()


def mechanism_after(
    mechanism: Mechanism, envelope: Envelope, content: Iterable[Field]
) -> Mechanism:
    """Return the mechanism after one more act on its docket; content is empty once erased."""
    shown = {item.path: item.value for item in content}
    mechanism = replace(mechanism, sequence=envelope.sequence)
    if envelope.act == FOUNDED:
        return replace(
            mechanism, name=_text(shown.get("mechanism/name")), host=str(envelope.facts["host"])
        )
    if envelope.act == PARTY_ADDED:
        identity = PartyId(str(envelope.facts["party"]))
        # An earlier version kept a key that was given here as content alone.
        key = envelope.facts.get("key") or shown.get("party/key")
        public = bytes.fromhex(str(key)) if key else None
        keys = (HeldKey(public, envelope.at),) if public else ()
        party = Party(identity, _text(shown.get("party/name")), public, keys=keys)
        return replace(mechanism, parties={**mechanism.parties, identity: party})
    if envelope.act in KEY_ACTS:
        party = mechanism.parties[PartyId(str(envelope.facts["party"]))]
        held = held_after(party.keys, envelope)
        changed = replace(party, keys=held, key=key_in(held))
        return replace(mechanism, parties={**mechanism.parties, party.id: changed})
    if envelope.act == SEAT_GRANTED:
        party = mechanism.parties[PartyId(str(envelope.facts["party"]))]
        seats = party.seats | {Seat(str(envelope.facts["seat"]))}
        seated = replace(party, seats=seats, is_body=party.is_body or "party/name" in shown)
        return replace(mechanism, parties={**mechanism.parties, party.id: seated})
    return _with_rules(mechanism, envelope.act, _text(shown.get("rules/file")))


def _with_rules(mechanism: Mechanism, act: ActCode, file: str | None) -> Mechanism:
    if file is not None and act == PROCEDURE_INSTALLED:
        return replace(mechanism, procedures=(*mechanism.procedures, file))
    if file is not None and act == CALENDAR_INSTALLED:
        return replace(mechanism, calendars=(*mechanism.calendars, file))
    return mechanism


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
