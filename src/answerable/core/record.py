"""An act from draft to record: sealed before the lock, completed under it, kept after erasure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from answerable.core.acts import (
    PARTIES,
    By,
    Commitment,
    Draft,
    Envelope,
    Field,
    Json,
    PartySignature,
    instant_text,
)
from answerable.core.canonical import decode, encode
from answerable.core.commitment import (
    BLINDING,
    CONTENT_KEY,
    ENVELOPE,
    Content,
    base64url,
    body_of,
    commitment_to,
    content_of,
    digest_of,
    disclosure_of,
    expand,
    extract,
    plain_disclosure,
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What of an act can be made before its number, time and predecessor are known.

    ``settled`` holds the digests of those envelope fields that the draft decides. Making this is
    most of the work of a record, and needs no lock.
    """

    draft: Draft
    kind: str
    content: Content
    content_key: bytes
    envelope_secret: bytes
    settled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A completed act: its envelope, its commitment, and what storage keeps of it."""

    sealed: Sealed
    envelope: Envelope
    commitment: Commitment


def sealed(draft: Draft, kind: str) -> Sealed:
    """Return the draft with its content list, its keys and the envelope digests it decides."""
    key = extract(draft.secret)
    content = content_of(draft.fields, key)
    envelope_secret = expand(key, ENVELOPE)
    settled = _settled(draft, kind)
    return Sealed(
        draft,
        kind,
        content,
        expand(key, CONTENT_KEY),
        envelope_secret,
        tuple(map(digest_of, envelope_disclosures(settled, envelope_secret))),
    )


def completed(
    part: Sealed, *, docket: str, sequence: int, at: int, previous: Commitment | None
) -> Record:
    """Return the record of a sealed draft with what the writer assigns."""
    draft = part.draft
    key = extract(part.envelope_secret)
    assigned = _assigned(docket, sequence, at, previous)
    digests = [digest_of(disclosure_of(plain_disclosure(key, item))) for item in assigned]
    body = body_of(part.content.digests, sorted((*part.settled, *digests)))
    envelope = Envelope(
        act=draft.act,
        kind=part.kind,
        docket=docket,
        sequence=sequence,
        at=at,
        by=draft.by,
        entered_by=draft.entered_by,
        previous=previous,
        allegations=draft.allegations,
        facts=draft.facts,
        signature=draft.signature,
    )
    return Record(part, envelope, commitment_to(body, expand(key, BLINDING)))


def envelope_disclosures(fields: Iterable[Field], envelope_secret: bytes) -> list[bytes]:
    """Return the disclosures of envelope fields, in their order."""
    key = extract(envelope_secret)
    return [disclosure_of(plain_disclosure(key, item)) for item in fields]


@dataclass(frozen=True, slots=True)
class Kept:
    """What survives erasure of an act: enough to recompute its commitment and show its envelope."""

    envelope: Envelope
    envelope_secret: bytes
    content_digests: tuple[str, ...]

    def disclosures(self) -> list[bytes]:
        """Return the disclosures of the envelope."""
        return envelope_disclosures(envelope_fields(self.envelope), self.envelope_secret)

    def body(self) -> bytes:
        """Return the record body."""
        return body_of(self.content_digests, sorted(map(digest_of, self.disclosures())))

    @property
    def blinding(self) -> bytes:
        return expand(extract(self.envelope_secret), BLINDING)

    def commitment(self) -> Commitment:
        """Return the commitment, recomputed."""
        return commitment_to(self.body(), self.blinding)


def envelope_fields(envelope: Envelope) -> tuple[Field, ...]:
    """Return the envelope as fields: always the same eleven, so their number tells nothing."""
    draft = Draft(
        act=envelope.act,
        by=envelope.by,
        secret=b"",
        entered_by=envelope.entered_by,
        allegations=envelope.allegations,
        facts=envelope.facts,
        signature=envelope.signature,
    )
    return (
        *_settled(draft, envelope.kind),
        *_assigned(envelope.docket, envelope.sequence, envelope.at, envelope.previous),
    )


def _settled(draft: Draft, kind: str) -> tuple[Field, ...]:
    entered_by, signature = draft.entered_by, draft.signature
    return (
        Field("act", draft.act, PARTIES),
        Field("allegations", list(draft.allegations), PARTIES),
        Field("by", draft.by.json(), PARTIES),
        Field("entered_by", None if entered_by is None else entered_by.json(), PARTIES),
        Field("facts", dict(draft.facts), PARTIES),
        Field("kind", kind, PARTIES),
        Field("signature", None if signature is None else signature.json(), PARTIES),
    )


def _assigned(
    docket: str, sequence: int, at: int, previous: Commitment | None
) -> tuple[Field, ...]:
    return (
        Field("at", instant_text(at), PARTIES),
        Field("docket", docket, PARTIES),
        Field("previous", None if previous is None else base64url(previous), PARTIES),
        Field("sequence", sequence, PARTIES),
    )
