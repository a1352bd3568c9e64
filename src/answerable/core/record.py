"""An act from draft to record: sealed before the lock, completed under it, kept after erasure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from answerable.core.acts import PARTIES, By, Commitment, Draft, Envelope, Field, instant_text
from answerable.core.commitment import (
    BLINDING,
    CONTENT_KEY,
    ENVELOPE,
    SECRET_BYTES,
    Content,
    Key,
    UnusableField,
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
from answerable.core.disclosure import is_envelope_value


@dataclass(frozen=True, slots=True)
class Sealed:
    """What of an act can be made before its number, time and predecessor are known.

    ``settled`` holds the digests of those envelope fields that the draft decides, under
    ``envelope_key``. Making this is most of the work of a record, and needs no lock.
    """

    draft: Draft
    kind: str
    content: Content
    content_key: bytes = field(repr=False)
    envelope_secret: bytes = field(repr=False)
    envelope_key: Key = field(repr=False)
    settled: tuple[str, ...]


class Record(NamedTuple):
    """A completed act: its envelope, its commitment, and what storage keeps of it."""

    sealed: Sealed
    envelope: Envelope
    commitment: Commitment


def sealed(draft: Draft, kind: str) -> Sealed:
    """Return the draft with its content list, its keys and the envelope digests it decides.

    Raises:
        UnusableField: a field cannot go into a record.
    """
    if len(draft.secret) != SECRET_BYTES:
        raise ValueError("a record secret is 32 random bytes")
    key = extract(draft.secret)
    content = content_of(draft.fields, key)
    envelope_secret = expand(key, ENVELOPE)
    envelope_key = extract(envelope_secret)
    return Sealed(
        draft,
        kind,
        content,
        expand(key, CONTENT_KEY),
        envelope_secret,
        envelope_key,
        tuple(map(digest_of, _disclosures(_settled(draft, kind), envelope_key))),
    )


def completed(
    part: Sealed, *, docket: str, sequence: int, at: int, previous: Commitment | None
) -> Record:
    """Return the record of a sealed draft with what the writer assigns."""
    draft = part.draft
    key = part.envelope_key
    assigned = _disclosures(_assigned(docket, sequence, at, previous), key)
    body = body_of(part.content.digests, sorted((*part.settled, *map(digest_of, assigned))))
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
    return _disclosures(fields, extract(envelope_secret))


def _disclosures(fields: Iterable[Field], key: Key) -> list[bytes]:
    return [disclosure_of(plain_disclosure(key, item)) for item in fields]


@dataclass(frozen=True, slots=True)
class Kept:
    """What survives erasure of an act: enough to recompute its commitment and show its envelope."""

    envelope: Envelope
    envelope_secret: bytes = field(repr=False)
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
    return (
        *_settled(envelope, envelope.kind),
        *_assigned(envelope.docket, envelope.sequence, envelope.at, envelope.previous),
    )


def _settled(part: Draft | Envelope, kind: str) -> tuple[Field, ...]:
    signature = None if part.signature is None else part.signature.json()
    return (
        _code_field("act", part.act),
        _fit(Field("allegations", list(part.allegations), PARTIES)),
        _by_field("by", part.by),
        _by_field("entered_by", part.entered_by),
        Field("facts", dict(part.facts), PARTIES),
        _code_field("kind", kind),
        _fit(Field("signature", signature, PARTIES)),
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


def _fit(item: Field) -> Field:
    # What a reader would refuse must not get into a ledger, where it would stay for ever.
    if not is_envelope_value(item.path, item.value):
        raise UnusableField("no value of this field", field=item.path, reason="value")
    return item


# The same few codes, parties and seats stand in every record.
@lru_cache(maxsize=1024)
def _code_field(path: str, code: str) -> Field:
    return _fit(Field(path, code, PARTIES))


@lru_cache(maxsize=1024)
def _by_field(path: str, by: By | None) -> Field:
    return _fit(Field(path, None if by is None else by.json(), PARTIES))
