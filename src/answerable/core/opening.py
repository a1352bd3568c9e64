"""The opening: the confidential file that shows what a ledger entry commits to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import cast

from answerable.core.acts import READER_CODES, Commitment, Field, Json, PartySignature
from answerable.core.canonical import NotCanonical, decode, encode
from answerable.core.commitment import (
    DIGEST_BYTES,
    ENVELOPE_PATHS,
    base64url,
    commitment_to,
    digest_of,
)
from answerable.core.disclosure import (
    OpeningMalformed,
    base64url_octets,
    field_of,
    is_envelope_value,
    lists_in,
    lists_of,
    octets_of_hex,
)
from answerable.core.errors import Refusal
from answerable.core.signed_act import (
    SIGNED_ACT,
    TOLD,
    PartySignatureWrong,
    Verify,
    fits,
    require_this_act,
)

__all__ = [
    "ForeignDisclosure",
    "Opened",
    "Opening",
    "OpeningMalformed",
    "OpeningOfAnother",
    "PartySignatureWrong",
    "Verify",
    "base64url_octets",
    "parse_opening",
    "signed_by_party",
]

FORMAT = "answerable/opening/v1"
LIMIT = 32 * 1024 * 1024
"""The longest opening file, in bytes, that a reader accepts."""


class ForeignDisclosure(Refusal):
    """A disclosure of the opening stands for no digest of the record: it was changed or added."""

    code = "foreign-disclosure"


class OpeningOfAnother(Refusal):
    """The opening is well made, and opens another entry than the one of this receipt."""

    code = "opening-of-another"


@dataclass(frozen=True, slots=True)
class Opened:
    """What an opening shows: the fields disclosed, apart by the list that vouches for them."""

    commitment: Commitment
    envelope: tuple[Field, ...]
    content: tuple[Field, ...]
    content_digests: tuple[str, ...]

    def shown(self, path: str) -> Json:
        """Return the value of an envelope field, or None where it is null or not disclosed."""
        return next((item.value for item in self.envelope if item.path == path), None)

    def discloses(self, path: str) -> bool:
        """Return whether the envelope field is disclosed, be its value null or not."""
        return any(item.path == path for item in self.envelope)

    @property
    def names_its_act(self) -> bool:
        """Whether it is shown which act a party signed, and all that this is compared with."""
        return {SIGNED_ACT, *TOLD} <= {item.path for item in (*self.envelope, *self.content)}

    @property
    def names_its_docket(self) -> bool:
        """Whether what a party signed names a docket: that of a first act has no number yet."""
        said = next((item.value for item in self.content if item.path == SIGNED_ACT), None)
        return isinstance(said, dict) and said.get("docket") is not None

    @property
    def undisclosed(self) -> int:
        """How many digests of content stay shut: withheld fields and decoys, never told apart."""
        return len(self.content_digests) - len(self.content)


@dataclass(frozen=True, slots=True)
class Opening:
    """A record body with its blinding and those disclosures that its holder may see."""

    body: bytes
    blinding: bytes = field(repr=False)
    disclosures: tuple[bytes, ...] = field(repr=False)

    def encoded(self) -> bytes:
        """Return the opening as a file: canonical JSON and a line feed."""
        value = {
            "blinding": base64url(self.blinding),
            "body": decode(self.body),
            "disclosures": [item.decode() for item in self.disclosures],
            "format": FORMAT,
        }
        return encode(value) + b"\n"

    @property
    def commitment(self) -> Commitment:
        return commitment_to(self.body, self.blinding)

    def opened(self) -> Opened:
        """Return what the disclosures show, each vouched for by the record body.

        Raises:
            OpeningMalformed: a disclosure or the body breaks the format.
            ForeignDisclosure: a disclosure that the body does not vouch for.
        """
        content, envelope = lists_of(self.body)
        in_content, in_envelope = frozenset(content), frozenset(envelope)
        shown: dict[str, Field] = {}
        for disclosure in self.disclosures:
            item, digest = field_of(disclosure), digest_of(disclosure)
            of_envelope = item.path in ENVELOPE_PATHS
            if digest not in in_content and digest not in in_envelope:
                raise ForeignDisclosure("a disclosure fits no digest", field=item.path)
            if digest not in (in_envelope if of_envelope else in_content):
                raise OpeningMalformed("a field of the other list", reason="wrong-list")
            if of_envelope and not is_envelope_value(item.path, item.value):
                raise OpeningMalformed("no value of this field", reason="wrong-value")
            if item.path in shown:
                raise OpeningMalformed("one path disclosed twice", reason="path-twice")
            shown[item.path] = item
        return Opened(
            self.commitment,
            tuple(item for item in shown.values() if item.path in ENVELOPE_PATHS),
            tuple(item for item in shown.values() if item.path not in ENVELOPE_PATHS),
            content,
        )

    def for_reader(self, reader: str, now: Callable[[Field], Field] = lambda one: one) -> "Opening":
        """Return the opening with only what reader, a code of READER_CODES or a key, may see.

        What the public may see, every reader may. The envelope is for whoever holds a seat: for
        neither the public nor a named key. An unknown code is given what the public is.
        ``now`` gives a field the readers that later acts added.
        """
        return self._with(lambda item: _may_see(reader, now(item)))

    def with_paths(self, paths: Iterable[str]) -> "Opening":
        """Return the opening with only those disclosures whose path is one of paths."""
        wanted = frozenset(paths)
        return self._with(lambda item: item.path in wanted)

    def _with(self, wanted: Callable[[Field], bool]) -> "Opening":
        return replace(self, disclosures=tuple(d for d in self.disclosures if wanted(field_of(d))))


def _may_see(reader: str, item: Field) -> bool:
    if item.path in ENVELOPE_PATHS:
        return reader in READER_CODES and reader != "public"
    return reader in item.readers or "public" in item.readers


def parse_opening(octets: bytes) -> Opening:
    """Return the opening that a file holds, checked for form; nothing is proven yet.

    Raises:
        OpeningMalformed: the file is not the canonical form of an opening.
    """
    opening = opening_of(_members_of(octets))
    for item in opening.disclosures:
        field_of(item)
    return opening


def opening_of(value: Json) -> Opening:
    """Return the opening that the members of a canonical object are.

    Its disclosures are looked at when it is opened.

    Raises:
        OpeningMalformed: they are not those of an opening.
    """
    if not isinstance(value, dict) or set(value) != {"blinding", "body", "disclosures", "format"}:
        raise OpeningMalformed("not an opening", reason="wrong-members")
    if value["format"] != FORMAT:
        raise OpeningMalformed("another format", reason="wrong-format")
    blinding = base64url_octets(value["blinding"])
    if len(blinding) != DIGEST_BYTES:
        raise OpeningMalformed("the blinding is not 32 bytes", reason="wrong-blinding")
    lists_in(value["body"])
    body = encode(value["body"])
    disclosures = value["disclosures"]
    if not isinstance(disclosures, list) or not all(type(item) is str for item in disclosures):
        raise OpeningMalformed("disclosures are not texts", reason="wrong-members")
    listed = cast("list[str]", disclosures)
    if not all(map(str.isascii, listed)):
        raise OpeningMalformed("not base64url", reason="not-base64url")
    return Opening(body, blinding, tuple(map(str.encode, listed)))


def _members_of(octets: bytes) -> Json:
    if len(octets) > LIMIT:
        raise OpeningMalformed("too long", reason="too-long")
    # No text of an opening holds these signs, so counting them bounds what a parser would build:
    # a file of "[[],[],..." takes twenty times its length in memory. The least element of a list
    # is a digest, 43 characters.
    brackets = octets.count(b"[") + octets.count(b"{")
    if brackets > len("{{{[{[[") or octets.count(b",") > len(octets) // DIGEST_BYTES:
        raise OpeningMalformed("more parts than an opening has", reason="wrong-members")
    try:
        return decode(octets.removesuffix(b"\n"))
    except NotCanonical as problem:
        raise OpeningMalformed(str(problem), reason="not-canonical") from None


def signed_by_party(opened: Opened, origin: str, verify: Verify) -> bytes | None:
    """Return the public key of the party that signed this content for origin.

    None where the act is unsigned, or its signature not disclosed (Opened.discloses tells which).
    The caller knows whose the key is, or says that it does not.

    Raises:
        OpeningMalformed: the signature field is disclosed and broken.
        PartySignatureWrong: a signature is there and does not fit the content.
        SignedAnotherAct: it fits, and what was signed says that it is another act.
    """
    value = opened.shown("signature")
    if value is None:
        return None
    if not isinstance(value, dict) or not is_envelope_value("signature", value):
        raise OpeningMalformed("not a signature", reason="wrong-value")
    key = octets_of_hex(value["key"])
    signature = PartySignature(key, octets_of_hex(value["signature"]))
    if not fits(signature, origin, opened.content_digests, verify):
        raise PartySignatureWrong("the party's signature does not fit the content")
    for item in opened.content:
        if item.path == SIGNED_ACT:
            require_this_act(item.value, {one.path: one.value for one in opened.envelope})
    return key
