"""Invented records, the same on every machine, and how a holder judges an opening of them."""

from dataclasses import dataclass, replace
from hashlib import sha256

from answerable.core.acts import (
    ActCode,
    By,
    Commitment,
    Draft,
    Field,
    PartyId,
    PartySignature,
    Seat,
)
from answerable.core.commitment import content_of, content_statement, extract
from answerable.core.disclosure import disclosures_in
from answerable.core.opening import (
    Opened,
    Opening,
    OpeningOfAnother,
    parse_opening,
    signed_by_party,
)
from answerable.core.record import Kept, Record, completed, sealed
from answerable.core.signed_act import PartyKey, Signing
from tests.support.training_ledger import MAY, ORIGIN, private_key, verify

AT = MAY * 1000 + 123
NUMBER = "XA-2026-0061-7"
NGO = By(PartyId("river-watch"), Seat("complainant"))
OFFICE = By(PartyId("office-for-answers"), Seat("secretariat"))
PARTY = private_key("river-watch")
STRANGER = private_key("stranger")
EXPERT = f"key:{private_key('expert').public_key().public_bytes_raw().hex()}"

FIELDS = (
    Field(
        "allegations/1/what",
        "The office in Stung Treng was sealed on 12 May; ការិយាល័យត្រូវបានបិទ។",
        ("complainant", "secretariat", "member", "monitor", EXPERT),
    ),
    Field("allegations/1/kind", "office-closed", ("public",)),
    Field("speaker/name", "Sok Dara", ("complainant", "secretariat")),
    Field("consent/published", value=False, readers=("complainant", "secretariat", "monitor")),
)


def secret(label: str) -> bytes:
    return sha256(f"answerable test record secret {label}".encode()).digest()


def draft(label: str = "1") -> Draft:
    return Draft(
        act=ActCode("submitted"),
        by=NGO,
        secret=secret(label),
        fields=FIELDS,
        allegations=(1,),
        facts={"allegations": 1, "level": 1},
    )


def signed(unsigned: Draft, origin: str = ORIGIN) -> Draft:
    digests = content_of(unsigned.fields, extract(unsigned.secret)).digests
    signature = PARTY.sign(content_statement(origin, digests))
    key = PARTY.public_key().public_bytes_raw()
    return replace(unsigned, signature=PartySignature(key, signature))


def record_of(
    act: Draft, *, sequence: int = 1, at: int = AT, previous: Commitment | None = None
) -> Record:
    return completed(
        sealed(act, "case"), docket=NUMBER, sequence=sequence, at=at, previous=previous
    )


def kept(record: Record) -> Kept:
    part = record.sealed
    return Kept(record.envelope, part.envelope_secret, part.content.digests)


def opening_of(record: Record) -> Opening:
    after = kept(record)
    shown = (*after.disclosures(), *disclosures_in(record.sealed.content.plain))
    return Opening(after.body(), after.blinding, shown)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a holder of a receipt learns from an opening that fits it."""

    opened: Opened
    signed_by: bytes | None


def judged(octets: bytes, commitment: bytes, origin: str = ORIGIN) -> Judged:
    """Judge as docs/specs/commitment.md says: form, commitment, disclosures, signature."""
    opening = parse_opening(octets)
    if opening.commitment != commitment:
        raise OpeningOfAnother("the opening is of another entry")
    opened = opening.opened()
    return Judged(opened, signed_by_party(opened, origin, verify))


UNSIGNED = record_of(draft())
SIGNED = record_of(signed(draft("2")))
ACKNOWLEDGED = record_of(
    Draft(act=ActCode("acknowledged"), by=OFFICE, secret=secret("3"), allegations=(1,)),
    sequence=3,
    at=AT + 86_400_000,
    previous=SIGNED.commitment,
)
ENTERED = record_of(
    Draft(
        act=ActCode("submitted"),
        by=NGO,
        entered_by=OFFICE,
        secret=secret("4"),
        fields=(Field("entered/evidence", "letter of 10 May, scanned", ("secretariat",)),),
        allegations=(1, 2),
    )
)

MINISTRY = By(PartyId("p3"), Seat("member"))
"""A body that has nothing on a point, and says so with its own key."""
NOTHING = Draft(
    act=ActCode("contribution-given"),
    by=MINISTRY,
    secret=secret("5"),
    allegations=(2,),
    facts={
        "clocks": {"meets": [{"clock": "contribution", "started-by": 2}]},
        "nothing": True,
    },
)
PLACE = (ORIGIN, "proceeding", NUMBER, 4)
"""The ledger, the kind and number of the docket, and the place there, for which it signs."""


def signed_as(unsigned: Draft, place: tuple[str, str, str | None, int]) -> Draft:
    """Return an act as a party signs it for one place, with the field that says so."""
    key = PartyKey(PARTY.public_key().public_bytes_raw(), PARTY.sign)
    return Signing(key, *place).signed(unsigned)


def recorded(
    signed_act: Draft, *, kind: str = "proceeding", docket: str = NUMBER, sequence: int = 4
) -> Record:
    """Return the record of an act on a docket, whatever its party signed."""
    place = {"docket": docket, "sequence": sequence, "at": AT, "previous": SIGNED.commitment}
    return completed(sealed(signed_act, kind), **place)  # type: ignore[arg-type]  # named above


SIGNED_ACT = recorded(signed_as(NOTHING, PLACE))
