"""The opening: the confidential file that shows what a ledger entry commits to."""

import binascii
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from answerable.core.acts import READERS, Commitment, Field, Json
from answerable.core.canonical import NotCanonical, decode, encode
from answerable.core.commitment import (
    base64url,
    commitment_to,
    content_statement,
    digest_of,
)
from answerable.core.errors import Malformed, Refusal

FORMAT = "answerable/opening/v1"
RECORD_FORMAT = "answerable/record/v1"
LIMIT = 64 * 1024 * 1024
"""The longest opening file, in bytes, that a reader accepts."""

Verify = Callable[[bytes, bytes, bytes], bool]
"""Whether (public key, signature, message) fit: Ed25519, RFC 8032."""


class OpeningMalformed(Malformed):
    """An opening file does not keep docs/specs/commitment.md; ``reason`` names the rule."""

    code = "opening-malformed"


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
        """Return the value of an envelope field, or None where it is not disclosed."""
        return next((item.value for item in self.envelope if item.path == path), None)

    @property
    def undisclosed(self) -> int:
        """How many digests of content are not opened: withheld fields and decoys, never told apart."""
        return len(self.content_digests) - len(self.content)


@dataclass(frozen=True, slots=True)
class Opening:
    """A record body with its blinding and those disclosures that its holder may see."""

    body: bytes
    blinding: bytes
    disclosures: tuple[bytes, ...]

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
        content, envelope = _lists_of(self.body)
        in_content, in_envelope = frozenset(content), frozenset(envelope)
        shown: dict[str, list[Field]] = {"content": [], "envelope": []}
        for disclosure in self.disclosures:
            digest = digest_of(disclosure)
            item = _field_of(disclosure)
            if digest in in_content:
                shown["content"].append(item)
            elif digest in in_envelope:
                shown["envelope"].append(item)
            else:
                raise ForeignDisclosure("a disclosure fits no digest", field=item.path)
        for part in shown.values():
            if len({item.path for item in part}) != len(part):
                raise OpeningMalformed("one path disclosed twice", reason="path-twice")
        return Opened(
            self.commitment, tuple(shown["envelope"]), tuple(shown["content"]), content
        )

    def for_reader(self, reader: str) -> "Opening":
        """Return the opening with only the content of which reader is a reader; all envelope."""
        content = frozenset(_lists_of(self.body)[0])
        kept = tuple(
            item
            for item in self.disclosures
            if digest_of(item) not in content or reader in _field_of(item).readers
        )
        return Opening(self.body, self.blinding, kept)

    def with_paths(self, paths: Iterable[str]) -> "Opening":
        """Return the opening with only those disclosures whose path is one of paths."""
        wanted = frozenset(paths)
        kept = tuple(item for item in self.disclosures if _field_of(item).path in wanted)
        return Opening(self.body, self.blinding, kept)


def parse_opening(octets: bytes) -> Opening:
    """Return the opening that a file holds, checked for form; nothing is proven yet.

    Raises:
        OpeningMalformed: the file is not the canonical form of an opening.
    """
    if len(octets) > LIMIT:
        raise OpeningMalformed("too long", reason="too-long")
    try:
        value = decode(octets.removesuffix(b"\n"))
    except NotCanonical as problem:
        raise OpeningMalformed(str(problem), reason="not-canonical") from None
    if not isinstance(value, dict) or set(value) != {"blinding", "body", "disclosures", "format"}:
        raise OpeningMalformed("not an opening", reason="wrong-members")
    if value["format"] != FORMAT:
        raise OpeningMalformed("another format", reason="wrong-format")
    disclosures = value["disclosures"]
    if not isinstance(disclosures, list) or not all(type(item) is str for item in disclosures):
        raise OpeningMalformed("disclosures are not texts", reason="wrong-members")
    blinding = base64url_octets(value["blinding"])
    if len(blinding) != 32:
        raise OpeningMalformed("the blinding is not 32 bytes", reason="wrong-blinding")
    body = encode(value["body"])
    _lists_of(body)
    listed = tuple(cast("list[str]", disclosures))
    if not all(item.isascii() for item in listed):
        raise OpeningMalformed("not base64url", reason="not-base64url")
    opening = Opening(body, blinding, tuple(item.encode() for item in listed))
    for item in opening.disclosures:
        _field_of(item)
    return opening


def base64url_octets(text: Json) -> bytes:
    """Return the bytes that text writes in base64url without padding, in that one form.

    Raises:
        OpeningMalformed: any other text.
    """
    if not isinstance(text, str) or not text.isascii():
        raise OpeningMalformed("not base64url", reason="not-base64url")
    try:
        octets = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise OpeningMalformed("not base64url", reason="not-base64url") from None
    if base64url(octets) != text:
        raise OpeningMalformed("not base64url", reason="not-base64url")
    return octets


def signed_by_party(opened: Opened, origin: str, verify: Verify) -> bytes | None:
    """Return the public key of the party that signed this content for origin, None if unsigned.

    Raises:
        OpeningMalformed: the signature field is disclosed and broken.
        PartySignatureWrong: a signature is there and does not fit the content.
    """
    value = opened.shown("signature")
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) != {"key", "signature"}:
        raise OpeningMalformed("not a signature", reason="wrong-signature")
    key, signature = _octets_of_hex(value["key"]), _octets_of_hex(value["signature"])
    if not verify(key, signature, content_statement(origin, opened.content_digests)):
        raise PartySignatureWrong("the party's signature does not fit the content")
    return key


def _octets_of_hex(text: Json) -> bytes:
    try:
        octets = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        octets = b""
    if not octets or octets.hex() != text:
        raise OpeningMalformed("not lower-case hexadecimal", reason="wrong-signature")
    return octets


class PartySignatureWrong(Refusal):
    """The record names a party's signature that does not fit its content."""

    code = "party-signature-wrong"


def _lists_of(body: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    value = decode(body)
    if not isinstance(value, dict) or set(value) != {"_sd_alg", "content", "envelope", "format"}:
        raise OpeningMalformed("not a record body", reason="wrong-body")
    if value["format"] != RECORD_FORMAT or value["_sd_alg"] != "sha-256":
        raise OpeningMalformed("another record format", reason="wrong-format")
    return _digests_in(value["content"]), _digests_in(value["envelope"])


def _digests_in(part: Json) -> tuple[str, ...]:
    digests = part.get("_sd") if isinstance(part, dict) and set(part) == {"_sd"} else None
    if not isinstance(digests, list) or not digests:
        raise OpeningMalformed("no list of digests", reason="wrong-body")
    if any(len(base64url_octets(item)) != 32 for item in digests):
        raise OpeningMalformed("a digest is not 32 bytes", reason="wrong-body")
    listed = cast("list[str]", digests)
    if any(left >= right for left, right in zip(listed, listed[1:], strict=False)):
        raise OpeningMalformed("digests are not in ascending order", reason="wrong-body")
    return tuple(listed)


def _field_of(disclosure: bytes) -> Field:
    try:
        value = decode(base64url_octets(disclosure.decode("ascii")))
    except NotCanonical as problem:
        raise OpeningMalformed(str(problem), reason="wrong-disclosure") from None
    match value:
        case [str(salt), str(path), {"readers": [*readers], "value": shown}] if (
            len(cast("dict[str, Json]", value[2])) == 2
            and len(base64url_octets(salt)) == 16
            and path
            and readers
            and all(_is_reader(reader) for reader in readers)
        ):
            return Field(path, shown, tuple(cast("list[str]", readers)))
    raise OpeningMalformed("not a disclosure", reason="wrong-disclosure")


def _is_reader(reader: Json) -> bool:
    if not isinstance(reader, str):
        return False
    if reader.startswith("key:"):
        digits = reader.removeprefix("key:")
        return len(digits) == 64 and set(digits) <= set("0123456789abcdef")
    return reader == "parties" or reader in READERS
