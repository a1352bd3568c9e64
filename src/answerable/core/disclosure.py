"""Reading a record: its body, and the disclosures that its body may vouch for."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import cast

from answerable.core.acts import Field, Json, UnreadableInstant, instant_of
from answerable.core.canonical import NotCanonical, decode, encode
from answerable.core.commitment import (
    BUCKET,
    ENVELOPE_PATHS,
    LONGEST_FIELD,
    SALT_BYTES,
    base64url,
    disclosure_of,
    fault_of,
    in_order,
)
from answerable.core.errors import Malformed

RECORD_FORMAT = "answerable/record/v1"

_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# 32 bytes in base64url: the last of 43 characters has two spare bits, which are zero.
_DIGEST = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
_HEX = re.compile(r"(?:[0-9a-f]{2})+")
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64


class OpeningMalformed(Malformed):
    """An opening file does not keep docs/specs/commitment.md; ``reason`` names the rule."""

    code = "opening-malformed"


def base64url_octets(text: Json) -> bytes:
    """Return the bytes that text writes in base64url without padding, in that one form.

    Raises:
        OpeningMalformed: any other text.
    """
    if not isinstance(text, str) or not text.isascii():
        raise OpeningMalformed("not base64url", reason="not-base64url")
    try:
        octets = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise OpeningMalformed("not base64url", reason="not-base64url") from None
    # Python's decoder skips foreign characters and takes any spare bits.
    if base64url(octets) != text:
        raise OpeningMalformed("not base64url", reason="not-base64url")
    return octets


def disclosures_in(plain: bytes) -> tuple[bytes, ...]:
    """Return the disclosures of the content that a record keeps encrypted (Content.plain).

    Raises:
        NotCanonical, OpeningMalformed: the bytes are no such content.
    """
    value = decode(plain)
    if not isinstance(value, list):
        raise OpeningMalformed("no list of disclosures", reason="wrong-disclosure")
    return tuple(disclosure_of(encode(item)) for item in value)


def lists_of(body: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the digests of content and those of the envelope.

    Raises:
        OpeningMalformed: the body is not that of a record.
    """
    try:
        value = decode(body)
    except NotCanonical as problem:
        raise OpeningMalformed(str(problem), reason="wrong-body") from None
    return lists_in(value)


def lists_in(value: Json) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the digests of content and those of the envelope, of a body that was read.

    Raises:
        OpeningMalformed: it is not that of a record.
    """
    if not isinstance(value, dict) or set(value) != {"_sd_alg", "content", "envelope", "format"}:
        raise OpeningMalformed("not a record body", reason="wrong-body")
    if value["format"] != RECORD_FORMAT or value["_sd_alg"] != "sha-256":
        raise OpeningMalformed("another record format", reason="wrong-format")
    content, envelope = _digests_in(value["content"]), _digests_in(value["envelope"])
    if len(content) % BUCKET or len(envelope) != len(ENVELOPE_PATHS):
        raise OpeningMalformed("a list has another length", reason="wrong-body")
    # RFC 9901, section 7.1: a digest found twice condemns the whole.
    if not frozenset(content).isdisjoint(envelope):
        raise OpeningMalformed("a digest stands in both lists", reason="wrong-body")
    return content, envelope


def _digests_in(part: Json) -> tuple[str, ...]:
    digests = part.get("_sd") if isinstance(part, dict) and set(part) == {"_sd"} else None
    if not isinstance(digests, list) or not digests:
        raise OpeningMalformed("no list of digests", reason="wrong-body")
    if not all(map(_is_digest, digests)):
        raise OpeningMalformed("a digest is not 32 bytes", reason="wrong-body")
    listed = cast("list[str]", digests)
    if any(left >= right for left, right in pairwise(listed)):
        raise OpeningMalformed("digests are not in ascending order", reason="wrong-body")
    return tuple(listed)


def field_of(disclosure: bytes) -> Field:
    """Return the field that a disclosure shows. Whether a record vouches for it is not known yet.

    Raises:
        OpeningMalformed: it is not the disclosure of any field.
    """
    if len(disclosure) > LONGEST_FIELD // 3 * 4:
        raise OpeningMalformed("a disclosure is too long", reason="too-long")
    try:
        value = decode(base64url_octets(disclosure.decode("ascii")))
    except UnicodeDecodeError:
        raise OpeningMalformed("not base64url", reason="not-base64url") from None
    except NotCanonical as problem:
        raise OpeningMalformed(str(problem), reason="wrong-disclosure") from None
    match value:
        case [str(salt), str(path), dict(shown)] if set(shown) == {"readers", "value"}:
            if len(base64url_octets(salt)) != SALT_BYTES:
                raise OpeningMalformed("a salt is not 16 bytes", reason="wrong-disclosure")
            return Field(path, shown["value"], _readers_of(path, shown["readers"]))
    raise OpeningMalformed("not a disclosure", reason="wrong-disclosure")


def _readers_of(path: str, readers: Json) -> tuple[str, ...]:
    if not isinstance(readers, list) or not all(isinstance(reader, str) for reader in readers):
        raise OpeningMalformed("readers are not texts", reason="wrong-readers")
    listed = tuple(cast("list[str]", readers))
    if listed != in_order(listed):
        raise OpeningMalformed("readers are doubled or out of order", reason="wrong-readers")
    fault = fault_of(path, listed)
    if fault is not None:
        raise OpeningMalformed("not a field of a record", reason=f"wrong-{fault}")
    return listed


def is_envelope_value(path: str, value: Json) -> bool:
    """Return whether an envelope field may have this value, by docs/specs/act.md."""
    return path in _SHAPES and _SHAPES[path](value)


def octets_of_hex(text: Json) -> bytes:
    """Return the bytes that text writes in lower-case hexadecimal, none for any other text."""
    return bytes.fromhex(text) if isinstance(text, str) and _HEX.fullmatch(text) else b""


def _is_code(value: Json) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _is_digest(value: Json) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _is_count(value: Json) -> bool:
    return type(value) is int and value > 0


def _is_instant(value: Json) -> bool:
    try:
        return isinstance(value, str) and instant_of(value) is not None
    except UnreadableInstant:
        return False


def _is_by(value: Json) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"party", "seat"}
        and isinstance(value["party"], str)
        and value["party"] != ""
        and _is_code(value["seat"])
    )


def _is_signature(value: Json) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"key", "signature"}
        and len(octets_of_hex(value["key"])) == _KEY_BYTES
        and len(octets_of_hex(value["signature"])) == _SIGNATURE_BYTES
    )


_SHAPES: Mapping[str, Callable[[Json], bool]] = {
    "act": _is_code,
    "allegations": lambda value: isinstance(value, list) and all(map(_is_count, value)),
    "at": _is_instant,
    "by": _is_by,
    "docket": lambda value: isinstance(value, str) and value != "",
    "entered_by": lambda value: value is None or _is_by(value),
    "facts": lambda value: isinstance(value, dict),
    "kind": _is_code,
    "previous": lambda value: value is None or _is_digest(value),
    "sequence": _is_count,
    "signature": lambda value: value is None or _is_signature(value),
}
